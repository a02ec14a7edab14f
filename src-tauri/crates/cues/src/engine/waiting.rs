use crate::playbook::Repeat;

/// What a cue that counts, or that waits for an answer, remembers.
#[derive(Debug, Default, Clone)]
pub(super) struct Waiting {
    /// Whether what opens the count has fired.
    counting: bool,
    /// When the counted words were said, once a turn.
    said: Vec<(u32, f64)>,
    /// The customer's words that wait for an answer, from which of the agent's turns on.
    unanswered: Option<u32>,
}

impl Waiting {
    /// What opens the count has fired.
    pub(super) fn open(&mut self) {
        self.counting = true;
    }

    /// Words that begin the count afresh.
    pub(super) fn clear(&mut self) {
        self.said.clear();
    }

    /// The counted words were said in this turn. True when that was once too often; the count then starts afresh.
    pub(super) fn count(&mut self, rule: &Repeat, turn: u32, at: f64) -> bool {
        if !(self.counting || rule.after.is_empty()) || self.said.iter().any(|(t, _)| *t == turn) {
            return false;
        }
        self.said.retain(|(_, before)| at - before <= rule.within_s);
        self.said.push((turn, at));
        let often = self.said.len() >= rule.times as usize;
        if often {
            self.said.clear();
        }
        often
    }

    /// The customer said words that want an answer; the agent is in this turn.
    pub(super) fn ask(&mut self, agent_turn: u32) {
        self.unanswered.get_or_insert(agent_turn);
    }

    /// The agent answered.
    pub(super) fn answer(&mut self) {
        self.unanswered = None;
    }

    /// So many of the agent's turns have passed without an answer: it is told once.
    pub(super) fn overdue(&mut self, agent_turn: u32, turns: u32) -> bool {
        let over = self.unanswered.is_some_and(|from| agent_turn >= from + turns);
        if over {
            self.unanswered = None;
        }
        over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(after: Vec<usize>) -> Repeat {
        Repeat { of: Vec::new(), times: 3, within_s: 300.0, after, cleared_by: Vec::new() }
    }

    #[test]
    fn the_third_time_is_too_often() {
        let mut waiting = Waiting::default();
        let counted: Vec<bool> = [(1, 0.0), (2, 10.0), (2, 12.0), (3, 20.0), (4, 30.0)]
            .into_iter()
            .map(|(turn, at)| waiting.count(&rule(Vec::new()), turn, at))
            .collect();
        assert_eq!(counted, [false, false, false, true, false]);
    }

    #[test]
    fn nothing_counts_before_its_time_or_long_after_it() {
        let mut waiting = Waiting::default();
        let rule = rule(vec![0]);
        assert!(!(1..9).any(|turn| waiting.count(&rule, turn, 1.0)));
        waiting.open();
        assert!(!(1..9).any(|turn| waiting.count(&rule, turn, 200.0 * f64::from(turn))));
    }

    #[test]
    fn an_answer_in_time_is_enough() {
        for (answered, overdue) in [(true, false), (false, true)] {
            let mut waiting = Waiting::default();
            waiting.ask(4);
            assert!(!waiting.overdue(5, 2));
            if answered {
                waiting.answer();
            }
            assert_eq!(waiting.overdue(6, 2), overdue);
            assert!(!waiting.overdue(7, 2));
        }
    }
}
