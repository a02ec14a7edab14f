use super::script::{Expected, ExpectedEvent, Scope, Script, ScriptError, Turn};
use cueline_events::{CallContext, Lane, Spoken};

/// Seconds that one word takes: 150 a minute.
const WORD: f64 = 0.4;
/// Seconds between two turns.
const PAUSE: f64 = 0.4;

impl Script {
    /// Reads a scenario: a call as a person would write it down.
    ///
    /// ```text
    /// # A dispute stops the talk about money.
    /// context mode=third_party, creditor=Harbor Lane
    ///
    /// agent: Hi, this is Priya on a recorded line.
    ///     done disc.recording_notice
    /// customer: I already paid that in March.
    ///     fires trig.dispute
    ///     not deesc.anger
    /// wait 9
    /// agent: I'm marking it as disputed.
    ///     done trig.dispute
    /// never guard.threat_legal
    /// ```
    ///
    /// Below a turn stands what it does (at that turn or the next): `fires`, `done`, or `not` for what must not fire
    /// because of it; `never` is for the whole call. Several cues stand with commas between. Turns follow each other at
    /// 150 words a minute; `wait` lets so many seconds pass. `#` begins a comment, and the first one is the title.
    ///
    /// # Errors
    /// What is wrong, with line and column.
    pub fn parse_scenario(text: &str, file: &str) -> Result<Self, ScriptError> {
        let mut reader = Reader::new(file);
        for (number, line) in text.lines().enumerate() {
            reader.line = number + 1;
            reader.read(line)?;
        }
        Ok(reader.script)
    }
}

struct Reader<'a> {
    file: &'a str,
    line: usize,
    now: f64,
    script: Script,
}

impl<'a> Reader<'a> {
    fn new(file: &'a str) -> Self {
        let id = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let script = Script {
            id: id.split('.').next().unwrap_or(id).to_owned(),
            title: String::new(),
            context: CallContext::default(),
            turns: Vec::new(),
            expected: Vec::new(),
        };
        Self { file, line: 0, now: 0.0, script }
    }

    fn fault(&self, column: usize, reason: impl Into<String>) -> ScriptError {
        ScriptError { file: self.file.to_owned(), line: self.line, column, reason: reason.into() }
    }

    fn read(&mut self, line: &str) -> Result<(), ScriptError> {
        let column = line.len() - line.trim_start().len() + 1;
        let line = line.trim();
        if let Some(comment) = line.strip_prefix('#') {
            if self.script.title.is_empty() {
                comment.trim().clone_into(&mut self.script.title);
            }
            return Ok(());
        }
        if line.is_empty() {
            return Ok(());
        }
        for (name, lane) in [("agent:", Lane::Agent), ("customer:", Lane::Customer)] {
            if let Some(words) = line.strip_prefix(name) {
                self.turn(lane, words.trim());
                return Ok(());
            }
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match word {
            "context" => {
                self.script.context =
                    CallContext::from_pairs(rest).map_err(|error| self.fault(column, error.to_string()))?;
                Ok(())
            }
            "wait" => match rest.trim().parse::<f64>() {
                Ok(seconds) if seconds.is_finite() && (0.0..=3_600.0).contains(&seconds) => {
                    self.now += seconds;
                    Ok(())
                }
                _ => Err(self.fault(column, "`wait` takes seconds, up to an hour")),
            },
            "fires" => self.expect(column, rest, ExpectedEvent::Fires, Scope::Turn),
            "done" => self.expect(column, rest, ExpectedEvent::Satisfied, Scope::Turn),
            "not" => self.expect(column, rest, ExpectedEvent::MustNotFire, Scope::Turn),
            "never" => self.expect(column, rest, ExpectedEvent::MustNotFire, Scope::Call),
            _ => Err(self.fault(
                column,
                "a line begins with `agent:`, `customer:`, `fires`, `done`, `not`, `never`, `wait`, `context` or `#`",
            )),
        }
    }

    fn turn(&mut self, speaker: Lane, words: &str) {
        let t0 = self.now + PAUSE;
        let t1 = t0 + WORD * words.split_whitespace().count().max(1) as f64;
        self.script.turns.push(Turn { speaker, text: Spoken::from(words), t0, t1 });
        self.now = t1;
    }

    fn expect(
        &mut self,
        column: usize,
        cues: &str,
        event: ExpectedEvent,
        scope: Scope,
    ) -> Result<(), ScriptError> {
        let Some(turn) = self.script.turns.len().checked_sub(1) else {
            return Err(self.fault(column, "this belongs below a turn"));
        };
        let mut cues = cues.split(',').map(str::trim).filter(|cue| !cue.is_empty()).peekable();
        if cues.peek().is_none() {
            return Err(self.fault(column, "name the cue, for example `trig.dispute`"));
        }
        for cue in cues {
            let cue = cue.to_owned();
            self.script.expected.push(Expected {
                turn,
                cue,
                event,
                scope,
                phrase: None,
                why: None,
                decided_at: None,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_reads_like_a_call() {
        let script = Script::parse_scenario(
            "# Two things\n# more\ncontext mode=first_party\nagent: Hello there\n  done a.b, a.c\nwait 9\ncustomer: I paid\n\
             \tfires x.y\n  not x.z\nnever g.h\n",
            "some/where/two.scenario",
        )
        .unwrap();
        assert_eq!((script.id.as_str(), script.title.as_str()), ("two", "Two things"));
        assert_eq!(script.turns.len(), 2);
        assert!((script.turns[1].t0 - 10.6).abs() < 1e-9, "{}", script.turns[1].t0);
        let expected: Vec<_> = script.expected.iter().map(|e| (e.turn, e.cue.as_str(), e.event)).collect();
        assert_eq!(
            expected,
            [
                (0, "a.b", ExpectedEvent::Satisfied),
                (0, "a.c", ExpectedEvent::Satisfied),
                (1, "x.y", ExpectedEvent::Fires),
                (1, "x.z", ExpectedEvent::MustNotFire),
                (1, "g.h", ExpectedEvent::MustNotFire),
            ]
        );
        assert_eq!(script.expected[4].scope, Scope::Call);
    }

    #[test]
    fn faults_say_where() {
        for (text, line, column, reason) in [
            ("agent: Hi\n  fires\n", 2, 3, "name the cue"),
            ("done a.b\n", 1, 1, "below a turn"),
            ("robot: Hi\n", 1, 1, "a line begins with"),
            ("\nwait long\n", 2, 1, "takes seconds"),
            ("context mode=fourth\n", 1, 1, "mode=fourth"),
        ] {
            let error = Script::parse_scenario(text, "a.scenario").unwrap_err();
            assert_eq!((error.line, error.column), (line, column), "{error}");
            assert!(error.reason.contains(reason), "{error}");
        }
    }
}
