use crate::Process;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

/// A virtual display. Dropping it ends it.
pub(crate) struct Display {
    _server: ProcessGroup,
    number: u32,
}

impl Display {
    /// Starts one, which chooses its number itself and tells it when it is ready.
    pub(crate) fn start() -> Self {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]);
        let mut server = ProcessGroup::start(command.stdout(Stdio::piped()).stderr(Stdio::null()), "xvfb");
        let mut number = String::new();
        let told = server.0.stdout.take().map(|out| BufReader::new(out).read_line(&mut number));
        match (told, number.trim().parse()) {
            (Some(Ok(_)), Ok(number)) => Self { _server: server, number },
            _ => panic!("Xvfb ended without telling its display; run `Xvfb :99` to see why"),
        }
    }

    /// Its number.
    pub(crate) fn number(&self) -> u32 {
        self.number
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
