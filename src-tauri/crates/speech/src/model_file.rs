//! Reads a model file's headers before the engine sees it. The engine takes a file that is cut within a tensor for
//! whole and then talks nonsense, and a wrong count makes it ask for absurd amounts of memory.

use crate::SpeechError;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// `ggml`, little endian.
const MAGIC: u32 = 0x6767_6d6c;

/// Checks that `path` is a complete Whisper model in ggml format: the header is plausible, every tensor is whole, and
/// there are as many as the header promises. Reads headers only, some kilobytes.
///
/// # Errors
/// The file cannot be read, or what is wrong with it and where.
pub(crate) fn check(path: &Path) -> Result<(), SpeechError> {
    let unreadable = |source| SpeechError::Unreadable { path: path.into(), source };
    let file = File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    match walk(&mut BufReader::new(file), length) {
        Ok(None) => Ok(()),
        Ok(Some(reason)) => Err(SpeechError::NotAModel { path: path.into(), reason }),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Err(SpeechError::NotAModel {
            path: path.into(),
            reason: format!("the file is cut off at {length} bytes"),
        }),
        Err(source) => Err(unreadable(source)),
    }
}

/// What is wrong with a model of `length` bytes, or nothing.
fn walk(file: &mut (impl Read + Seek), length: u64) -> io::Result<Option<String>> {
    let magic = read_u32(file)?;
    if magic != MAGIC {
        return Ok(Some(format!(
            "it begins with {magic:#010x} instead of {MAGIC:#010x} (a ggml Whisper model)"
        )));
    }
    let mut header = [0_u32; 11];
    for value in &mut header {
        *value = read_u32(file)?;
    }
    let [n_vocab, audio_ctx, audio_state, _, audio_layers, text_ctx, text_state, _, text_layers, mels, _] =
        header;
    let plausible = (51_000..53_000).contains(&n_vocab)
        && audio_ctx == 1500
        && text_ctx == 448
        && audio_state == text_state
        && (1..=64).contains(&audio_layers)
        && (1..=64).contains(&text_layers)
        && matches!(mels, 80 | 128);
    if !plausible {
        return Ok(Some(format!("its header is not that of a Whisper model: {header:?}")));
    }
    let filters = u64::from(read_u32(file)?) * u64::from(read_u32(file)?) * 4;
    if let Some(fault) = skip(file, filters, length, "the mel filters")? {
        return Ok(Some(fault));
    }
    for _ in 0..read_u32(file)?.min(n_vocab) {
        let bytes = u64::from(read_u32(file)?);
        if let Some(fault) = skip(file, bytes, length, "the vocabulary")? {
            return Ok(Some(fault));
        }
    }
    // Per encoder and decoder block, and what stands around them, in every size of Whisper.
    let expected = 15 * audio_layers + 24 * text_layers + 11;
    let mut found = 0;
    while file.stream_position()? < length {
        if let Some(fault) = skip_tensor(file, length)? {
            return Ok(Some(format!("tensor {} of {expected}: {fault}", found + 1)));
        }
        found += 1;
    }
    Ok((found != expected).then(|| format!("it has {found} of {expected} tensors; the file is cut off")))
}

fn skip_tensor(file: &mut (impl Read + Seek), length: u64) -> io::Result<Option<String>> {
    let (dimensions, name, kind) = (read_u32(file)?, read_u32(file)?, read_u32(file)?);
    let Some((block, bytes)) = block(kind) else {
        return Ok(Some(format!("its number format {kind} is not known")));
    };
    if !(1..=4).contains(&dimensions) || name > 256 {
        return Ok(Some("its header is damaged".into()));
    }
    let mut elements = 1_u64;
    for _ in 0..dimensions {
        elements = elements.saturating_mul(u64::from(read_u32(file)?));
    }
    let size = (elements / block).saturating_mul(bytes).saturating_add(u64::from(name));
    skip(file, size, length, "it")
}

/// Elements and bytes of a block of a ggml number format.
fn block(kind: u32) -> Option<(u64, u64)> {
    Some(match kind {
        0 => (1, 4),
        1 => (1, 2),
        2 => (32, 18),
        3 => (32, 20),
        6 => (32, 22),
        7 => (32, 24),
        8 => (32, 34),
        10 => (256, 84),
        11 => (256, 110),
        12 => (256, 144),
        13 => (256, 176),
        14 => (256, 210),
        _ => return None,
    })
}

fn skip(file: &mut (impl Read + Seek), bytes: u64, length: u64, what: &str) -> io::Result<Option<String>> {
    let end = file.stream_position()?.saturating_add(bytes);
    if end > length {
        return Ok(Some(format!("{what} should end at byte {end}, but the file is cut off at {length}")));
    }
    file.seek(SeekFrom::Start(end))?;
    Ok(None)
}

fn read_u32(file: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    file.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// A model of one layer each with tensors of two numbers.
    fn tiny(tensors: u32) -> Vec<u8> {
        let mut words = vec![MAGIC, 51864, 1500, 384, 6, 1, 448, 384, 6, 1, 80, 1, 1, 2, 0, 0, 1, 3];
        let mut file: Vec<u8> = words.drain(..).flat_map(u32::to_le_bytes).collect();
        file.extend(b"the");
        for _ in 0..tensors {
            for word in [1, 4, 1, 2] {
                file.extend(u32::to_le_bytes(word));
            }
            file.extend(b"name");
            file.extend([0; 4]);
        }
        file
    }

    fn fault(file: &[u8]) -> Option<String> {
        walk(&mut Cursor::new(file), file.len() as u64).unwrap_or_else(|e| Some(e.to_string()))
    }

    #[test]
    fn a_whole_model_passes() {
        assert_eq!(fault(&tiny(50)), None);
    }

    #[test]
    fn a_model_cut_anywhere_is_refused() {
        let whole = tiny(50);
        for cut in 0..whole.len() {
            assert!(fault(&whole[..cut]).is_some(), "cut at {cut}");
        }
    }

    #[test]
    fn other_files_are_refused_with_what_is_wrong() {
        for (file, says) in [
            (b"RIFF\x00\x00\x00\x00WAVE".to_vec(), "begins with"),
            ([u32::to_le_bytes(MAGIC).to_vec(), vec![0xff; 80]].concat(), "header is not"),
            (tiny(51), "51 of 50 tensors"),
        ] {
            assert!(fault(&file).is_some_and(|f| f.contains(says)));
        }
    }

    #[test]
    fn a_missing_file_says_which_and_what_to_do() {
        let notice = check(Path::new("no/such/model.bin")).unwrap_err().notice();
        assert!(notice.message.contains("no/such/model.bin") && notice.what_to_do.contains("cueline models"));
    }
}
