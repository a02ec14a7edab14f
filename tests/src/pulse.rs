use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A PulseAudio server of the test's own, without hardware: a virtual headset (a sink whose monitor is what the
/// customer is heard through) and a virtual microphone (a source fed from a second sink).
pub struct Pulse {
    folder: TempDir,
    server: Child,
}

impl Pulse {
    /// The sink that plays the customer; its monitor is captured.
    pub const HEADSET: &str = "headset";
    /// The sink whose monitor is the microphone.
    pub const MICROPHONE_FEED: &str = "microphone_feed";
    /// The microphone.
    pub const MICROPHONE: &str = "virtual_microphone";

    /// Starts the server and makes the devices.
    ///
    /// # Panics
    /// When PulseAudio is not installed or does not start.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let socket = folder.path().join("native");
        let server = Command::new("pulseaudio")
            .args([
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--disallow-exit",
                "--use-pid-file=no",
                "--resample-method=speex-float-10",
            ])
            .arg(format!("--load=module-native-protocol-unix auth-anonymous=1 socket={}", socket.display()))
            .envs(Self::homes(folder.path()))
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.path().join("log")).expect("the folder is new"))
            .spawn()
            .expect("pulseaudio starts; `cargo xtask test` installs it");
        let pulse = Self { folder, server };
        pulse.wait_until_it_answers();
        pulse.load(&["module-null-sink", &format!("sink_name={}", Self::HEADSET), "rate=48000"]);
        pulse.load(&["module-null-sink", &format!("sink_name={}", Self::MICROPHONE_FEED), "rate=48000"]);
        pulse.load(&[
            "module-remap-source",
            &format!("master={}.monitor", Self::MICROPHONE_FEED),
            &format!("source_name={}", Self::MICROPHONE),
        ]);
        pulse
    }

    /// The environment in which a program finds this server and no other.
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let mut environment = Self::homes(self.folder.path());
        environment.push((
            "PULSE_SERVER",
            PathBuf::from(format!("unix:{}", self.folder.path().join("native").display())),
        ));
        environment
    }

    /// Starts playing a mono WAV file into a sink.
    pub fn play(&self, file: &Path, sink: &str) -> Child {
        Command::new("paplay")
            .arg(format!("--device={sink}"))
            .arg(file)
            .envs(self.environment())
            .spawn()
            .expect("paplay starts; the package pulseaudio-utils has it")
    }

    /// Loads a module, and returns its number.
    pub fn load(&self, module: &[&str]) -> String {
        self.pactl(&[&["load-module"], module].concat()).unwrap_or_else(|said| panic!("{module:?}: {said}"))
    }

    /// Unloads a module by its number: a device is unplugged.
    pub fn unload(&self, number: &str) {
        self.pactl(&["unload-module", number]).unwrap_or_else(|said| panic!("unload {number}: {said}"));
    }

    fn pactl(&self, arguments: &[&str]) -> Result<String, String> {
        let output = Command::new("pactl").args(arguments).envs(self.environment()).output();
        let output = output.map_err(|error| format!("pactl: {error}"))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    fn wait_until_it_answers(&self) {
        let begun = Instant::now();
        while let Err(said) = self.pactl(&["info"]) {
            if begun.elapsed() > Duration::from_secs(20) {
                let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
                panic!("pulseaudio does not answer: {said}\n{log}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn homes(folder: &Path) -> Vec<(&'static str, PathBuf)> {
        let mut homes = Vec::from(
            ["HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH"].map(|name| (name, folder.to_owned())),
        );
        // Where the server leaves its cookie and where cpal's client looks for it: below HOME, whatever XDG says.
        homes.push(("XDG_CONFIG_HOME", folder.join(".config")));
        homes
    }
}

impl Drop for Pulse {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
