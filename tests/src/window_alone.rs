use crate::display::{Display, ProcessGroup};
use crate::{Cueline, Process, built_program};

/// The app on a display of its own, with nobody looking on: what a driver makes the web view keep is no part of an agent's
/// memory. Dropping it ends the app.
pub struct WindowAlone {
    // Dropped in this order: the app, then the display.
    app: ProcessGroup,
    _display: Display,
}

impl WindowAlone {
    /// Starts the app of a user who knows the passphrase, with arguments of its own.
    pub fn of(user: &Cueline, arguments: &[&str]) -> Self {
        let display = Display::start();
        let mut command = display.command(&built_program("cueline-app"), user.data_dir());
        command.arg("--data-dir").arg(user.data_dir()).args(arguments);
        command.env("CUELINE_PASSPHRASE", Cueline::PASSPHRASE);
        Self { app: ProcessGroup::start(&mut command, "libwebkit2gtk-4.1-0"), _display: display }
    }

    /// The app and its web view.
    pub fn processes(&self) -> Vec<Process> {
        self.app.processes()
    }
}
