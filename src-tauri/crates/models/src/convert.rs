//! A CTranslate2 model becomes the 16-bit ggml file that whisper.cpp publishes for the same weights.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::ModelError;
use crate::ct2_model::Ct2Model;
use crate::float16;
use crate::ggml_file::{Header, TensorHeader, TensorKind};
use crate::mel_filters::mel_filters;
use crate::progress::{Progress, Stage, StageProgress};
use crate::vocabulary::parse_vocabulary;
use crate::whisper_tensors::whisper_tensors;

/// Writes the model in `ct2` with the tokens in `vocabulary` to `out` as a 16-bit ggml file.
///
/// The result is byte for byte the published file when the weights are OpenAI's: same order, same filters, no value changed.
pub(crate) fn convert(
    ct2: &Path,
    vocabulary: &Path,
    out: &Path,
    tell: &mut dyn FnMut(Progress),
) -> Result<(), ModelError> {
    let writing = || ModelError::io("writing", out);
    let tokens = read_vocabulary(vocabulary)?;
    let mut model = Ct2Model::open(ct2)?;
    let sizes = model.sizes()?;
    let tensors = whisper_tensors(&sizes);
    model.check_key_biases(&tensors)?;
    if tokens.len() > sizes.n_vocab as usize {
        return Err(ModelError::Malformed {
            path: vocabulary.to_owned(),
            at: 0,
            what: format!("it has {} tokens and the model {}", tokens.len(), sizes.n_vocab),
        });
    }

    let total = tensors.iter().map(|t| t.elements() * 2).sum();
    let mut progress = StageProgress::begin(tell, Stage::Converting, 0, total);
    let mut file = BufWriter::new(File::create(out).map_err(writing())?);
    let filters = mel_filters(sizes.n_mels as usize).iter().flat_map(|w| w.to_le_bytes()).collect();
    let header = Header { sizes, format: TensorKind::F16.format(), mel_filters: filters, tokens };
    header.write(&mut file).map_err(writing())?;
    for tensor in tensors {
        let mut data = model.read(&tensor)?;
        progress.add(data.len() as u64);
        let kind = if tensor.large { TensorKind::F16 } else { TensorKind::F32 };
        if kind == TensorKind::F32 {
            data = widen(&data);
        }
        TensorHeader { name: tensor.name, dims: tensor.dims, kind }.write(&mut file).map_err(writing())?;
        file.write_all(&data).map_err(writing())?;
    }
    file.flush().map_err(writing())
}

fn read_vocabulary(path: &Path) -> Result<Vec<Vec<u8>>, ModelError> {
    let malformed = |what| ModelError::Malformed { path: path.to_owned(), at: 0, what };
    let bytes = std::fs::read(path).map_err(ModelError::io("reading", path))?;
    let text = String::from_utf8(bytes).map_err(|_| malformed("it is not UTF-8 text".to_owned()))?;
    parse_vocabulary(&text).map_err(malformed)
}

fn widen(halves: &[u8]) -> Vec<u8> {
    halves
        .chunks_exact(2)
        .flat_map(|b| float16::to_f32(u16::from_le_bytes([b[0], b[1]])).to_le_bytes())
        .collect()
}
