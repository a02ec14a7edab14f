use cueline_events::{CallContext, Lane, Spoken};
use serde::Deserialize;

/// A scripted call: what each side says and when, and what the cues should do.
///
/// The format is design.md's; keys that it does not know are passed over, and `start`/`end` may stand for `t0`/`t1`,
/// so that the timing file of a rendered call reads as well.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Script {
    /// The call's id.
    pub id: String,
    /// Its name for people.
    #[serde(default)]
    pub title: String,
    /// What is known before the call.
    #[serde(default)]
    pub context: CallContext,
    /// In order.
    pub turns: Vec<Turn>,
    /// What should and should not happen.
    #[serde(default)]
    pub expected: Vec<Expected>,
}

/// What one side says without the other.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Turn {
    /// Who speaks.
    pub speaker: Lane,
    /// The words.
    pub text: Spoken,
    /// Seconds at which the turn begins.
    #[serde(alias = "start")]
    pub t0: f64,
    /// Seconds at which it ends.
    #[serde(alias = "end")]
    pub t1: f64,
}

/// What should or should not happen.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Expected {
    /// The turn that causes it, counted from 0.
    pub turn: usize,
    /// The cue's id.
    pub cue: String,
    /// What.
    pub event: ExpectedEvent,
    /// For `must_not_fire`: not because of that turn, or not at all.
    #[serde(default)]
    pub scope: Scope,
    /// The words that decide it.
    #[serde(default)]
    pub phrase: Option<String>,
    /// Why.
    #[serde(default)]
    pub why: Option<String>,
    /// In a rendered call: seconds at which the deciding words end.
    #[serde(default)]
    pub decided_at: Option<f64>,
}

/// What is expected of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpectedEvent {
    /// It fires at that turn or the next.
    Fires,
    /// It is satisfied at that turn or the next.
    Satisfied,
    /// It does not fire because of that turn.
    MustNotFire,
}

/// How far `must_not_fire` reaches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Because of that turn.
    #[default]
    Turn,
    /// Anywhere in the call.
    Call,
}

/// A scripted call that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {reason}")]
pub struct ScriptError {
    /// The file's name as it was given.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1.
    pub column: usize,
    /// What is wrong.
    pub reason: String,
}

impl Script {
    /// Reads a scripted call. `file` is the name that messages show.
    ///
    /// # Errors
    /// What is wrong, with line and column.
    pub fn parse(json: &str, file: &str) -> Result<Self, ScriptError> {
        let fault =
            |line, column, reason: String| ScriptError { file: file.to_owned(), line, column, reason };
        let script: Self = serde_json::from_str(json).map_err(|error| {
            let text = error.to_string();
            let reason = text.split(" at line ").next().unwrap_or(&text).to_owned();
            fault(error.line(), error.column(), reason)
        })?;
        for (i, turn) in script.turns.iter().enumerate() {
            if !(turn.t0.is_finite() && turn.t1 >= turn.t0 && turn.t0 >= 0.0) {
                return Err(fault(1, 1, format!("turn {i} ends before it begins, or has no usable times")));
            }
        }
        for expected in &script.expected {
            if expected.turn >= script.turns.len() {
                let reason = format!(
                    "`{}` is expected at turn {}, but the turns are 0 to {}",
                    expected.cue,
                    expected.turn,
                    script.turns.len().saturating_sub(1)
                );
                return Err(fault(1, 1, reason));
            }
        }
        Ok(script)
    }

    /// When the last turn ends.
    pub fn end(&self) -> f64 {
        self.turns.iter().map(|turn| turn.t1).fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_say_where() {
        for (json, line, reason) in [
            ("{\n\"id\": 3}", 2, "expected a string"),
            ("{\n\"id\":\"a\",\n\"turns\":[{}]}", 3, "missing field"),
            ("{\"id\":\"a\",\"turns\":[{\"speaker\":\"robot\"}]}", 1, "unknown variant"),
            (
                "{\"id\":\"a\",\"turns\":[],\"expected\":[{\"turn\":4,\"cue\":\"a.b\",\"event\":\"fires\"}]}",
                1,
                "turn 4",
            ),
            (
                "{\"id\":\"a\",\"turns\":[{\"speaker\":\"agent\",\"text\":\"\",\"t0\":2,\"t1\":1}]}",
                1,
                "turn 0",
            ),
        ] {
            let error = Script::parse(json, "call.json").unwrap_err();
            assert_eq!(error.line, line, "{error}");
            assert!(error.reason.contains(reason), "{error}");
            assert!(!error.to_string().contains(" at line "), "{error}");
        }
    }

    #[test]
    fn extra_keys_and_rendered_times_are_read() {
        let json = r#"{"id":"a","outcome":"paid","turns":[{"speaker":"agent","text":"Hi","start":1,"end":2,"mood":"fast"}]}"#;
        let script = Script::parse(json, "call.json").unwrap();
        assert_eq!((script.turns[0].t0, script.turns[0].t1, script.end()), (1.0, 2.0, 2.0));
    }
}
