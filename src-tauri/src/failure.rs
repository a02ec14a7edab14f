use crate::settings::SettingsError;
use cueline_audio::AudioError;
use cueline_calls::StoreError;
use cueline_events::Notice;
use cueline_live::LiveError;
use cueline_models::ModelError;
use serde::Serialize;

/// Why a command could not do what the window asked: a [`Notice`], which is all that crosses into the window.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Failure(Notice);

impl Failure {
    pub(crate) fn new(code: &str, message: impl Into<String>, what_to_do: &str) -> Self {
        Self(Notice { code: code.to_owned(), message: message.into(), what_to_do: what_to_do.to_owned() })
    }
}

impl From<Failure> for Notice {
    fn from(failure: Failure) -> Self {
        failure.0
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self(error.notice())
    }
}

impl From<AudioError> for Failure {
    fn from(error: AudioError) -> Self {
        Self(error.notice())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self(error.notice())
    }
}

impl From<ModelError> for Failure {
    fn from(error: ModelError) -> Self {
        Self(error.notice())
    }
}

impl From<LiveError> for Failure {
    fn from(error: LiveError) -> Self {
        Self(error.notice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn as_the_window_sees_it(failure: impl Into<Failure>) -> Value {
        serde_json::to_value(failure.into()).unwrap()
    }

    #[test]
    fn every_room_s_error_becomes_a_notice_with_a_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let nowhere = folder.path().join("nowhere");
        let audio = || cueline_audio::CallFile::open(&nowhere, None).err().unwrap();
        let model = cueline_models::ModelFolder::new(folder.path()).path("no-such-model").unwrap_err();
        let speech = cueline_live::load_model(&nowhere, "no-such-model").err().unwrap();
        let store = StoreError::NoSuchCall { id: "4711".into() };
        for (seen, code) in [
            (as_the_window_sees_it(audio()), "file_unreadable"),
            (as_the_window_sees_it(LiveError::Audio(audio())), "file_unreadable"),
            (as_the_window_sees_it(model), "model_unknown"),
            (as_the_window_sees_it(speech), "model_missing"),
            (as_the_window_sees_it(LiveError::Store(store)), "no_such_call"),
            (as_the_window_sees_it(LiveError::Fault), "fault"),
        ] {
            assert_eq!(seen["code"], code);
            assert_ne!(seen["message"], "");
            assert_ne!(seen["what_to_do"], "");
            assert_eq!(seen.as_object().unwrap().len(), 3, "nothing else crosses into the window: {seen}");
        }
    }
}
