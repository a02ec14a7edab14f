use crate::Said;
use crate::Token;
use crate::span::seconds;
use crate::vocabulary::Vocabulary;
use std::sync::Arc;

/// What a decoder hears and knows before the audio whose words are wanted.
#[derive(Default)]
pub(crate) struct Lead {
    /// The audio of what was said before, one after the other.
    pub(crate) samples: Vec<f32>,
    /// Its words: each utterance between the times of its beginning and its end.
    pub(crate) tokens: Vec<Token>,
}

impl Lead {
    /// Puts utterances one behind the other. Where one has no full stop it gets one, as a pause came after it: Whisper
    /// goes on as the text before begins, and whether a sentence is whole is told by its full stop.
    pub(crate) fn of(before: &[Arc<Said>], vocabulary: &Vocabulary) -> Self {
        let mut lead = Self::default();
        for said in before {
            lead.add(said, vocabulary);
        }
        lead
    }

    /// How long it is, in seconds.
    pub(crate) fn seconds(&self) -> f64 {
        seconds(self.samples.len() as u64)
    }

    fn add(&mut self, said: &Said, vocabulary: &Vocabulary) {
        let is_text = |token: &Token| vocabulary.is_text(*token);
        let (Some(first), Some(last)) =
            (said.tokens.iter().position(is_text), said.tokens.iter().rposition(is_text))
        else {
            return;
        };
        let begin = self.seconds();
        let time = first.checked_sub(1).and_then(|i| vocabulary.seconds(said.tokens[i])).unwrap_or_default();
        self.tokens.push(vocabulary.time(begin + time));
        self.tokens.extend(said.tokens[first..=last].iter().map(|token| vocabulary.later(*token, begin)));
        if !vocabulary.ends_sentence(said.tokens[last]) {
            self.tokens.extend(vocabulary.full_stop);
        }
        self.tokens.push(vocabulary.time(begin + seconds(said.voice_end)));
        self.samples.extend_from_slice(&said.samples);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SAMPLE_RATE;

    #[test]
    fn utterances_come_one_behind_the_other_each_with_its_times_and_a_full_stop() {
        let vocabulary = Vocabulary::made_of(&[" hi", " it", "'s", " me", "."]);
        let time = |seconds| vocabulary.time(seconds);
        let said = |voice_end: f64, tokens: Vec<Token>| {
            let rate = f64::from(SAMPLE_RATE);
            let samples = vec![0.5; (2.0 * rate) as usize].into();
            Arc::new(Said { samples, voice_end: (voice_end * rate) as u64, tokens })
        };
        let before = [
            said(1.2, vec![time(0.3), Token(0)]),
            said(1.0, vec![time(0.0)]),
            said(1.9, vec![Token(1), Token(2), Token(3), Token(4), time(1.8), time(1.8)]),
        ];
        let lead = Lead::of(&before, &vocabulary);
        assert_eq!(lead.seconds(), 4.0, "what has no words is left out");
        let (hi, me) = ([time(0.3), Token(0), Token(4), time(1.2)], [1, 2, 3, 4].map(Token));
        assert_eq!(lead.tokens, [&hi[..], &[time(2.0)], &me[..], &[time(3.9)]].concat());
        assert!(Lead::of(&[], &vocabulary).tokens.is_empty());
    }
}
