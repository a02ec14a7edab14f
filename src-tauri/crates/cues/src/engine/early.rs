use crate::playbook::CueId;

/// Words this close to the end of what was transcribed so far may still change.
const EDGE: usize = 2;

/// Cues raised on partials, until their finals confirm or contradict them.
#[derive(Default)]
pub(super) struct Early {
    /// Hits of the last revision that still stood at its edge: utterance, cue, words.
    edge: Vec<(u32, CueId, String)>,
    raised: Vec<(u32, CueId)>,
}

impl Early {
    /// Whether a partial's hit is firm: clear of the edge, or there with the same words in the revision before.
    pub(super) fn is_firm(&mut self, utterance: u32, cue: CueId, words: &str, to_edge: usize) -> bool {
        if to_edge >= EDGE {
            return true;
        }
        let known = self.edge.iter().any(|(u, c, w)| *u == utterance && *c == cue && w == words);
        if !known {
            self.edge.retain(|(u, c, _)| !(*u == utterance && *c == cue));
            self.edge.push((utterance, cue, words.to_owned()));
        }
        known
    }

    /// The cue does not stand in this revision.
    pub(super) fn gone(&mut self, utterance: u32, cue: CueId) {
        self.edge.retain(|(u, c, _)| !(*u == utterance && *c == cue));
    }

    /// The cue was raised on this utterance.
    pub(super) fn raise(&mut self, utterance: u32, cue: CueId) {
        self.raised.push((utterance, cue));
    }

    /// Whether the cue was raised on this utterance.
    pub(super) fn was_raised(&self, utterance: u32, cue: CueId) -> bool {
        self.raised.contains(&(utterance, cue))
    }

    /// Every cue that was raised on an utterance without a final yet.
    pub(super) fn unsettled(self) -> Vec<CueId> {
        self.raised.into_iter().map(|(_, cue)| cue).collect()
    }

    /// The utterance is final, and its cues are decided.
    pub(super) fn settle(&mut self, utterance: u32) {
        self.edge.retain(|(u, ..)| *u != utterance);
        self.raised.retain(|(u, _)| *u != utterance);
    }
}

#[cfg(test)]
mod tests {
    use super::Early;

    #[test]
    fn words_at_the_edge_need_a_second_revision() {
        let mut early = Early::default();
        assert!(early.is_firm(1, 0, "stop calling", 3));
        assert!(!early.is_firm(1, 0, "stop calling", 0));
        assert!(early.is_firm(1, 0, "stop calling", 1));
        assert!(!early.is_firm(1, 0, "stop calling me", 1));
        early.gone(1, 0);
        assert!(!early.is_firm(1, 0, "stop calling me", 1));
    }
}
