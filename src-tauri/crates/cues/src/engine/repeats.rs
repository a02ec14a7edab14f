use crate::pattern::Window;
use crate::playbook::Echo;
use crate::text::{is_content, stem};
use cueline_events::Lane;
use std::collections::BTreeSet;

/// Earlier turns that are remembered.
const REMEMBERED: usize = 40;

/// Whether a customer has to say a thing again because the agent did not take it up.
#[derive(Default)]
pub(super) struct Repeats {
    said: Vec<Said>,
    /// The repeated words that the agent has still to take up.
    waiting: BTreeSet<String>,
}

struct Said {
    lane: Lane,
    turn: u32,
    at: f64,
    words: BTreeSet<String>,
}

/// What a customer's turn repeats of an earlier one, and how much of it the agent had taken up.
pub(super) struct Repeated {
    /// Content words in both turns.
    pub words: BTreeSet<String>,
    /// Their share of this turn's content words.
    pub overlap: f64,
    /// The share of them that the agent said in between.
    pub echoed: f64,
}

impl Repeats {
    /// Remembers a turn's content words; a turn that goes on replaces what was remembered of it.
    pub(super) fn hear(&mut self, lane: Lane, turn: u32, at: f64, window: &Window) {
        let words = content(window);
        if let Some(same) = self.said.iter_mut().rev().find(|said| said.lane == lane && said.turn == turn) {
            same.words.extend(words);
            same.at = at;
        } else {
            self.said.push(Said { lane, turn, at, words });
            if self.said.len() > REMEMBERED {
                self.said.remove(0);
            }
        }
    }

    /// Compares the customer's turn with the earlier turn that it repeats most.
    pub(super) fn repeated(&self, turn: u32, now: f64, window: &Window, echo: &Echo) -> Option<Repeated> {
        let words = content(window);
        let earlier = self.said.iter().enumerate().filter(|(_, said)| {
            said.lane == Lane::Customer && said.turn < turn && now - said.at <= echo.within_s
        });
        earlier
            .filter_map(|(i, said)| {
                let shared: BTreeSet<String> = said.words.intersection(&words).cloned().collect();
                let agent = |word: &&String| {
                    self.said[i..].iter().any(|s| s.lane == Lane::Agent && s.words.contains(*word))
                };
                let answered = self.said[i..].iter().any(|s| s.lane == Lane::Agent);
                let echoed = shared.iter().filter(agent).count() as f64 / shared.len().max(1) as f64;
                let overlap = shared.len() as f64 / words.len().max(1) as f64;
                (answered && !shared.is_empty()).then_some(Repeated { words: shared, overlap, echoed })
            })
            .max_by(|a, b| (a.words.len() as f64 - a.echoed).total_cmp(&(b.words.len() as f64 - b.echoed)))
    }

    /// The agent has these to take up.
    pub(super) fn wait_for(&mut self, words: BTreeSet<String>) {
        self.waiting = words;
    }

    /// Whether the agent's turn takes up what he was waited for: a third of it, one word at least.
    pub(super) fn taken_up(&self, window: &Window) -> bool {
        let said = content(window);
        let taken = self.waiting.intersection(&said).count();
        taken > 0 && taken * 3 >= self.waiting.len()
    }
}

pub(super) fn content(window: &Window) -> BTreeSet<String> {
    let content =
        window.words.iter().filter(|word| is_content(&word.token.form) && word.token.number.is_none());
    content.map(|word| stem(&word.token.form)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Vocabulary;

    fn window(text: &str) -> Window {
        Window::of(text, &Vocabulary::default())
    }

    #[test]
    fn a_repeated_matter_that_nobody_took_up_is_found() {
        let echo = Echo { overlap: 0.6, echoed: 0.2, within_s: 120.0 };
        for (answer, heard) in
            [("Could you give me a date?", false), ("Paid in March, with a receipt, I see.", true)]
        {
            let mut repeats = Repeats::default();
            repeats.hear(Lane::Customer, 1, 10.0, &window("I paid it in March, I have the receipt."));
            repeats.hear(Lane::Agent, 1, 14.0, &window(answer));
            let again = window("It was paid in March, there is a receipt.");
            let repeated = repeats.repeated(2, 20.0, &again, &echo).unwrap();
            assert!(repeated.overlap > 0.9);
            assert_eq!(repeated.echoed > 0.2, heard, "{answer}");
            repeats.wait_for(repeated.words);
            assert!(repeats.taken_up(&window("You paid in March and you have the receipt.")));
            assert!(!repeats.taken_up(&window("I am listening.")));
        }
    }
}
