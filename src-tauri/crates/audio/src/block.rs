use cueline_events::Lane;

/// Samples per second of every lane inside Cueline; what Whisper and the voice activity detector take.
pub const SAMPLE_RATE: u32 = 16_000;

/// Samples in a block: 20 ms.
pub(crate) const BLOCK_SAMPLES: usize = (SAMPLE_RATE / 50) as usize;

/// 20 ms of one lane (less at the very end of a call), mono, 16 kHz, full scale at -1 and 1.
#[derive(Clone, PartialEq)]
pub struct Block {
    /// Which lane.
    pub lane: Lane,
    /// The index of the first sample, counted at 16 kHz from the start of the call. A lane's blocks are contiguous.
    pub start: u64,
    /// The samples.
    pub samples: Vec<f32>,
}

impl Block {
    /// The index after the last sample.
    pub fn end(&self) -> u64 {
        self.start + self.samples.len() as u64
    }
}

/// Sound is what people said: only its extent is shown (design rule 6).
impl std::fmt::Debug for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Block({} {}..{})", self.lane, self.start, self.end())
    }
}
