use crate::playbook::Count;

/// Questions that are remembered.
const REMEMBERED: usize = 16;

/// What the agent asks, and how much he hears in answer.
#[derive(Default)]
pub(super) struct Questions {
    /// Since the customer was verified.
    open: u32,
    closed: u32,
    asked: Vec<Asked>,
}

struct Asked {
    at: f64,
    /// The words of the answer, once there is one.
    answer: Option<usize>,
}

impl Questions {
    /// The agent asked. Questions that only verify are not told here.
    pub(super) fn ask(&mut self, at: f64, open: bool) {
        if open {
            self.open += 1;
        } else {
            self.closed += 1;
        }
        self.asked.push(Asked { at, answer: None });
        if self.asked.len() > REMEMBERED {
            self.asked.remove(0);
        }
    }

    /// The customer said so many words.
    pub(super) fn answer(&mut self, words: usize) {
        if let Some(last) = self.asked.last_mut() {
            last.answer = Some(last.answer.unwrap_or(0) + words);
        }
    }

    /// Closed questions without an open one among them, when they are more than the limit.
    pub(super) fn only_closed(&self, count: &Count) -> Option<f64> {
        (self.open == 0 && f64::from(self.closed) > count.over).then_some(f64::from(self.closed))
    }

    /// Questions in a row that were answered in a word or two, when they are as many as the rule says.
    pub(super) fn in_a_row(&self, count: &Count, now: f64) -> Option<f64> {
        let recent = self.asked.iter().rev().take_while(|asked| now - asked.at <= count.window_s);
        // The newest has no answer yet.
        let short = |asked: &&Asked| asked.answer.is_none_or(|words| words as f64 <= count.over);
        let row = recent.take_while(short).count();
        (row >= count.times.max(1) as usize).then_some(row as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::Measured;

    fn count(over: f64) -> Count {
        Count { measure: Measured::RapidFire, over, window_s: 25.0, times: 3, ..Count::default() }
    }

    #[test]
    fn three_questions_with_short_answers_are_too_many_in_a_row() {
        for (answers, row) in [([2, 1], Some(3.0)), ([2, 12], None)] {
            let mut questions = Questions::default();
            for (i, words) in answers.into_iter().enumerate() {
                questions.ask(i as f64 * 5.0, false);
                questions.answer(words);
            }
            questions.ask(12.0, false);
            assert_eq!(questions.in_a_row(&count(4.0), 12.0), row);
            assert_eq!(questions.in_a_row(&count(4.0), 60.0), None);
        }
    }

    #[test]
    fn one_open_question_is_enough() {
        let mut questions = Questions::default();
        (0..4).for_each(|i| questions.ask(f64::from(i), false));
        assert_eq!(questions.only_closed(&count(2.0)), Some(4.0));
        questions.ask(9.0, true);
        assert_eq!(questions.only_closed(&count(2.0)), None);
    }
}
