//! whisper.cpp's file format: a header with sizes, mel filters and tokens, then tensors until the end of the file.

use std::io::{self, Write};

use crate::ModelError;
use crate::binary_file::BinaryFile;
use crate::hyperparameters::Hyperparameters;
use crate::mel_filters::BINS;

/// "ggml" read as a little-endian number.
const MAGIC: u32 = 0x6767_6d6c;
/// The longest token of the published vocabularies has 128 bytes.
const MAX_TOKEN: u32 = 256;

/// What stands before the tensors.
pub(crate) struct Header {
    pub(crate) sizes: Hyperparameters,
    /// How the matrices are stored ([`TensorKind::format`]), plus 1000 times the version of the quantisation.
    pub(crate) format: u32,
    /// `n_mels` rows of [`BINS`] little-endian 32-bit floats.
    pub(crate) mel_filters: Vec<u8>,
    pub(crate) tokens: Vec<Vec<u8>>,
}

impl Header {
    pub(crate) fn read(file: &mut BinaryFile) -> Result<Self, ModelError> {
        if file.u32("the magic number")? != MAGIC {
            file.seek(0)?;
            return Err(file.malformed("the magic number of a ggml file is missing"));
        }
        let mut values = [0; 10];
        for value in &mut values {
            *value = file.u32("the header")?;
        }
        let sizes = Hyperparameters::from_array(values).map_err(|fault| file.malformed(fault))?;
        let format = file.u32("the format")?;
        let (bands, bins) = (file.u32("the mel filters")?, file.u32("the mel filters")?);
        if bands != sizes.n_mels || bins as usize != BINS {
            return Err(file.malformed(format!(
                "the mel filters are {bands} by {bins} instead of {} by {BINS}",
                sizes.n_mels
            )));
        }
        let mel_filters = file.bytes(u64::from(bands) * u64::from(bins) * 4, "the mel filters")?;
        let count = file.u32("the number of tokens")?;
        if count > sizes.n_vocab {
            return Err(
                file.malformed(format!("{count} tokens are more than the vocabulary of {}", sizes.n_vocab))
            );
        }
        let mut tokens = Vec::new();
        for number in 0..count {
            let len = file.u32("a token")?;
            if len > MAX_TOKEN {
                return Err(file.malformed(format!("token {number} has {len} bytes, more than {MAX_TOKEN}")));
            }
            tokens.push(file.bytes(u64::from(len), "a token")?);
        }
        Ok(Self { sizes, format, mel_filters, tokens })
    }

    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        put(out, MAGIC)?;
        for value in self.sizes.to_array() {
            put(out, value)?;
        }
        put(out, self.format)?;
        put(out, self.sizes.n_mels)?;
        put(out, BINS as u32)?;
        out.write_all(&self.mel_filters)?;
        put(out, self.tokens.len() as u32)?;
        for token in &self.tokens {
            put(out, token.len() as u32)?;
            out.write_all(token)?;
        }
        Ok(())
    }
}

/// What stands before one tensor's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TensorHeader {
    pub(crate) name: String,
    /// Outermost dimension first; the file has it the other way round.
    pub(crate) dims: Vec<u32>,
    pub(crate) kind: TensorKind,
}

impl TensorHeader {
    pub(crate) fn read(file: &mut BinaryFile) -> Result<Self, ModelError> {
        let rank = file.u32("a tensor's rank")?;
        let len = file.u32("the length of a tensor's name")?;
        let code = file.u32("a tensor's type")?;
        if !(1..=4).contains(&rank) || len > 256 {
            return Err(file.malformed(format!("no tensor has {rank} dimensions and a name of {len} bytes")));
        }
        let mut dims = (0..rank).map(|_| file.u32("a tensor's shape")).collect::<Result<Vec<u32>, _>>()?;
        dims.reverse();
        let name = String::from_utf8(file.bytes(u64::from(len), "a tensor's name")?)
            .map_err(|_| file.malformed("a tensor's name is not text"))?;
        let kind = TensorKind::from_code(code)
            .ok_or_else(|| file.malformed(format!("{name} is of the type {code}, which is not read here")))?;
        Ok(Self { name, dims, kind })
    }

    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        put(out, self.dims.len() as u32)?;
        put(out, self.name.len() as u32)?;
        put(out, self.kind.code())?;
        for dim in self.dims.iter().rev() {
            put(out, *dim)?;
        }
        out.write_all(self.name.as_bytes())
    }

    /// The bytes of data that follow; `None` when the rows cannot be cut into whole blocks, or the shape is absurd.
    pub(crate) fn data_bytes(&self) -> Option<u64> {
        let (block, bytes) = self.kind.block();
        let row = u64::from(*self.dims.last()?);
        if row % block != 0 {
            return None;
        }
        let elements = self.dims.iter().try_fold(1u64, |product, d| product.checked_mul(u64::from(*d)))?;
        (elements / block).checked_mul(bytes)
    }
}

/// How a tensor's values are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TensorKind {
    F32,
    F16,
    Q5_0,
    Q5_1,
    Q8_0,
}

impl TensorKind {
    fn from_code(code: u32) -> Option<Self> {
        [Self::F32, Self::F16, Self::Q5_0, Self::Q5_1, Self::Q8_0]
            .into_iter()
            .find(|kind| kind.code() == code)
    }

    fn code(self) -> u32 {
        match self {
            Self::F32 => 0,
            Self::F16 => 1,
            Self::Q5_0 => 6,
            Self::Q5_1 => 7,
            Self::Q8_0 => 8,
        }
    }

    /// Values in a block, and the bytes that a block takes.
    fn block(self) -> (u64, u64) {
        match self {
            Self::F32 => (1, 4),
            Self::F16 => (1, 2),
            Self::Q5_0 => (32, 22),
            Self::Q5_1 => (32, 24),
            Self::Q8_0 => (32, 34),
        }
    }

    /// The number by which the header states that the matrices are stored so.
    pub(crate) fn format(self) -> u32 {
        match self {
            Self::F32 => 0,
            Self::F16 => 1,
            Self::Q8_0 => 7,
            Self::Q5_0 => 8,
            Self::Q5_1 => 9,
        }
    }

    /// The name that whisper.cpp's tools use.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::F32 => "f32",
            Self::F16 => "f16",
            Self::Q5_0 => "q5_0",
            Self::Q5_1 => "q5_1",
            Self::Q8_0 => "q8_0",
        }
    }
}

fn put(out: &mut impl Write, value: u32) -> io::Result<()> {
    out.write_all(&value.to_le_bytes())
}
