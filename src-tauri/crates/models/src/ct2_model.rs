//! Reading a CTranslate2 Whisper model (`model.bin`, version 6, float16).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::ModelError;
use crate::binary_file::BinaryFile;
use crate::hyperparameters::Hyperparameters;
use crate::whisper_tensors::WhisperTensor;

const VERSION: u32 = 6;
const SPECIFICATION: &str = "WhisperSpec";
/// A large Whisper has some 2,000 variables.
const MAX_VARIABLES: u32 = 20_000;

/// A CTranslate2 model file and where in it each variable lies.
pub(crate) struct Ct2Model {
    file: BinaryFile,
    variables: BTreeMap<String, Variable>,
}

struct Variable {
    dims: Vec<u32>,
    kind: Kind,
    at: u64,
    bytes: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    F32,
    I8,
    I16,
    I32,
    F16,
}

impl Kind {
    fn from_code(code: u8) -> Option<Self> {
        [Self::F32, Self::I8, Self::I16, Self::I32, Self::F16].get(usize::from(code)).copied()
    }

    fn bytes(self) -> u64 {
        match self {
            Self::I8 => 1,
            Self::I16 | Self::F16 => 2,
            Self::F32 | Self::I32 => 4,
        }
    }
}

impl Ct2Model {
    pub(crate) fn open(path: &Path) -> Result<Self, ModelError> {
        let mut file = BinaryFile::open(path)?;
        let version = file.u32("the CTranslate2 version")?;
        if version != VERSION {
            return Err(
                file.malformed(format!("the CTranslate2 version is {version}, only {VERSION} is read"))
            );
        }
        let specification = string(&mut file, "the specification")?;
        if specification != SPECIFICATION {
            return Err(
                file.malformed(format!("the specification is {specification:?}, not {SPECIFICATION:?}"))
            );
        }
        file.u32("the revision")?;
        let count = file.u32("the number of variables")?;
        if count > MAX_VARIABLES {
            return Err(file.malformed(format!("{count} variables are more than any Whisper has")));
        }
        let mut variables = BTreeMap::new();
        for _ in 0..count {
            let name = string(&mut file, "a variable's name")?;
            let variable = variable(&mut file, &name)?;
            file.skip(variable.bytes, &name)?;
            variables.insert(name, variable);
        }
        // Two strings each: a second name and the variable it stands for. None of them is needed, but their absence
        // tells a file that was cut.
        for _ in 0..file.u32("the number of aliases")? {
            string(&mut file, "an alias")?;
            string(&mut file, "an alias's variable")?;
        }
        if !file.is_at_end() {
            return Err(file.malformed("the model should end here and does not"));
        }
        Ok(Self { file, variables })
    }

    /// The sizes, read off the shapes of the variables.
    pub(crate) fn sizes(&mut self) -> Result<Hyperparameters, ModelError> {
        let embedding = self.dims("decoder/embeddings/weight", 2)?;
        let audio = self.dims("encoder/position_encodings/encodings", 2)?;
        let text = self.dims("decoder/position_encodings/encodings", 2)?;
        let first = self.dims("encoder/conv1/weight", 3)?;
        let values = [
            embedding[0],
            audio[0],
            audio[1],
            self.heads("encoder/num_heads")?,
            self.layers("encoder"),
            text[0],
            text[1],
            self.heads("decoder/num_heads")?,
            self.layers("decoder"),
            first[1],
        ];
        Hyperparameters::from_array(values).map_err(|fault| self.file.malformed(fault))
    }

    /// A tensor's values as little-endian 16-bit floats.
    pub(crate) fn read(&mut self, tensor: &WhisperTensor) -> Result<Vec<u8>, ModelError> {
        let (index, parts) = tensor.part;
        self.part(&tensor.variable, tensor.elements(), index, parts)
    }

    /// Fails unless the keys' share of every stacked bias is zero: ggml has no place for it.
    pub(crate) fn check_key_biases(&mut self, tensors: &[WhisperTensor]) -> Result<(), ModelError> {
        for key in tensors.iter().filter(|t| t.name.ends_with(".key.weight")) {
            let (index, parts) = key.part;
            let variable = key.variable.replace("/weight", "/bias");
            let bias = self.part(&variable, u64::from(key.dims[0]), index, parts)?;
            // Both zeroes: the sign is the highest bit of each little-endian pair.
            if bias.chunks_exact(2).any(|b| b[0] != 0 || b[1] & 0x7f != 0) {
                return Err(self
                    .file
                    .malformed(format!("the keys of {variable} have a bias, and Whisper's have none")));
            }
        }
        Ok(())
    }

    fn part(&mut self, name: &str, elements: u64, index: u32, parts: u32) -> Result<Vec<u8>, ModelError> {
        let variable = self.find(name)?;
        let (kind, at, bytes) = (variable.kind, variable.at, variable.bytes);
        self.file.seek(at)?;
        if kind != Kind::F16 {
            return Err(self.file.malformed(format!(
                "{name} holds {kind:?} values; only models with F16 weights are converted, since that is exact"
            )));
        }
        let wanted = elements * kind.bytes();
        if bytes != wanted * u64::from(parts) {
            return Err(self
                .file
                .malformed(format!("{name} has {bytes} bytes, {} belong there", wanted * u64::from(parts))));
        }
        self.file.skip(wanted * u64::from(index), name)?;
        self.file.bytes(wanted, name)
    }

