use crate::before_call::BeforeCall;
use crate::saved_view::SavedView;
use cueline_audio::DeviceId;
use cueline_calls::Role;
use cueline_events::{Lane, Notice};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use ts_rs::TS;

/// The longest agent's name, in characters.
const LONGEST_NAME: usize = 80;

/// The sizes of the window's text, in percent; the first one holds until another is chosen.
const TEXT_SIZES: [u16; 4] = [100, 110, 125, 150];

/// The minutes of rest after which a role falls back.
const ROLE_MINUTES: [u16; 4] = [5, 15, 30, 60];

/// How the window is coloured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub(crate) enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What the agent chose. Kept in `settings.toml` of the data folder, in plain text: nothing about customers is in it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub(crate) struct Settings {
    /// Who works with this copy of Cueline; it stands in the session logs.
    agent_name: String,
    /// As what: what the session logs offer goes by it, as long as roles need no passphrase.
    role: Role,
    /// After how many minutes in which nobody does anything a role that needs a passphrase falls back to the agent's: 5, 15, 30
    /// or 60.
    role_minutes: u16,
    /// The agent's microphone; the system's default when null.
    agent_device: Option<DeviceId>,
    /// What the customer is heard through; the system's default when null.
    customer_device: Option<DeviceId>,
    /// How the window is coloured.
    theme: Theme,
    /// Whether a recorded call is transcribed once more after it, more carefully.
    improve_calls: bool,
    /// The speech model that calls are transcribed with; the one that suits this machine when null.
    model: Option<String>,
    /// How large the window's text is, in percent: 100, 110, 125 or 150.
    text_size: u16,
    /// Whether Cueline starts with the desktop.
    start_at_login: bool,
    /// Whether the shortcuts work while another window has the keyboard.
    global_keys: bool,
    /// Whether the agent has been through the first-run guide, or left it.
    first_run_done: bool,
    /// What the form before a call starts with; Cueline's own defaults when null.
    before_call: Option<BeforeCall>,
    /// Views of the session logs that were kept.
    saved_views: Vec<SavedView>,
}

/// Settings as they come from the window or from a file that anybody may have edited. What is missing is left at its
/// default; keys of a newer Cueline are passed over.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct RawSettings {
    pub(crate) agent_name: String,
    pub(crate) role: Role,
    pub(crate) role_minutes: u16,
    pub(crate) agent_device: Option<DeviceId>,
    pub(crate) customer_device: Option<DeviceId>,
    pub(crate) theme: Theme,
    pub(crate) improve_calls: bool,
    pub(crate) model: Option<String>,
    pub(crate) text_size: u16,
    pub(crate) start_at_login: bool,
    pub(crate) global_keys: bool,
    pub(crate) first_run_done: bool,
    pub(crate) before_call: Option<BeforeCall>,
    pub(crate) saved_views: Vec<SavedView>,
}

/// What holds before anybody chose anything.
impl Default for RawSettings {
    fn default() -> Self {
        Self {
            agent_name: String::new(),
            role: Role::Agent,
            role_minutes: ROLE_MINUTES[1],
            agent_device: None,
            customer_device: None,
            theme: Theme::default(),
            improve_calls: true,
            model: None,
            text_size: TEXT_SIZES[0],
            start_at_login: false,
            global_keys: false,
            first_run_done: false,
            before_call: None,
            saved_views: Vec::new(),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::from_checked(RawSettings::default())
    }
}

/// Why settings could not be taken, kept or read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    #[error("the agent's name has {length} characters; it may have {LONGEST_NAME}")]
    LongName { length: usize },
    #[error("the agent's name has a line break or another control character in it")]
    UnprintableName,
    #[error("the text size is {size} %; it may be 100, 110, 125 or 150")]
    TextSize { size: u16 },
    #[error("a role falls back after {minutes} minutes; it may be 5, 15, 30 or 60")]
    RoleMinutes { minutes: u16 },
    #[error("the settings file {} is broken: {reason}", file.display())]
    Broken { file: PathBuf, reason: String },
    #[error("the settings file {}: {source}", file.display())]
    File { file: PathBuf, source: io::Error },
}

impl SettingsError {
    pub(crate) fn notice(&self) -> Notice {
        let (code, what_to_do) = match self {
            Self::LongName { .. } | Self::UnprintableName => {
                ("settings_name", "Enter a shorter, plain name.")
            }
            Self::TextSize { .. } => ("settings_text_size", "Choose one of the sizes that are offered."),
            Self::RoleMinutes { .. } => ("settings_role_minutes", "Choose one of those that are offered."),
            Self::Broken { .. } => (
                "settings_broken",
                "Choose your devices again; the broken file was kept beside it as settings.broken.toml.",
            ),
            Self::File { .. } => {
                ("settings_file", "See whether there is space and whether you may write there.")
            }
        };
        Notice { code: code.to_owned(), message: self.to_string(), what_to_do: what_to_do.to_owned() }
    }
}

impl TryFrom<RawSettings> for Settings {
    type Error = SettingsError;

