use crate::{Process, Screen};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::Window;
use x11rb::rust_connection::RustConnection;

/// How long the window manager may take to start.
const START: Duration = Duration::from_secs(20);
/// How often it is looked for.
const AGAIN: Duration = Duration::from_millis(50);

/// A virtual display. Dropping it ends it.
pub struct Display {
    // Dropped in this order: the window manager, then what it draws on.
    _window_manager: Option<ProcessGroup>,
    _server: ProcessGroup,
    number: u32,
}

impl Display {
    /// Starts one without a window manager, which chooses its number itself and tells it when it is ready.
    ///
    /// # Panics
    /// When Xvfb is not installed or does not start.
    pub fn start() -> Self {
        let mut command = Command::new("Xvfb");
        // Without `-noreset` it drops everybody who is just connecting when its last program leaves.
        command.args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"]);
        let (server, number) = ProcessGroup::start_and_hear(command.stderr(Stdio::null()), "xvfb");
        let number = number
            .parse()
            .unwrap_or_else(|_| panic!("Xvfb ended without telling its display; run `Xvfb :99` to see why"));
        Self { _window_manager: None, _server: server, number }
    }

    /// Starts one whose windows have frames, can be kept above the others and take the keyboard, as on a desktop.
    ///
    /// # Panics
    /// When Openbox is not installed or does not start.
    pub fn with_window_manager(scratch: &Path) -> Self {
        let mut display = Self::start();
        let mut command = display.command(Path::new("openbox"), scratch);
        // Its own settings, whatever the developer's are.
        command.args(["--sm-disable", "--config-file", "/etc/xdg/openbox/rc.xml"]).env("HOME", scratch);
        let mut window_manager = ProcessGroup::start(command.stderr(Stdio::null()), "openbox");
        let deadline = Instant::now() + START;
        let screen = Screen::of(&display);
        while !screen.is_managed() {
            if let Some(status) = window_manager.ended() {
                panic!("openbox ended with {status} before it managed a window");
            }
            assert!(Instant::now() < deadline, "openbox did not take the display's windows");
            std::thread::sleep(AGAIN);
        }
        display._window_manager = Some(window_manager);
        display
    }

    /// A connection of the test's own, as any other program has one.
    pub(crate) fn connect(&self) -> (RustConnection, Window) {
        let (connection, screen) =
            RustConnection::connect(Some(&format!(":{}", self.number))).expect("the display answers");
        let root = connection.setup().roots[screen].root;
        (connection, root)
    }

    /// A program whose windows it shows. There is no message bus, so that no key store, portal or accessibility service of
    /// the developer's desktop takes part; `scratch` is for sockets.
    pub(crate) fn command(&self, program: &Path, scratch: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env("DISPLAY", format!(":{}", self.number))
            .env("GDK_BACKEND", "x11")
            .env("XDG_RUNTIME_DIR", scratch)
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .env("NO_AT_BRIDGE", "1")
            .env_remove("CUELINE_PASSPHRASE");
        command
    }
}

/// A program and all that it starts; ended together when it is dropped.
pub(crate) struct ProcessGroup(Child);

impl ProcessGroup {
    /// Starts a program; `package` is what it comes with on Debian.
    pub(crate) fn start(command: &mut Command, package: &str) -> Self {
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.process_group(0).spawn().unwrap_or_else(|error| {
            panic!(
                "could not start `{program}`: {error}; on Debian it comes with `apt-get install {package}`"
            )
        });
        Self(child)
    }

    /// Starts a program and waits for the first line that it prints; an empty one where it ends without.
    pub(crate) fn start_and_hear(command: &mut Command, package: &str) -> (Self, String) {
        let mut started = Self::start(command.stdout(Stdio::piped()), package);
        let mut line = String::new();
        let out = started.0.stdout.take().expect("it is piped");
        BufReader::new(out).read_line(&mut line).expect("it prints text");
        (started, line.trim().to_owned())
    }

    /// How the program ended, if it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().ok().flatten()
    }

    /// The programs of the group that still run.
    pub(crate) fn processes(&self) -> Vec<Process> {
        Process::of_group(self.0.id())
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}
