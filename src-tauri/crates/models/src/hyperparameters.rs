/// The sizes that make one Whisper model differ from another, in the order in which a ggml file states them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hyperparameters {
    pub(crate) n_vocab: u32,
    pub(crate) n_audio_ctx: u32,
    pub(crate) n_audio_state: u32,
    pub(crate) n_audio_head: u32,
    pub(crate) n_audio_layer: u32,
    pub(crate) n_text_ctx: u32,
    pub(crate) n_text_state: u32,
    pub(crate) n_text_head: u32,
    pub(crate) n_text_layer: u32,
    pub(crate) n_mels: u32,
}

impl Hyperparameters {
    pub(crate) fn to_array(self) -> [u32; 10] {
        [
            self.n_vocab,
            self.n_audio_ctx,
            self.n_audio_state,
            self.n_audio_head,
            self.n_audio_layer,
            self.n_text_ctx,
            self.n_text_state,
            self.n_text_head,
            self.n_text_layer,
            self.n_mels,
        ]
    }

    /// The values in file order, or what is impossible about them. The bounds are several times those of the largest
    /// Whisper; they keep a hostile header from asking for memory.
    pub(crate) fn from_array(values: [u32; 10]) -> Result<Self, String> {
        const BOUNDS: [(&str, u32); 10] = [
            ("vocabulary", 1 << 18),
            ("audio context", 1 << 14),
            ("audio width", 1 << 13),
            ("number of audio heads", 1 << 8),
            ("number of audio layers", 1 << 7),
            ("text context", 1 << 14),
            ("text width", 1 << 13),
            ("number of text heads", 1 << 8),
            ("number of text layers", 1 << 7),
            ("number of mel bands", 1 << 9),
        ];
        for (value, (name, bound)) in values.iter().zip(BOUNDS) {
            if !(1..=bound).contains(value) {
                return Err(format!("the {name} is {value}, outside 1 to {bound}"));
            }
        }
        let [
            n_vocab,
            n_audio_ctx,
            n_audio_state,
            n_audio_head,
            n_audio_layer,
            n_text_ctx,
            n_text_state,
            n_text_head,
            n_text_layer,
            n_mels,
        ] = values;
        if n_audio_state != n_text_state {
            return Err(format!(
                "the audio width is {n_audio_state} and the text width {n_text_state}; Whisper's are equal"
            ));
        }
        if n_audio_state % n_audio_head != 0 || n_text_state % n_text_head != 0 {
            return Err(format!(
                "the width {n_audio_state} cannot be shared among {n_audio_head} audio heads and {n_text_head} text heads"
            ));
        }
        Ok(Self {
            n_vocab,
            n_audio_ctx,
            n_audio_state,
            n_audio_head,
            n_audio_layer,
            n_text_ctx,
            n_text_state,
            n_text_head,
            n_text_layer,
            n_mels,
        })
    }

    /// OpenAI's name for a model of this size, such as `base.en`.
    pub(crate) fn size_name(&self) -> String {
        let size = match self.n_audio_layer {
            4 => "tiny".to_owned(),
            6 => "base".to_owned(),
            12 => "small".to_owned(),
            24 => "medium".to_owned(),
            32 => "large".to_owned(),
            layers => format!("whisper{layers}"),
        };
        if self.is_english_only() { format!("{size}.en") } else { size }
    }

    /// Multilingual vocabularies have at least one entry more: their end-of-text token does not share GPT-2's place.
    pub(crate) fn is_english_only(&self) -> bool {
        self.n_vocab == 51_864
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TINY_EN: [u32; 10] = [51864, 1500, 384, 6, 4, 448, 384, 6, 4, 80];

    #[test]
    fn names_the_published_sizes() {
        let name = |vocab, layers| {
            Hyperparameters {
                n_vocab: vocab,
                n_audio_layer: layers,
                ..Hyperparameters::from_array(TINY_EN).unwrap()
            }
            .size_name()
        };
        assert_eq!(name(51864, 4), "tiny.en");
        assert_eq!(name(51865, 6), "base");
        assert_eq!(name(51866, 32), "large");
    }

    #[test]
    fn refuses_impossible_sizes_by_name() {
        for (place, value, named) in [
            (0, 0, "vocabulary"),
            (4, u32::MAX, "number of audio layers"),
            (6, 512, "text width"),
            (3, 7, "audio heads"),
            (9, 5000, "mel bands"),
        ] {
            let mut values = TINY_EN;
            values[place] = value;
            let fault = Hyperparameters::from_array(values).unwrap_err();
            assert!(fault.contains(named), "{fault}");
        }
        assert_eq!(Hyperparameters::from_array(TINY_EN).unwrap().to_array(), TINY_EN);
    }
}