    fn try_from(raw: RawSettings) -> Result<Self, SettingsError> {
        let agent_name = raw.agent_name.trim().to_owned();
        let length = agent_name.chars().count();
        if length > LONGEST_NAME {
            return Err(SettingsError::LongName { length });
        }
        if agent_name.chars().any(char::is_control) {
            return Err(SettingsError::UnprintableName);
        }
        if !TEXT_SIZES.contains(&raw.text_size) {
            return Err(SettingsError::TextSize { size: raw.text_size });
        }
        if !ROLE_MINUTES.contains(&raw.role_minutes) {
            return Err(SettingsError::RoleMinutes { minutes: raw.role_minutes });
        }
        let chosen = |device: Option<DeviceId>| device.filter(|id| !id.as_str().is_empty());
        Ok(Self::from_checked(RawSettings {
            agent_name,
            agent_device: chosen(raw.agent_device),
            customer_device: chosen(raw.customer_device),
            model: raw.model.filter(|id| !id.is_empty()),
            saved_views: raw.saved_views.into_iter().map(SavedView::without_customer).collect(),
            ..raw
        }))
    }
}

impl Settings {
    fn from_checked(raw: RawSettings) -> Self {
        Self {
            agent_name: raw.agent_name,
            role: raw.role,
            role_minutes: raw.role_minutes,
            agent_device: raw.agent_device,
            customer_device: raw.customer_device,
            theme: raw.theme,
            improve_calls: raw.improve_calls,
            model: raw.model,
            text_size: raw.text_size,
            start_at_login: raw.start_at_login,
            global_keys: raw.global_keys,
            first_run_done: raw.first_run_done,
            before_call: raw.before_call,
            saved_views: raw.saved_views,
        }
    }

    /// Whether nobody has ever chosen anything in a data folder.
    pub(crate) fn are_new(data_dir: &Path) -> bool {
        !["settings.toml", "settings.broken.toml"].iter().any(|file| data_dir.join(file).exists())
    }

    /// Whether Cueline starts with the desktop.
    pub(crate) fn starts_at_login(&self) -> bool {
        self.start_at_login
    }

    /// Whether the shortcuts work while another window has the keyboard.
    pub(crate) fn has_global_keys(&self) -> bool {
        self.global_keys
    }

    /// Who works with this copy of Cueline; may be empty.
    pub(crate) fn agent_name(&self) -> &str {
        &self.agent_name
    }

    /// As what somebody works with this copy of Cueline.
    pub(crate) fn role(&self) -> Role {
        self.role
    }

    /// How long somebody may do nothing in a role that needs a passphrase.
    pub(crate) fn role_rest(&self) -> Duration {
        Duration::from_secs(u64::from(self.role_minutes) * 60)
    }

    /// The speech model that was chosen for calls; `None` leaves it to what was measured.
    pub(crate) fn model(&self) -> Option<&str> {
        self.model.as_deref()
    }

    /// Whether recorded calls are transcribed once more after they ended.
    pub(crate) fn improves_calls(&self) -> bool {
        self.improve_calls
    }

    /// The device that one lane is captured from; `None` is the system's default.
    pub(crate) fn device(&self, lane: Lane) -> Option<&DeviceId> {
        match lane {
            Lane::Agent => self.agent_device.as_ref(),
            Lane::Customer => self.customer_device.as_ref(),
        }
    }

    /// The same settings with another device for one lane.
    pub(crate) fn with_device(mut self, lane: Lane, device: DeviceId) -> Self {
        match lane {
            Lane::Agent => self.agent_device = Some(device),
            Lane::Customer => self.customer_device = Some(device),
        }
        self
    }

    /// Reads the settings of a data folder; the defaults where there are none yet. A file that can't be understood is
    /// put aside, so that nothing in it is lost, and the error says so: go on with the defaults.
    ///
    /// # Errors
    /// [`SettingsError::Broken`] and [`SettingsError::File`].
    pub(crate) fn load(data_dir: &Path) -> Result<Self, SettingsError> {
        let file = data_dir.join("settings.toml");
        let text = match fs::read(&file) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(SettingsError::File { file, source }),
        };
        let raw = text.and_then(|text| {
            toml::from_str::<RawSettings>(&text).map_err(|error| place(&text, error.span(), error.message()))
        });
        raw.and_then(|raw| Self::try_from(raw).map_err(|error| error.to_string())).map_err(|reason| {
            match fs::rename(&file, data_dir.join("settings.broken.toml")) {
                Ok(()) => SettingsError::Broken { file, reason },
                Err(source) => SettingsError::File { file, source },
            }
        })
    }

    /// Keeps the settings in a data folder. The old file is replaced in one step: a crash leaves the one or the other.
    ///
    /// # Errors
    /// [`SettingsError::File`].
    pub(crate) fn save(&self, data_dir: &Path) -> Result<(), SettingsError> {
        let file = data_dir.join("settings.toml");
        let fresh = data_dir.join("settings.toml.new");
        let text = toml::to_string(self)
            .map_err(|error| SettingsError::Broken { file: file.clone(), reason: error.to_string() })?;
        let write = || {
            let mut out = File::create(&fresh)?;
            out.write_all(text.as_bytes())?;
            out.sync_all()?;
            fs::rename(&fresh, &file)
        };
        write().map_err(|source| SettingsError::File { file: file.clone(), source })
    }
}

/// A fault of a TOML text with its line and column, without the text itself.
fn place(text: &str, span: Option<std::ops::Range<usize>>, message: &str) -> String {
    let before = &text[..span.map_or(0, |span| span.start.min(text.len()))];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
    format!("line {line}, column {column}: {message}")
}

#[cfg(test)]
mod tests;
