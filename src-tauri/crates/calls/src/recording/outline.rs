use super::RecordingEnd;
use super::format::{CHUNK_LIMIT, LANES};
use super::reader::{RecordedPiece, RecordingReader};
use super::silenced::add;
use crate::StoreError;
use crate::hex_bytes::HexBytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::ops::Range;
use zeroize::Zeroizing;

/// What a recording is beside its samples. Places are frames (a sample of each lane) from its beginning, 16,000 a second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingOutline {
    pub(crate) frames: u64,
    pub(crate) end: RecordingEnd,
    /// Where it was silenced: beginning and end of each stretch, in order.
    pub(crate) silenced: Vec<Range<u64>>,
    /// Where audio could not be kept and silence stands for it.
    pub(crate) missing: Vec<Range<u64>>,
    /// SHA-256 of its samples as a WAV file has them: 16 bits each, little-endian, interleaved.
    pub(crate) sha256: HexBytes<32>,
}

/// The SHA-256 of samples, as far as they have come.
#[derive(Debug, Clone, Default)]
pub(crate) struct SampleHash(Sha256);

impl SampleHash {
    pub(crate) fn take(&mut self, samples: &[i16]) {
        for some in samples.chunks(CHUNK_LIMIT / 2) {
            let bytes: Vec<u8> = some.iter().flat_map(|sample| sample.to_le_bytes()).collect();
            self.0.update(Zeroizing::new(bytes));
        }
    }

    pub(crate) fn bytes(self) -> HexBytes<32> {
        HexBytes(self.0.finalize().into())
    }
}

impl RecordingReader {
    /// All its samples, and what it is beside them.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] at the first chunk that is not as it was written.
    pub(crate) fn whole(mut self) -> Result<(Vec<i16>, RecordingOutline), StoreError> {
        let (mut samples, mut missing, mut hash) = (Vec::new(), Vec::new(), SampleHash::default());
        let lanes = usize::from(LANES);
        while let Some(piece) = self.next_piece()? {
            let from = samples.len();
            match piece {
                RecordedPiece::Audio(audio) => samples.extend_from_slice(&audio),
                RecordedPiece::Missing { frames } => {
                    let at = (from / lanes) as u64;
                    add(&mut missing, at..at + frames);
                    samples.resize(from + frames as usize * lanes, 0);
                }
            }
            hash.take(&samples[from..]);
        }
        let outline = RecordingOutline {
            frames: (samples.len() / lanes) as u64,
            end: self.end(),
            silenced: self.silenced().to_vec(),
            missing,
            sha256: hash.bytes(),
        };
        Ok((samples, outline))
    }
}