    fn find(&self, name: &str) -> Result<&Variable, ModelError> {
        self.variables.get(name).ok_or_else(|| self.file.malformed(format!("the variable {name} is missing")))
    }

    fn dims(&self, name: &str, rank: usize) -> Result<Vec<u32>, ModelError> {
        let dims = &self.find(name)?.dims;
        if dims.len() != rank {
            return Err(self
                .file
                .malformed(format!("{name} has {} dimensions instead of {rank}", dims.len())));
        }
        Ok(dims.clone())
    }

    fn heads(&mut self, name: &str) -> Result<u32, ModelError> {
        let variable = self.find(name)?;
        let (kind, at) = (variable.kind, variable.at);
        self.file.seek(at)?;
        match kind {
            Kind::I8 => self.file.u8(name).map(u32::from),
            Kind::I16 => self.file.u16(name).map(u32::from),
            Kind::I32 => self.file.u32(name),
            Kind::F32 | Kind::F16 => Err(self.file.malformed(format!("{name} is not a whole number"))),
        }
    }

    fn layers(&self, side: &str) -> u32 {
        let prefix = format!("{side}/layer_");
        let numbers: BTreeSet<u32> = self
            .variables
            .keys()
            .filter_map(|name| name.strip_prefix(&prefix)?.split('/').next()?.parse().ok())
            .collect();
        numbers.len() as u32
    }
}

fn variable(file: &mut BinaryFile, name: &str) -> Result<Variable, ModelError> {
    let rank = file.u8(name)?;
    if rank > 4 {
        return Err(file.malformed(format!("{name} has {rank} dimensions")));
    }
    let dims = (0..rank).map(|_| file.u32(name)).collect::<Result<Vec<u32>, _>>()?;
    let code = file.u8(name)?;
    let kind = Kind::from_code(code)
        .ok_or_else(|| file.malformed(format!("{name} is of the unknown type {code}")))?;
    let bytes = u64::from(file.u32(name)?);
    let wanted = dims.iter().try_fold(kind.bytes(), |product, d| product.checked_mul(u64::from(*d)));
    if wanted != Some(bytes) {
        return Err(
            file.malformed(format!("{name} has {bytes} bytes, which its shape {dims:?} does not fill"))
        );
    }
    Ok(Variable { dims, kind, at: file.at(), bytes })
}

/// A string: its length with a closing NUL, and its bytes.
fn string(file: &mut BinaryFile, what: &str) -> Result<String, ModelError> {
    let len = file.u16(what)?;
    let mut bytes = file.bytes(u64::from(len), what)?;
    if bytes.pop() != Some(0) {
        return Err(file.malformed(format!("{what} does not end in NUL")));
    }
    String::from_utf8(bytes).map_err(|_| file.malformed(format!("{what} is not text")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::synthetic;

    fn open(bytes: &[u8]) -> Result<Ct2Model, ModelError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.bin");
        std::fs::write(&path, bytes).unwrap();
        Ct2Model::open(&path)
    }

    #[test]
    fn reads_the_sizes_off_the_shapes() {
        let mut model = open(&synthetic::model_bin(&synthetic::variables())).unwrap();
        assert_eq!(model.sizes().unwrap().to_array(), [40, 6, 32, 2, 2, 5, 32, 2, 1, 80]);
    }

    #[test]
    fn names_the_byte_and_the_fault() {
        let sound = synthetic::model_bin(&synthetic::variables());
        let changed = |at: usize, byte: u8| {
            let mut bytes = sound.clone();
            bytes[at] = byte;
            open(&bytes).err().unwrap().to_string()
        };
        assert!(changed(0, 7).contains("at byte 4, the CTranslate2 version is 7, only 6"));
        assert!(changed(6, b'V').contains("the specification is \"VhisperSpec\""));
        assert!(changed(17, b'!').contains("at byte 18, the specification does not end in NUL"));
        assert!(changed(25, 0xff).contains("variables are more than any Whisper has"));
        let mut long = sound.clone();
        long.push(0);
        assert!(open(&long).err().unwrap().to_string().contains("should end here and does not"));
        assert!(
            open(b"")
                .err()
                .unwrap()
                .to_string()
                .contains("at byte 0, the CTranslate2 version should take 4 bytes")
        );
    }

    proptest! {
        // Each case writes a file.
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_cut_model_is_refused_at_a_byte_that_is_there(part in 0.0f64..1.0) {
            let sound = synthetic::model_bin(&synthetic::variables());
            let cut = (sound.len() as f64 * part) as usize;
            match open(&sound[..cut]) {
                Err(ModelError::Malformed { at, .. }) => prop_assert!(at <= cut as u64),
                other => prop_assert!(false, "{:?}", other.err()),
            }
        }

        #[test]
        fn any_bytes_at_all_are_read_or_refused(
            changes in prop::collection::vec((0usize..4000, any::<u8>()), 1..6),
        ) {
            let mut bytes = synthetic::model_bin(&synthetic::variables());
            for (at, byte) in changes {
                // The heads of variables lie all over the file, the first of them densely.
                bytes[at] = byte;
            }
            if let Ok(mut model) = open(&bytes) {
                let _ = model.sizes();
            }
        }
    }
}
