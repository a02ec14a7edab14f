use crate::Token;
use crate::repetition::{Circle, circle};
use crate::vocabulary::{Piece, Vocabulary};
use whisper_rs::{WhisperError, WhisperState};

/// How near to the end of the voice, in seconds, a phrase must end for its end to be that of everything said.
const NEAR: f64 = 0.3;
/// How near to the end of the audio a time must be to leave nothing more to write, in seconds.
const AUDIO_END: f64 = 0.1;
/// The latest second at which the first words may begin.
const LATEST_BEGINNING: f64 = 1.0;

/// What is to be written, of audio that the engine has encoded.
pub(crate) struct Writing<'a> {
    /// The words of what comes first in the audio: they are not wanted, and the text goes on behind them.
    pub(crate) before: &'a [Token],
    /// Words that are known already: the text begins with them.
    pub(crate) settled: &'a [Token],
    /// Where the voice ends, in seconds from the beginning of the audio.
    pub(crate) voice_end: f64,
    /// How long the audio is, in seconds.
    pub(crate) audio_end: f64,
    /// The text is broken off after so many tokens.
    pub(crate) most: usize,
    /// How many threads work.
    pub(crate) threads: usize,
    /// Whether to measure how sure the decoder is of the words, which costs a twentieth of writing them.
    pub(crate) measured: bool,
}

/// What a decoder wrote.
pub(crate) struct Written {
    /// Text and times, without those before.
    pub(crate) tokens: Vec<Token>,
    /// How many of them were written now: all but the settled ones.
    pub(crate) new: usize,
    /// It was broken off before it came to an end.
    pub(crate) stopped: bool,
    /// How the words went round in circles, if they did.
    pub(crate) circle: Option<Circle>,
    /// The mean logarithm of the likelihood of the new words' tokens, where it was measured and there are any.
    pub(crate) certainty: Option<f32>,
}

/// Writes the words of the audio that `state` has encoded: token by token the likeliest, by Whisper's own rules for
/// times, until everything has been said. That is when a phrase ends where the voice does, or when the words go round
/// in circles. Left alone, a decoder with a narrow encoder often does not find its end and says everything again.
///
/// The engine's own loop can't be given a beginning. Settled words cost one pass together instead of one each.
///
/// # Errors
/// When the engine fails.
pub(crate) fn write(
    state: &mut WhisperState,
    vocabulary: &Vocabulary,
    writing: &Writing<'_>,
) -> Result<Written, WhisperError> {
    let prompt: Vec<_> =
        vocabulary.task.iter().chain(writing.before).chain(writing.settled).map(|token| token.0).collect();
    // The engine hands out the first row of what it was given at once; the last token's is wanted.
    let (last, before) = prompt.split_last().ok_or(WhisperError::GenericError(0))?;
    if !before.is_empty() {
        state.decode(before, 0, writing.threads)?;
    }
    state.decode(&[*last], before.len(), writing.threads)?;
    let mut tokens = [writing.before, writing.settled].concat();
    let (before, given) = (writing.before.len(), tokens.len());
    let (mut stopped, mut circling) = (false, None);
    let mut likelihoods = Vec::new();
    loop {
        let token = vocabulary.choose(state.get_logits()?, &tokens);
        if token == vocabulary.end_of_text {
            break;
        }
        if writing.measured && vocabulary.is_text(token) {
            likelihoods.push(likelihood(state.get_logits()?, token));
        }
        tokens.push(token);
        if vocabulary.said_all(&tokens, writing) {
            break;
        }
        if vocabulary.is_text(token) {
            circling = circle(&vocabulary.pieces(&tokens[before..]), false);
        }
        if circling.is_some() {
            break;
        }
        if tokens.len() - before > writing.most {
            stopped = true;
            circling = circle(&vocabulary.pieces(&tokens[before..]), true);
            break;
        }
        state.decode(&[token.0], prompt.len() + tokens.len() - given - 1, writing.threads)?;
    }
    let new = tokens.len() - given;
    let certainty =
        (!likelihoods.is_empty()).then(|| likelihoods.iter().sum::<f32>() / likelihoods.len() as f32);
    Ok(Written { tokens: tokens.split_off(before), new, stopped, circle: circling, certainty })
}

impl Vocabulary {
    /// The likeliest token after `written`. Times come in pairs, except before the end; they don't run backwards; the
    /// first is early; and one is written when all times together are likelier than any text.
    fn choose(&self, logits: &[f32], written: &[Token]) -> Token {
        let is_time = |token: &Token| self.seconds(*token).is_some();
        let after_time = written.last().is_some_and(is_time);
        let begins = written.len() < 2 || is_time(&written[written.len() - 2]);
        let zero = self.zero_seconds.0 as usize;
        let earliest = written.iter().rev().find(|token| is_time(token)).map_or(zero, |time| time.0 as usize);
        let latest =
            if written.is_empty() { zero + (LATEST_BEGINNING / 0.02) as usize } else { logits.len() - 1 };
        let times = if after_time && begins { 0..0 } else { earliest..latest.min(logits.len() - 1) + 1 };
        // Between text and times there is the end, and what belongs to the task.
        let end = self.end_of_text.0 as usize;
        let texts = if after_time && !begins { end..end + 1 } else { 0..end + 1 };
        let may_be = |token: usize| !written.is_empty() || (token != end && Some(token) != self.blank);
        let text = likeliest(logits, texts.filter(|token| may_be(*token)));
        let time = likeliest(logits, times.clone());
        let chosen = match (text, time) {
            (Some((_, most)), Some((time, peak))) if sum(&logits[times], peak) > most => Some(time),
            (None, Some((time, _))) => Some(time),
            (text, _) => text.map(|(token, _)| token),
        };
        chosen.map_or(self.end_of_text, |token| Token(token as i32))
    }

