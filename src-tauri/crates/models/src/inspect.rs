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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::convert::convert;
    use crate::synthetic;

    /// The synthetic model as a 16-bit ggml file.
    fn sound() -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let [ct2, tokens, out] =
            ["model.bin", "vocabulary.txt", "f16.bin"].map(|name| folder.path().join(name));
        std::fs::write(&ct2, synthetic::model_bin(&synthetic::variables())).unwrap();
        std::fs::write(&tokens, synthetic::vocabulary_txt()).unwrap();
        convert(&ct2, &tokens, &out, &mut |_| ()).unwrap();
        std::fs::read(out).unwrap()
    }

    fn inspected(bytes: &[u8]) -> Result<Inspection, ModelError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.bin");
        std::fs::write(&path, bytes).unwrap();
        inspect(&path)
    }

    fn fault(bytes: &[u8]) -> String {
        inspected(bytes).err().unwrap().to_string()
    }

    fn place(bytes: &[u8], name: &str) -> usize {
        bytes.windows(name.len()).position(|w| w == name.as_bytes()).unwrap()
    }

    #[test]
    fn a_whole_model_is_named_by_size_and_storage() {
        let inspection = inspected(&sound()).unwrap();
        assert_eq!(inspection.name(), "whisper2-f16");
        assert_eq!(inspection.tensors.len(), 2 * 15 + 24 + 3 + 2 + 4 + 2);
    }

    #[test]
    fn names_the_byte_and_the_fault() {
        let bytes = sound();
        assert!(
            fault(b"GGUF and then something else")
                .contains("at byte 0, the magic number of a ggml file is missing")
        );
        assert!(
            fault(b"").contains("at byte 0, the magic number should take 4 bytes and the file ends after 0")
        );
        let end = bytes.len() as u64;
        assert!(fault(&bytes[..bytes.len() - 1]).contains(&format!("at byte {}", end - 4 * 32)));

        let name = "encoder.ln_post.bias";
        let before = place(&bytes, name) - 16;
        assert!(
            fault(&bytes[..before])
                .contains(&format!("at byte {before}, the file ends and 1 tensors are missing, {name}"))
        );

        let mut renamed = bytes.clone();
        renamed[place(&bytes, name)] = b'E';
        assert!(fault(&renamed).contains("Encoder.ln_post.bias is no tensor of Whisper's"));

        let mut twice = bytes.clone();
        twice.extend(&bytes[before..]);
        assert!(fault(&twice).contains("encoder.ln_post.bias is there twice"));

        let mut flat = bytes.clone();
        flat[before + 12] = 31;
        assert!(fault(&flat).contains("encoder.ln_post.bias is shaped [31] instead of [32]"));

        let mut typed = bytes.clone();
        typed[before + 8] = 77;
        assert!(fault(&typed).contains("encoder.ln_post.bias is of the type 77"));

        let mut halved = bytes.clone();
        halved[before + 8] = 1;
        assert!(fault(&halved).contains("encoder.ln_post.bias is f16, which the format 1 does not allow"));

        let mut claimed = bytes;
        claimed[44] = 7;
        assert!(
            fault(&claimed)
                .contains("decoder.token_embedding.weight is f16, which the format 7 does not allow")
        );
    }

    proptest! {
        // Each case writes a file.
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_cut_file_is_refused_at_a_byte_that_is_there(part in 0.0f64..1.0) {
            let bytes = sound();
            let cut = (bytes.len() as f64 * part) as usize;
            match inspected(&bytes[..cut]) {
                Err(ModelError::Malformed { at, .. }) => prop_assert!(at <= cut as u64),
                other => prop_assert!(false, "{:?}", other.err()),
            }
        }

        #[test]
        fn any_bytes_at_all_are_read_or_refused(
            // Sizes, filters, tokens and the first tensors' heads.
            sizes in prop::collection::vec((0usize..56, any::<u8>()), 0..4),
            tokens in prop::collection::vec((64_376usize..64_600, any::<u8>()), 0..4),
        ) {
            let mut bytes = sound();
            for (at, byte) in sizes.into_iter().chain(tokens) {
                bytes[at] = byte;
            }
            let _ = inspected(&bytes);
        }
    }
}
