use cueline_events::CallEvent;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long anything that a call tells may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running `cueline … --json` whose events are read as they come.
pub struct LiveProcess {
    child: Child,
    lines: Receiver<(Instant, CallEvent)>,
    events: Vec<(Instant, CallEvent)>,
}

impl LiveProcess {
    /// Starts it.
    ///
    /// # Panics
    /// When it can't be started.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("cueline starts");
        let out = BufReader::new(child.stdout.take().expect("it is piped"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let event =
                    serde_json::from_str(&line).unwrap_or_else(|e| panic!("not an event: {e}: {line}"));
                if sender.send((Instant::now(), event)).is_err() {
                    break;
                }
            }
        });
        Self { child, lines, events: Vec::new() }
    }

    /// Waits for an event among those not yet seen.
    ///
    /// # Panics
    /// When the process ends without it, or takes too long.
    pub fn wait_for(&mut self, what: &str, is_it: impl Fn(&CallEvent) -> bool) {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => {
                    let found = is_it(&line.1);
                    self.events.push(line);
                    if found {
                        return;
                    }
                }
                Err(RecvTimeoutError::Timeout) => panic!("waited too long for {what}"),
                Err(RecvTimeoutError::Disconnected) => panic!("the call ended before {what}"),
            }
        }
    }

    /// Ends the call as Ctrl-C does and returns all of its events.
    ///
    /// # Panics
    /// When it does not end well.
    pub fn end(mut self) -> Vec<CallEvent> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill runs").success());
        let status = self.child.wait().expect("it ends");
        assert!(status.success(), "it ended with {status}");
        self.events.extend(self.lines.iter());
        std::mem::take(&mut self.events).into_iter().map(|(_, event)| event).collect()
    }

    /// Kills it outright and returns what it had told, each with the moment at which it was read, and the moment of
    /// the kill.
    ///
    /// # Panics
    /// When it can't be killed.
    pub fn kill(mut self) -> (Instant, Vec<(Instant, CallEvent)>) {
        let at = Instant::now();
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
        self.events.extend(self.lines.iter());
        (at, std::mem::take(&mut self.events))
    }
}

impl Drop for LiveProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
