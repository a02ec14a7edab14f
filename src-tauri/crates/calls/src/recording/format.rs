use crate::keys::{Key, Keys};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use hkdf::Hkdf;
use sha2::Sha256;
use std::ops::Range;
use uuid::Uuid;

/// Frames (one sample of each lane) a second.
pub(super) const RATE: u32 = 16_000;
/// Agent left, customer right.
pub(super) const LANES: u16 = 2;
/// The most audio in one chunk: a second of both lanes as 16-bit samples.
pub(super) const CHUNK_LIMIT: usize = RATE as usize * LANES as usize * 2;

const MAGIC: &[u8; 6] = b"CUEREC";
const VERSION: u16 = 1;
/// Poly1305's tag.
pub(super) const TAG: usize = 16;

/// The first bytes of a file: magic, version, call, rate, lanes, two zeroes, salt; numbers are little-endian.
pub(super) const HEADER_LEN: usize = 48;

/// Kind (one byte) and length of what follows (four bytes).
pub(super) const PREFIX_LEN: usize = 5;

/// What a chunk holds. The kind is a part of the nonce, so that the end that a repair writes where a torn chunk was
/// never shares a nonce with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Interleaved samples.
    Audio = 1,
    /// How many frames could not be kept; they are silence.
    Missing = 2,
    /// The end of a recording that was finished.
    End = 3,
    /// The end of one that was cut off and repaired.
    RepairedEnd = 4,
    /// Which frames of the audio that comes next are silenced.
    Silenced = 5,
}

impl Kind {
    pub(super) fn from_byte(byte: u8) -> Option<Self> {
        [Self::Audio, Self::Missing, Self::End, Self::RepairedEnd, Self::Silenced]
            .into_iter()
            .find(|kind| *kind as u8 == byte)
    }
}

/// Seals and opens one file's chunks.
pub(super) struct Seal {
    header: [u8; HEADER_LEN],
    cipher: XChaCha20Poly1305,
}

impl Seal {
    pub(super) fn new(keys: &Keys, call: Uuid, salt: [u8; 16]) -> Self {
        let mut header = [0; HEADER_LEN];
        header[..6].copy_from_slice(MAGIC);
        header[6..8].copy_from_slice(&VERSION.to_le_bytes());
        header[8..24].copy_from_slice(call.as_bytes());
        header[24..28].copy_from_slice(&RATE.to_le_bytes());
        header[28..30].copy_from_slice(&LANES.to_le_bytes());
        header[32..].copy_from_slice(&salt);
        let mut key = Key::default();
        // 32 bytes are far below HKDF's limit of 255 blocks, so expanding cannot fail.
        let _ = Hkdf::<Sha256>::new(Some(&salt), keys.recordings.as_slice())
            .expand_multi_info(&[b"cueline recording v1", call.as_bytes()], key.as_mut_slice());
        Self { header, cipher: XChaCha20Poly1305::new((&*key).into()) }
    }

    /// The seal of an existing file, if its header is that of this call's recording.
    pub(super) fn of_file(keys: &Keys, call: Uuid, header: &[u8; HEADER_LEN]) -> Option<Self> {
        let mut salt = [0; 16];
        salt.copy_from_slice(&header[32..]);
        Some(Self::new(keys, call, salt)).filter(|seal| seal.header == *header)
    }

    pub(super) fn header(&self) -> &[u8] {
        &self.header
    }

    /// A whole chunk as it goes to the file, or nothing when the content is larger than any cipher takes.
    pub(super) fn seal(&self, index: u64, kind: Kind, content: &[u8]) -> Option<Vec<u8>> {
        let mut chunk = vec![kind as u8];
        chunk.extend(u32::try_from(content.len() + TAG).ok()?.to_le_bytes());
        let bound = self.bound(index, &chunk);
        let sealed =
            self.cipher.encrypt(&nonce(index, kind).into(), Payload { msg: content, aad: &bound }).ok()?;
        chunk.extend(sealed);
        Some(chunk)
    }

    /// A chunk's content, or nothing when a single bit of it, of the header or of its place was changed.
    pub(super) fn open(
        &self,
        index: u64,
        kind: Kind,
        prefix: &[u8; PREFIX_LEN],
        sealed: &[u8],
    ) -> Option<Vec<u8>> {
        let bound = self.bound(index, prefix);
        self.cipher.decrypt(&nonce(index, kind).into(), Payload { msg: sealed, aad: &bound }).ok()
    }

    fn bound(&self, index: u64, prefix: &[u8]) -> Vec<u8> {
        [&self.header[..], &index.to_le_bytes(), prefix].concat()
    }
}

fn nonce(index: u64, kind: Kind) -> [u8; 24] {
    let mut nonce = [0; 24];
    nonce[0] = kind as u8;
    nonce[16..].copy_from_slice(&index.to_le_bytes());
    nonce
}

/// What an end chunk holds: how many chunks and frames come before it.
pub(super) fn end_content(chunks: u64, frames: u64) -> [u8; 16] {
    let mut content = [0; 16];
    content[..8].copy_from_slice(&chunks.to_le_bytes());
    content[8..].copy_from_slice(&frames.to_le_bytes());
    content
}

/// What a chunk of silenced frames holds: beginning and end of each stretch, counted from the next chunk's first frame.
pub(super) fn silenced_content(stretches: &[Range<u64>]) -> Vec<u8> {
    stretches.iter().flat_map(|stretch| [stretch.start, stretch.end]).flat_map(u64::to_le_bytes).collect()
}

/// What [`silenced_content`] wrote, or nothing when it is not that.
pub(super) fn silenced_stretches(content: &[u8]) -> Option<Vec<Range<u64>>> {
    let number = |bytes: &[u8]| bytes.try_into().map(u64::from_le_bytes).ok();
    let stretch = |pair: &[u8]| Some(number(pair.get(..8)?)?..number(pair.get(8..)?)?);
    content.chunks(16).map(stretch).collect()
}
