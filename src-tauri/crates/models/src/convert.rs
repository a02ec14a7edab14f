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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Fingerprint;
    use crate::binary_file::BinaryFile;
    use crate::inspect::inspect;
    use crate::quantise::quantise;
    use crate::synthetic::{self, Variable};

    /// Writes the model and its vocabulary to a folder and converts it there.
    fn converted(folder: &Path, model: &[u8], vocabulary: &str) -> Result<std::path::PathBuf, ModelError> {
        let (ct2, tokens, out) =
            (folder.join("model.bin"), folder.join("vocabulary.txt"), folder.join("f16.bin"));
        std::fs::write(&ct2, model).unwrap();
        std::fs::write(&tokens, vocabulary).unwrap();
        convert(&ct2, &tokens, &out, &mut |_| ()).map(|()| out)
    }

    fn fault(variables: &[Variable]) -> String {
        let folder = tempfile::tempdir().unwrap();
        converted(folder.path(), &synthetic::model_bin(variables), &synthetic::vocabulary_txt())
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_bytes_are_those_of_an_independent_converter_and_quantiser() {
        let folder = tempfile::tempdir().unwrap();
        let model = synthetic::model_bin(&synthetic::variables());
        let f16 = converted(folder.path(), &model, &synthetic::vocabulary_txt()).unwrap();
        let hash = |path: &Path| Fingerprint::of(&std::fs::read(path).unwrap()).to_string();
        assert_eq!(inspect(&f16).unwrap().kind, TensorKind::F16);
        assert_eq!(hash(&f16), synthetic::F16_SHA256);
        let q8_0 = folder.path().join("q8_0.bin");
        quantise(&f16, &q8_0, &mut |_| ()).unwrap();
        assert_eq!(inspect(&q8_0).unwrap().kind, TensorKind::Q8_0);
        assert_eq!(hash(&q8_0), synthetic::Q8_0_SHA256);
    }

    #[test]
    fn each_kind_of_layer_gets_its_own_values() {
        let folder = tempfile::tempdir().unwrap();
        let variables = synthetic::variables();
        let model = synthetic::model_bin(&variables);
        let path = converted(folder.path(), &model, &synthetic::vocabulary_txt()).unwrap();
        let tensors = read_tensors(&path);
        // The tensor, the variable, and which of how many stacked parts of it.
        for (tensor, variable, part, parts) in [
            ("decoder.token_embedding.weight", "decoder/embeddings/weight", 0, 1),
            ("decoder.positional_embedding", "decoder/position_encodings/encodings", 0, 1),
            ("encoder.conv2.weight", "encoder/conv2/weight", 0, 1),
            ("encoder.conv1.bias", "encoder/conv1/bias", 0, 1),
            ("encoder.ln_post.bias", "encoder/layer_norm/beta", 0, 1),
            ("decoder.ln.weight", "decoder/layer_norm/gamma", 0, 1),
            ("encoder.blocks.1.attn_ln.weight", "encoder/layer_1/self_attention/layer_norm/gamma", 0, 1),
            ("encoder.blocks.1.attn.query.weight", "encoder/layer_1/self_attention/linear_0/weight", 0, 3),
            ("encoder.blocks.1.attn.query.bias", "encoder/layer_1/self_attention/linear_0/bias", 0, 3),
            ("encoder.blocks.1.attn.key.weight", "encoder/layer_1/self_attention/linear_0/weight", 1, 3),
            ("encoder.blocks.1.attn.value.weight", "encoder/layer_1/self_attention/linear_0/weight", 2, 3),
            ("encoder.blocks.1.attn.value.bias", "encoder/layer_1/self_attention/linear_0/bias", 2, 3),
            ("encoder.blocks.1.attn.out.weight", "encoder/layer_1/self_attention/linear_1/weight", 0, 1),
            ("encoder.blocks.0.mlp_ln.bias", "encoder/layer_0/ffn/layer_norm/beta", 0, 1),
            ("encoder.blocks.0.mlp.0.bias", "encoder/layer_0/ffn/linear_0/bias", 0, 1),
            ("encoder.blocks.0.mlp.2.weight", "encoder/layer_0/ffn/linear_1/weight", 0, 1),
            ("decoder.blocks.0.attn.out.bias", "decoder/layer_0/self_attention/linear_1/bias", 0, 1),
            ("decoder.blocks.0.cross_attn_ln.bias", "decoder/layer_0/attention/layer_norm/beta", 0, 1),
            ("decoder.blocks.0.cross_attn.query.weight", "decoder/layer_0/attention/linear_0/weight", 0, 1),
            ("decoder.blocks.0.cross_attn.key.weight", "decoder/layer_0/attention/linear_1/weight", 0, 2),
            ("decoder.blocks.0.cross_attn.value.weight", "decoder/layer_0/attention/linear_1/weight", 1, 2),
            ("decoder.blocks.0.cross_attn.value.bias", "decoder/layer_0/attention/linear_1/bias", 1, 2),
            ("decoder.blocks.0.cross_attn.out.weight", "decoder/layer_0/attention/linear_2/weight", 0, 1),
        ] {
            let n = variables.iter().position(|v| v.name == variable).unwrap();
            let len = variables[n].data.len() / 2 / parts;
            let expected: Vec<f32> =
                (part * len..(part + 1) * len).map(|i| synthetic::value(n, i) as f32 / 32.0).collect();
            assert_eq!(tensors[tensor], expected, "{tensor}");
        }
        assert!(!tensors.contains_key("encoder.blocks.0.attn.key.bias"));
    }

    #[test]
    fn a_model_that_does_not_convert_exactly_is_refused_by_name() {
        let change = |name: &str, change: fn(&mut Variable)| {
            let mut variables = synthetic::variables();
            change(variables.iter_mut().find(|v| v.name == name).unwrap());
            fault(&variables)
        };
        let int8 = change("encoder/layer_0/ffn/linear_0/weight", |v| {
            v.kind = synthetic::I8;
            v.data.truncate(v.data.len() / 2);
        });
        assert!(int8.contains("encoder/layer_0/ffn/linear_0/weight holds I8 values"), "{int8}");
        let biased = change("decoder/layer_0/attention/linear_1/bias", |v| v.data[1] = 0x3c);
        assert!(
            biased.contains("the keys of decoder/layer_0/attention/linear_1/bias have a bias"),
            "{biased}"
        );
        let renamed = change("encoder/conv2/bias", |v| v.name = "encoder/conv3/bias".into());
        assert!(renamed.contains("the variable encoder/conv2/bias is missing"), "{renamed}");
        let narrow = change("decoder/layer_0/attention/linear_2/bias", |v| {
            v.dims = vec![16];
            v.data.truncate(32);
        });
        assert!(
            narrow.contains("decoder/layer_0/attention/linear_2/bias has 32 bytes, 64 belong there"),
            "{narrow}"
        );
    }

    #[test]
    fn a_vocabulary_of_another_model_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let model = synthetic::model_bin(&synthetic::variables());
        let long = "a\n".repeat(synthetic::VOCABULARY as usize + 1);
        let error = converted(folder.path(), &model, &long).unwrap_err().to_string();
        assert!(error.contains("41 tokens and the model 40"), "{error}");
        let error = converted(folder.path(), &model, "a\n\u{3000}\n").unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
    }

    fn read_tensors(path: &Path) -> BTreeMap<String, Vec<f32>> {
        let mut file = BinaryFile::open(path).unwrap();
        Header::read(&mut file).unwrap();
        let mut tensors = BTreeMap::new();
        while !file.is_at_end() {
            let tensor = TensorHeader::read(&mut file).unwrap();
            let data = file.bytes(tensor.data_bytes().unwrap(), "data").unwrap();
            let values = match tensor.kind {
                TensorKind::F16 => {
                    data.chunks_exact(2).map(|b| float16::to_f32(u16::from_le_bytes([b[0], b[1]]))).collect()
                }
                _ => data.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect(),
            };
            tensors.insert(tensor.name, values);
        }
        tensors
    }
}
