//! Every tensor of a Whisper model: its name, its shape, how a 16-bit file stores it, and where a CTranslate2 model keeps it.

use crate::hyperparameters::Hyperparameters;

/// One tensor, as a ggml file of 16-bit weights holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WhisperTensor {
    /// OpenAI's name.
    pub(crate) name: String,
    /// The shape, outermost dimension first.
    pub(crate) dims: Vec<u32>,
    /// Large weights stay 16-bit floats; whisper.cpp wants biases, norms and positions as 32-bit floats.
    pub(crate) large: bool,
    /// The CTranslate2 variable that holds it.
    pub(crate) variable: String,
    /// Which of how many equal parts of that variable: queries, keys and values are stacked there.
    pub(crate) part: (u32, u32),
}

impl WhisperTensor {
    pub(crate) fn elements(&self) -> u64 {
        self.dims.iter().map(|d| u64::from(*d)).product()
    }

    /// Whether whisper.cpp's quantiser converts it: matrices, but not convolutions (three dimensions) and positions.
    pub(crate) fn quantised(&self) -> bool {
        self.large && self.dims.len() == 2
    }
}

/// All tensors of a model, in the order of OpenAI's checkpoints, which the published files keep.
pub(crate) fn whisper_tensors(sizes: &Hyperparameters) -> Vec<WhisperTensor> {
    let width = sizes.n_text_state;
    let mut list = TensorList(Vec::new());
    list.positions("decoder", sizes.n_text_ctx, width);
    list.positions("encoder", sizes.n_audio_ctx, width);
    list.add(
        "decoder.token_embedding.weight",
        &[sizes.n_vocab, width],
        true,
        "decoder/embeddings/weight",
        (0, 1),
    );
    for layer in 0..sizes.n_text_layer {
        list.block("decoder", layer, width, true);
    }
    list.norm("decoder.ln", width, "decoder/layer_norm");
    list.convolution("conv1", width, sizes.n_mels);
    list.convolution("conv2", width, width);
    for layer in 0..sizes.n_audio_layer {
        list.block("encoder", layer, width, false);
    }
    list.norm("encoder.ln_post", width, "encoder/layer_norm");
    list.0
}

struct TensorList(Vec<WhisperTensor>);

impl TensorList {
    fn add(&mut self, name: &str, dims: &[u32], large: bool, variable: &str, part: (u32, u32)) {
        self.0.push(WhisperTensor {
            name: name.to_owned(),
            dims: dims.to_vec(),
            large,
            variable: variable.to_owned(),
            part,
        });
    }

    fn positions(&mut self, side: &str, context: u32, width: u32) {
        let name = format!("{side}.positional_embedding");
        self.add(&name, &[context, width], false, &format!("{side}/position_encodings/encodings"), (0, 1));
    }

    fn convolution(&mut self, name: &str, width: u32, inputs: u32) {
        let (to, from) = (format!("encoder.{name}"), format!("encoder/{name}"));
        self.add(&format!("{to}.weight"), &[width, inputs, 3], true, &format!("{from}/weight"), (0, 1));
        // whisper.cpp adds this bias along time and wants the extra dimension.
        self.add(&format!("{to}.bias"), &[width, 1], false, &format!("{from}/bias"), (0, 1));
    }

    fn norm(&mut self, to: &str, width: u32, from: &str) {
        self.add(&format!("{to}.weight"), &[width], false, &format!("{from}/gamma"), (0, 1));
        self.add(&format!("{to}.bias"), &[width], false, &format!("{from}/beta"), (0, 1));
    }

    fn linear(&mut self, to: &str, outputs: u32, inputs: u32, from: &str) {
        self.projection(to, outputs, inputs, from, (0, 1));
        self.add(&format!("{to}.bias"), &[outputs], false, &format!("{from}/bias"), (0, 1));
    }

    fn projection(&mut self, to: &str, outputs: u32, inputs: u32, from: &str, part: (u32, u32)) {
        self.add(&format!("{to}.weight"), &[outputs, inputs], true, &format!("{from}/weight"), part);
    }

    fn block(&mut self, side: &str, layer: u32, width: u32, crosses: bool) {
        let (to, from) = (format!("{side}.blocks.{layer}"), format!("{side}/layer_{layer}"));
        self.norm(&format!("{to}.mlp_ln"), width, &format!("{from}/ffn/layer_norm"));
        self.linear(&format!("{to}.mlp.0"), 4 * width, width, &format!("{from}/ffn/linear_0"));
        self.linear(&format!("{to}.mlp.2"), width, 4 * width, &format!("{from}/ffn/linear_1"));
        self.attention(&format!("{to}.attn"), width, &format!("{from}/self_attention"), false);
        if crosses {
            self.attention(&format!("{to}.cross_attn"), width, &format!("{from}/attention"), true);
        }
    }

    /// Attention over oneself stacks query, key and value in `linear_0`; attention over the audio keeps the query there and
    /// stacks key and value in `linear_1`. The output projection follows. Keys have no bias in ggml.
    fn attention(&mut self, to: &str, width: u32, from: &str, crosses: bool) {
        let first = format!("{from}/linear_0");
        let second = format!("{from}/linear_1");
        let third = format!("{from}/linear_2");
        let (query, key, value, out) = if crosses {
            ((&first, (0, 1)), (&second, (0, 2)), (&second, (1, 2)), &third)
        } else {
            ((&first, (0, 3)), (&first, (1, 3)), (&first, (2, 3)), &second)
        };
        self.norm(&format!("{to}_ln"), width, &format!("{from}/layer_norm"));
        self.projection(&format!("{to}.query"), width, width, query.0, query.1);
        self.add(&format!("{to}.query.bias"), &[width], false, &format!("{}/bias", query.0), query.1);
        self.projection(&format!("{to}.key"), width, width, key.0, key.1);
        self.projection(&format!("{to}.value"), width, width, value.0, value.1);
        self.add(&format!("{to}.value.bias"), &[width], false, &format!("{}/bias", value.0), value.1);
        self.linear(&format!("{to}.out"), width, width, out);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn tiny_has_its_167_tensors_once_each() {
        let sizes = Hyperparameters::from_array([51864, 1500, 384, 6, 4, 448, 384, 6, 4, 80]).unwrap();
        let tensors = whisper_tensors(&sizes);
        let names: HashSet<&str> = tensors.iter().map(|t| t.name.as_str()).collect();
        assert_eq!((tensors.len(), names.len()), (167, 167));
        // 37.8 million parameters, as OpenAI's table rounds to 39 M.
        assert_eq!(tensors.iter().map(WhisperTensor::elements).sum::<u64>(), 37_760_256);
        assert_eq!(tensors.iter().filter(|t| t.quantised()).count(), 1 + 4 * 10 + 4 * 6);
    }
}