    /// Whether the tokens end with the end of a phrase that is that of the voice, or with that of the audio.
    fn said_all(&self, tokens: &[Token], writing: &Writing<'_>) -> bool {
        let mut newest = tokens.iter().rev();
        let (Some(last), before) = (newest.next(), newest.next()) else { return false };
        let Some(second) = self.seconds(*last) else { return false };
        let ends_phrase = before.is_some_and(|token| self.is_text(*token));
        (ends_phrase && second >= writing.voice_end - NEAR)
            || (second > 0.0 && second + AUDIO_END >= writing.audio_end)
    }

    fn pieces(&self, tokens: &[Token]) -> Vec<Piece> {
        tokens.iter().filter_map(|token| self.piece(*token)).collect()
    }
}

/// The first of the tokens with the highest value.
fn likeliest(logits: &[f32], tokens: impl Iterator<Item = usize>) -> Option<(usize, f32)> {
    tokens.map(|token| (token, logits[token])).reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// The logarithm of the sum of what these are logarithms of.
fn sum(logits: &[f32], peak: f32) -> f32 {
    logits.iter().map(|logit| (logit - peak).exp()).sum::<f32>().ln() + peak
}

/// The logarithm of a token's likelihood among all.
fn likelihood(logits: &[f32], token: Token) -> f32 {
    let peak = logits.iter().copied().fold(f32::MIN, f32::max);
    logits[token.0 as usize] - sum(logits, peak)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four words, the end, and times behind it.
    fn vocabulary() -> Vocabulary {
        Vocabulary::made_of(&[" thank", " you", ".", " bye"])
    }

    fn time(seconds: f64) -> Token {
        Token(5 + (seconds / 0.02).round() as i32)
    }

    fn words(count: i32) -> Vec<Token> {
        (0..count).map(Token).collect()
    }

    #[test]
    fn everything_is_said_where_the_voice_or_the_audio_ends() {
        let said = words(3);
        for (tokens, over, what) in [
            (vec![time(0.0)], false, "the beginning"),
            ([&[time(0.0)], &said[..]].concat(), false, "words without an end"),
            ([&[time(0.0)], &said[..], &[time(1.0)]].concat(), false, "a phrase in the middle"),
            ([&[time(0.0)], &said[..], &[time(2.72)]].concat(), true, "a phrase to the end"),
            ([&[time(0.0)], &said[..], &[time(1.0), time(2.8)]].concat(), false, "the beginning of another"),
            ([&[time(0.0)], &said[..], &[time(1.0), time(3.4)]].concat(), true, "behind the audio"),
        ] {
            let writing = Writing {
                before: &[],
                settled: &[],
                voice_end: 3.0,
                audio_end: 3.5,
                most: 9,
                threads: 1,
                measured: false,
            };
            assert_eq!(vocabulary().said_all(&tokens, &writing), over, "{what}");
        }
    }

    #[test]
    fn likelihoods_of_all_tokens_add_up_to_one() {
        let logits = [1.0, 4.0, -2.0, 0.5];
        let all: f32 = (0..4).map(|token| likelihood(&logits, Token(token)).exp()).sum();
        assert!((all - 1.0).abs() < 1e-5, "{all}");
        assert!(likelihood(&logits, Token(1)) > likelihood(&logits, Token(0)));
    }

    #[test]
    fn the_likeliest_token_that_may_stand_there_is_chosen() {
        let vocabulary = vocabulary();
        let end = vocabulary.end_of_text;
        // What each of these logits asks for, most likely first.
        let logits = |wanted: &[(Token, f32)]| {
            let mut logits = vec![-20.0; vocabulary.size];
            wanted.iter().for_each(|(token, logit)| logits[token.0 as usize] = *logit);
            logits
        };
        for (written, wanted, chosen, what) in [
            (vec![], vec![(end, 9.0), (time(0.0), 5.0)], time(0.0), "the end is no beginning"),
            (vec![], vec![(time(2.0), 9.0), (time(0.4), 5.0)], time(0.4), "the beginning is early"),
            (vec![time(0.0)], vec![(time(0.0), 9.0), (Token(0), 5.0)], Token(0), "words follow a beginning"),
            (vec![time(0.0), Token(0)], vec![(Token(1), 9.0), (time(1.0), 5.0)], Token(1), "words go on"),
            (
                vec![time(0.0), Token(0), time(1.0)],
                vec![(Token(1), 9.0), (time(0.4), 8.0), (time(1.0), 5.0)],
                time(1.0),
                "behind a phrase another begins, no earlier",
            ),
            (vec![time(0.0), Token(0), time(1.0)], vec![(Token(1), 9.0), (end, 5.0)], end, "or nothing"),
            (
                vec![time(0.0), Token(0)],
                vec![(Token(1), 5.0), (time(1.0), 4.8), (time(1.02), 4.8)],
                time(1.0),
                "times are likelier together",
            ),
        ] {
            assert_eq!(vocabulary.choose(&logits(&wanted), &written), chosen, "{what}");
        }
    }
}
