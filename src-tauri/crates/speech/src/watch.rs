use crate::repetition::{Circle, circle};
use crate::vocabulary::{Piece, Vocabulary};
use std::ffi::{c_int, c_void};
use whisper_rs::{FullParams, WhisperSysContext, WhisperSysState, WhisperTokenData, WhisperTokenId};

/// How near to the end of the voice, in seconds, a phrase must end for its end to be that of everything said.
const NEAR: f64 = 0.3;

/// Watches the decoder while it writes, and ends the text when everything has been said: when a phrase ends where the
/// voice does, or when the words go round in circles. Left alone, a decoder with a narrow encoder often does not find
/// its end and says everything again.
pub(crate) struct Watch<'a> {
    vocabulary: &'a Vocabulary,
    /// Where the voice ends, in seconds from the beginning of the audio.
    voice_end: f64,
    /// How the words went round in circles, if they did.
    pub(crate) circle: Option<Circle>,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(vocabulary: &'a Vocabulary, voice_end: f64) -> Self {
        Self { vocabulary, voice_end, circle: None }
    }

    /// Has the engine ask before each token. `self` must stay where it is until the parameters were used.
    pub(crate) fn attach(&mut self, parameters: &mut FullParams<'_, '_>) {
        // SAFETY: the callback is given the types it is declared with, and this watch as its own.
        unsafe {
            parameters.set_filter_logits_callback(Some(before_token));
            parameters.set_filter_logits_callback_user_data(std::ptr::from_mut(self).cast());
        }
    }

    /// The words are over, and the decoder was stopped in the middle of them.
    pub(crate) fn broken_off(&mut self, tokens: impl Iterator<Item = WhisperTokenId>) {
        self.circle = self.circle.take().or_else(|| circle(&self.pieces(tokens), true));
    }

    /// Whether nothing more should be written after these tokens.
    fn is_over(&mut self, tokens: impl DoubleEndedIterator<Item = WhisperTokenId> + Clone) -> bool {
        let mut newest = tokens.clone().rev();
        let (last, before) = (newest.next(), newest.next());
        let phrase_end = last.and_then(|token| self.vocabulary.seconds(token));
        if before.is_some_and(|token| self.vocabulary.is_text(token))
            && phrase_end.is_some_and(|end| end >= self.voice_end - NEAR)
        {
            return true;
        }
        if last.is_some_and(|token| self.vocabulary.is_text(token)) {
            self.circle = circle(&self.pieces(tokens), false);
        }
        self.circle.is_some()
    }

    fn pieces(&self, tokens: impl Iterator<Item = WhisperTokenId>) -> Vec<Piece> {
        tokens.filter_map(|token| self.vocabulary.piece(token)).collect()
    }
}

/// The engine is about to choose a token: leaves it only the end of the text if that is due.
unsafe extern "C" fn before_token(
    _: *mut WhisperSysContext,
    _: *mut WhisperSysState,
    tokens: *const WhisperTokenData,
    count: c_int,
    logits: *mut f32,
    watch: *mut c_void,
) {
    let count = usize::try_from(count).unwrap_or_default();
    if count == 0 || tokens.is_null() {
        return;
    }
    // SAFETY: `attach` set the pointer to a watch that is borrowed for as long as the engine runs; the engine calls
    // from the thread that runs it, with `count` tokens written so far and a logit for each token of its vocabulary.
    let (watch, tokens, logits) = unsafe {
        let watch = &mut *watch.cast::<Watch<'_>>();
        let logits = std::slice::from_raw_parts_mut(logits, watch.vocabulary.size);
        (watch, std::slice::from_raw_parts(tokens, count), logits)
    };
    if watch.is_over(tokens.iter().map(|token| token.id)) {
        let end = usize::try_from(watch.vocabulary.end_of_text).unwrap_or_default();
        for (token, logit) in logits.iter_mut().enumerate() {
            if token != end {
                *logit = f32::NEG_INFINITY;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_over_where_the_voice_ends_or_when_it_repeats_itself() {
        let vocabulary = Vocabulary::made_of(&[" thank", " you", ".", " bye"]);
        // Times stand behind the end of the text, and that behind the words.
        let time = |seconds: f64| 5 + (seconds / 0.02).round() as WhisperTokenId;
        let thanks = [0, 1, 2];
        for (tokens, over, what) in [
            (vec![time(0.0)], false, "the beginning"),
            ([&[time(0.0)], &thanks[..]].concat(), false, "words without an end"),
            ([&[time(0.0)], &thanks[..], &[time(1.0)]].concat(), false, "a phrase in the middle"),
            ([&[time(0.0)], &thanks[..], &[time(2.72)]].concat(), true, "a phrase to the end"),
            (
                [&[time(0.0)], &thanks[..], &[time(1.0), time(2.8)]].concat(),
                false,
                "the beginning of another",
            ),
            (thanks.repeat(4), true, "a circle"),
        ] {
            let mut watch = Watch::new(&vocabulary, 3.0);
            assert_eq!(watch.is_over(tokens.into_iter()), over, "{what}");
        }
    }

    #[test]
    fn a_circle_that_was_broken_off_is_one() {
        let vocabulary = Vocabulary::made_of(&[" is", " it", " there", "?"]);
        let mut watch = Watch::new(&vocabulary, 3.0);
        let tokens = [0, 1, 2, 3, 0, 1, 2, 3, 0];
        assert!(!watch.is_over(tokens.into_iter()));
        watch.broken_off(tokens.into_iter());
        assert_eq!(watch.circle, Some(Circle { words_before: 0, kept: 3 }));
    }
}
