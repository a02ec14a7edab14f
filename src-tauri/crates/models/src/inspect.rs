//! Is this file a whole Whisper model? Walks a ggml file from its header to its last byte without trusting it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::ModelError;
use crate::binary_file::BinaryFile;
use crate::ggml_file::{Header, TensorHeader, TensorKind};
use crate::hyperparameters::Hyperparameters;
use crate::whisper_tensors::{WhisperTensor, whisper_tensors};

/// What a ggml file turned out to hold.
pub(crate) struct Inspection {
    pub(crate) sizes: Hyperparameters,
    /// How its matrices are stored.
    pub(crate) kind: TensorKind,
    /// Every tensor of a model of its size, by name; the file has them all.
    pub(crate) tensors: BTreeMap<String, WhisperTensor>,
}

impl Inspection {
    /// Size and storage, such as `base.en-q5_1`.
    pub(crate) fn name(&self) -> String {
        format!("{}-{}", self.sizes.size_name(), self.kind.name())
    }
}

/// Checks the header, that every tensor is there once in its shape, and that nothing is cut or left over.
pub(crate) fn inspect(path: &Path) -> Result<Inspection, ModelError> {
    let mut file = BinaryFile::open(path)?;
    let Header { sizes, format, .. } = Header::read(&mut file)?;
    let tensors: BTreeMap<String, WhisperTensor> =
        whisper_tensors(&sizes).into_iter().map(|t| (t.name.clone(), t)).collect();
    let mut missing: BTreeMap<&str, &WhisperTensor> =
        tensors.iter().map(|(name, t)| (name.as_str(), t)).collect();
    let mut kind = None;
    while !file.is_at_end() {
        let tensor = TensorHeader::read(&mut file)?;
        let Some(known) = missing.remove(tensor.name.as_str()) else {
            let fault = if tensors.contains_key(&tensor.name) {
                "is there twice"
            } else {
                "is no tensor of Whisper's"
            };
            return Err(file.malformed(format!("{} {fault}", tensor.name)));
        };
        if tensor.dims != known.dims {
            return Err(file.malformed(format!(
                "{} is shaped {:?} instead of {:?}",
                tensor.name, tensor.dims, known.dims
            )));
        }
        let bytes = tensor
            .data_bytes()
            .ok_or_else(|| file.malformed(format!("{} cannot be {}", tensor.name, tensor.kind.name())))?;
        let fits = match (known.large, known.quantised()) {
            (true, true) => {
                *kind.get_or_insert(tensor.kind) == tensor.kind && format % 1000 == tensor.kind.format()
            }
            (true, false) => matches!(tensor.kind, TensorKind::F16 | TensorKind::F32),
            (false, _) => tensor.kind == TensorKind::F32,
        };
        if !fits {
            let kind = tensor.kind.name();
            return Err(file
                .malformed(format!("{} is {kind}, which the format {format} does not allow", tensor.name)));
        }
        file.skip(bytes, &tensor.name)?;
    }
    if let Some(name) = missing.keys().next() {
        return Err(
            file.malformed(format!("the file ends and {} tensors are missing, {name} first", missing.len()))
        );
    }
    // No tensor is missing, so the matrices were seen.
    let kind = kind.unwrap_or(TensorKind::F32);
    Ok(Inspection { sizes, kind, tensors })
}
