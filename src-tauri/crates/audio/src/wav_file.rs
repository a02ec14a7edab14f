use crate::AudioError;
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, Chain, Cursor, ErrorKind, Read, Seek, SeekFrom, Take};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// No `fmt ` chunk is longer; one that says so is garbage.
const LONGEST_FORMAT: u32 = 4096;

/// Samples per second that a recording may have; anything else is a broken header, and to believe it would take
/// memory without end.
const SAMPLE_RATES: RangeInclusive<u32> = 1_000..=768_000;

/// A WAV file that is read from its beginning to its end, frame by frame.
///
/// `hound` decodes. The header is read here first, because the length in it is the least reliable number of any
/// recording: a recorder that was killed leaves 0 or a length that was never written. Such a file is read to its
/// end. What `hound` sees is the format chunk as it stands in the file and the length that is true.
pub(crate) struct WavFile {
    path: PathBuf,
    reader: hound::WavReader<Source>,
    frames: u64,
    read: u64,
    unfinished: bool,
}

/// A true header, then the file's sound data.
type Source = Chain<Cursor<Vec<u8>>, BufReader<Take<File>>>;

impl WavFile {
    pub(crate) fn open(path: &Path) -> Result<Self, AudioError> {
        let unreadable = |source| AudioError::FileUnreadable { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        let layout = Layout::read(&mut BufReader::new(&mut file), length).map_err(|fault| fault.at(path))?;
        let bad = |byte, fault: String| AudioError::BadHeader { path: path.to_owned(), byte, fault };

        let channels = layout.channels();
        if channels > 2 {
            return Err(AudioError::TooManyChannels { path: path.to_owned(), channels });
        }
        if !SAMPLE_RATES.contains(&layout.sample_rate()) {
            return Err(bad(layout.format_at, format!("a sample rate of {}", layout.sample_rate())));
        }
        let frame_bytes = u64::from(layout.frame_bytes()).max(1);
        let frames = layout.data_bytes / frame_bytes;
        if frames == 0 {
            return Err(AudioError::EmptyFile { path: path.to_owned() });
        }
        let Ok(data_bytes) = u32::try_from(frames * frame_bytes) else {
            return Err(bad(layout.data_at, "more sound data than a WAV file can hold (4 GiB)".into()));
        };
        file.seek(SeekFrom::Start(layout.data_at)).map_err(unreadable)?;
        let header = Cursor::new(layout.header(data_bytes));
        let reader = hound::WavReader::new(header.chain(BufReader::new(file.take(u64::from(data_bytes)))));
        let reader = reader.map_err(|error| bad(layout.format_at, fault_of(&error)))?;
        Ok(Self { path: path.to_owned(), reader, frames, read: 0, unfinished: layout.unfinished })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn channels(&self) -> usize {
        usize::from(self.reader.spec().channels)
    }

    pub(crate) fn sample_rate(&self) -> u32 {
        self.reader.spec().sample_rate
    }

    pub(crate) fn frames(&self) -> u64 {
        self.frames
    }

    /// Whether the header's length was wrong, as a recorder leaves it that was killed.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.unfinished
    }

    /// Reads up to so many frames into one buffer per channel, full scale at -1 and 1; fewer than asked for at the
    /// end, none after it.
    pub(crate) fn read(&mut self, frames: usize, channels: &mut [Vec<f32>]) -> Result<(), AudioError> {
        channels.iter_mut().for_each(Vec::clear);
        let spec = self.reader.spec();
        let count = frames.min((self.frames - self.read) as usize) * self.channels();
        let result = match spec.sample_format {
            hound::SampleFormat::Float => deal(self.reader.samples::<f32>().take(count), channels),
            hound::SampleFormat::Int => {
                let scale = 1.0 / 2.0_f32.powi(i32::from(spec.bits_per_sample) - 1);
                let samples = self.reader.samples::<i32>().take(count);
                deal(samples.map(|sample| sample.map(|s| s as f32 * scale)), channels)
            }
        };
        let read = channels.iter().map(Vec::len).min().unwrap_or(0) as u64;
        self.read += read;
        result.map_err(|error| AudioError::BadSamples {
            path: self.path.clone(),
            frame: self.read,
            fault: fault_of(&error),
        })
    }
}

/// Deals interleaved samples out to their channels. A float file may hold what is no number: silence then.
fn deal(
    samples: impl Iterator<Item = hound::Result<f32>>,
    channels: &mut [Vec<f32>],
) -> Result<(), hound::Error> {
    let count = channels.len().max(1);
    for (n, sample) in samples.enumerate() {
        let sample = sample?;
        channels[n % count].push(if sample.is_finite() { sample } else { 0.0 });
    }
    Ok(())
}

fn fault_of(error: &hound::Error) -> String {
    match error {
        hound::Error::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => {
            "the file ends too soon".into()
        }
        hound::Error::IoError(error) => format!("reading failed: {error}"),
        hound::Error::FormatError(fault) => (*fault).into(),
        hound::Error::Unsupported => {
            "a kind of sample that Cueline does not read (compressed, perhaps)".into()
        }
        other => other.to_string(),
    }
}

/// Where things are in a WAV file.
struct Layout {
    /// The `fmt ` chunk's content, 16 bytes at least.
    format: Vec<u8>,
    format_at: u64,
    data_at: u64,
    data_bytes: u64,
    unfinished: bool,
}

/// What is wrong with a header, and at which byte.
struct Fault(u64, Cow<'static, str>);

impl Fault {
    fn at(self, path: &Path) -> AudioError {
        AudioError::BadHeader { path: path.to_owned(), byte: self.0, fault: self.1.into_owned() }
    }
}

impl Layout {
    /// Walks the chunks up to the sound data.
    fn read(file: &mut (impl Read + Seek), length: u64) -> Result<Self, Fault> {
        let mut riff = [0; 12];
        let read = read_fully(file, &mut riff, 0, length)?;
        match (&riff[..4], &riff[8..]) {
            _ if read == 0 => return Err(Fault(0, "the file is empty".into())),
            (b"RIFF", b"WAVE") => {}
            (b"RF64" | b"RIFX" | b"BW64", _) => {
                return Err(Fault(0, "a relative of the WAV format that Cueline does not read".into()));
            }
            _ if read < riff.len() => {
                return Err(Fault(read as u64, "the file ends within its first header".into()));
            }
            _ => return Err(Fault(0, "not a WAV file".into())),
        }
        let mut format = None;
        let mut at = 12;
        loop {
            let Some((kind, size)) = chunk_header(file, at, length)? else {
                return Err(Fault(at, "the file ends before its sound data".into()));
            };
            let content = at + 8;
            match &kind {
                b"fmt " if !(16..=LONGEST_FORMAT).contains(&size) => {
                    return Err(Fault(at, format!("a format chunk of {size} bytes").into()));
                }
                b"fmt " => {
                    let mut bytes = vec![0; size as usize];
                    if read_fully(file, &mut bytes, content, length)? < bytes.len() {
                        return Err(Fault(length, "the file ends within its format chunk".into()));
                    }
                    format = Some((at, bytes));
                }
                b"data" => {
                    let Some((format_at, format)) = format else {
                        return Err(Fault(at, "sound data before the format chunk".into()));
                    };
                    let there = length.saturating_sub(content);
                    let said = u64::from(size);
                    let unfinished =
                        said > there || (said == 0 && there > 0 && !ends_in_chunks(file, content, length)?);
                    let data_bytes = if unfinished { there } else { said };
                    return Ok(Self { format, format_at, data_at: content, data_bytes, unfinished });
                }
                _ => {}
            }
            // Chunks begin at even bytes.
            at = content + u64::from(size) + u64::from(size % 2);
        }
    }

    fn field(&self, at: usize) -> u16 {
        u16::from_le_bytes([self.format[at], self.format[at + 1]])
    }

    fn channels(&self) -> u16 {
        self.field(2)
    }

    fn sample_rate(&self) -> u32 {
        u32::from(self.field(4)) | u32::from(self.field(6)) << 16
    }

    fn frame_bytes(&self) -> u16 {
        self.field(12)
    }

    /// A header with the file's own format and the true length.
    fn header(&self, data_bytes: u32) -> Vec<u8> {
        let mut header = b"RIFF\0\0\0\0WAVEfmt ".to_vec();
        header.extend((self.format.len() as u32).to_le_bytes());
        header.extend(&self.format);
        header.extend(b"data");
        header.extend(data_bytes.to_le_bytes());
        header
    }
}

/// A chunk's name and size, or `None` where the file ends before them.
fn chunk_header(
    file: &mut (impl Read + Seek),
    at: u64,
    length: u64,
) -> Result<Option<([u8; 4], u32)>, Fault> {
    let mut header = [0; 8];
    if read_fully(file, &mut header, at, length)? < header.len() {
        return Ok(None);
    }
    let [k0, k1, k2, k3, s0, s1, s2, s3] = header;
    Ok(Some(([k0, k1, k2, k3], u32::from_le_bytes([s0, s1, s2, s3]))))
}

/// Whether the file goes on in whole chunks up to its end: then a length of 0 before them is meant.
fn ends_in_chunks(file: &mut (impl Read + Seek), mut at: u64, length: u64) -> Result<bool, Fault> {
    while at < length {
        let Some((kind, size)) = chunk_header(file, at, length)? else { return Ok(false) };
        if !kind.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ') {
            return Ok(false);
        }
        at += 8 + u64::from(size);
        if at < length {
            at += u64::from(size % 2);
        }
    }
    Ok(at == length)
}

/// Reads as much of the buffer as the file has from there on.
fn read_fully(file: &mut (impl Read + Seek), bytes: &mut [u8], at: u64, length: u64) -> Result<usize, Fault> {
    let there = usize::try_from(length.saturating_sub(at)).unwrap_or(usize::MAX).min(bytes.len());
    let read = file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(&mut bytes[..there]));
    read.map_err(|error| Fault(at, format!("reading failed: {error}").into()))?;
    Ok(there)
}
