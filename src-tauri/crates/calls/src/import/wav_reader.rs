use super::ImportFault;
use crate::hex_bytes::HexBytes;
use crate::recording::SampleHash;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;
use zeroize::Zeroizing;

/// Reads a call's recording as an export wrote it: both lanes at 16 kHz, 16 bits a sample.
pub(crate) struct WavReader {
    file: BufReader<File>,
    /// Samples that are left, both lanes together.
    left: u64,
    hash: SampleHash,
}

/// The part `fmt ` of such a file: PCM, two lanes, 16,000 frames and 64,000 bytes a second, four bytes a frame, 16 bits a sample.
const KIND: [u8; 16] = [1, 0, 2, 0, 0x80, 0x3e, 0, 0, 0, 0xfa, 0, 0, 4, 0, 16, 0];

impl WavReader {
    /// Opens a WAV file and finds its samples.
    pub(crate) fn open(path: &Path) -> Result<Self, ImportFault> {
        let file = File::open(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => told(format!("{} is not there", path.display())),
            _ => told(format!("{}: {error}", path.display())),
        })?;
        let strange = || told(format!("{} is no recording that Cueline exported", path.display()));
        let mut file = BufReader::new(file);
        let mut head = [0; 12];
        file.read_exact(&mut head).map_err(|_| strange())?;
        if &head[..4] != b"RIFF" || &head[8..] != b"WAVE" {
            return Err(strange());
        }
        let mut kind = None;
        loop {
            let mut part = [0; 8];
            file.read_exact(&mut part).map_err(|_| strange())?;
            let length = u32::from_le_bytes([part[4], part[5], part[6], part[7]]);
            match &part[..4] {
                b"data" if kind == Some(KIND) => {
                    return Ok(Self { file, left: u64::from(length / 2), hash: SampleHash::default() });
                }
                b"data" => return Err(strange()),
                b"fmt " if length == 16 => {
                    let mut found = [0; 16];
                    file.read_exact(&mut found).map_err(|_| strange())?;
                    kind = Some(found);
                }
                // A part begins at an even byte.
                _ => {
                    let next = i64::from(length) + i64::from(length % 2);
                    file.seek(SeekFrom::Current(next)).map_err(|_| strange())?;
                }
            }
        }
    }

    /// Frames (a sample of each lane) that are left.
    pub(crate) fn frames(&self) -> u64 {
        self.left / 2
    }

    /// The next samples, agent and customer by turns.
    pub(crate) fn read(&mut self, into: &mut [i16]) -> Result<(), ImportFault> {
        let mut bytes = Zeroizing::new(vec![0; into.len() * 2]);
        self.file.read_exact(&mut bytes).map_err(|_| told("it ends too early"))?;
        for (sample, bytes) in into.iter_mut().zip(bytes.chunks_exact(2)) {
            *sample = i16::from_le_bytes([bytes[0], bytes[1]]);
        }
        self.left = self.left.saturating_sub(into.len() as u64);
        self.hash.take(into);
        Ok(())
    }

    /// What was read, as a hash.
    pub(crate) fn sha256(self) -> HexBytes<32> {
        self.hash.bytes()
    }
}

fn told(reason: impl Into<String>) -> ImportFault {
    ImportFault::Recording { reason: reason.into() }
}
