//! A Whisper model of a few thousand made-up weights in CTranslate2's format, for tests. Used by the unit tests and, through
//! `#[path]`, by those in `tests/`; so it knows nothing of this crate.

pub(crate) const VOCABULARY: u32 = 40;
pub(crate) const AUDIO_CONTEXT: u32 = 6;
pub(crate) const TEXT_CONTEXT: u32 = 5;
pub(crate) const WIDTH: u32 = 32;
pub(crate) const MELS: u32 = 80;
pub(crate) const HEADS: u32 = 2;
pub(crate) const AUDIO_LAYERS: u32 = 2;
pub(crate) const TEXT_LAYERS: u32 = 1;

/// CTranslate2's type codes.
pub(crate) const F16: u8 = 4;
pub(crate) const I16: u8 = 2;
pub(crate) const I8: u8 = 1;

/// SHA-256 of what this model becomes, computed by an independent program after whisper.cpp's converter and quantiser.
pub(crate) const F16_SHA256: &str = "70f262e72a2859745b5a3d484f8a604b1a2b811c64585db3457c159ce0da8e7a";
pub(crate) const Q8_0_SHA256: &str = "bf0b2fee33a8b3ad902f606707709c4687c36a60337c30a6f2ec776b39de4654";

/// One variable of the model file.
#[derive(Debug, Clone)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) dims: Vec<u32>,
    pub(crate) kind: u8,
    pub(crate) data: Vec<u8>,
}

/// The value of element `i` of variable number `n`, in units of 1/32, so that 16 bits hold it exactly.
pub(crate) fn value(n: usize, i: usize) -> i32 {
    ((i * 7 + n * 13) % 61) as i32 - 30
}

/// All variables of the model, in an order of their own.
pub(crate) fn variables() -> Vec<Variable> {
    let w = WIDTH;
    let mut list = Vec::new();
    half(&mut list, "decoder/embeddings/weight", &[VOCABULARY, w]);
    for (side, context, layers) in
        [("decoder", TEXT_CONTEXT, TEXT_LAYERS), ("encoder", AUDIO_CONTEXT, AUDIO_LAYERS)]
    {
        half(&mut list, &format!("{side}/position_encodings/encodings"), &[context, w]);
        norm(&mut list, &format!("{side}/layer_norm"));
        let heads = (HEADS as u16).to_le_bytes().to_vec();
        list.push(Variable { name: format!("{side}/num_heads"), dims: vec![], kind: I16, data: heads });
        for layer in 0..layers {
            let at = format!("{side}/layer_{layer}");
            norm(&mut list, &format!("{at}/ffn/layer_norm"));
            linear(&mut list, &format!("{at}/ffn/linear_0"), 4 * w, w);
            linear(&mut list, &format!("{at}/ffn/linear_1"), w, 4 * w);
            norm(&mut list, &format!("{at}/self_attention/layer_norm"));
            linear(&mut list, &format!("{at}/self_attention/linear_0"), 3 * w, w);
            silence_keys(&mut list, w, 3);
            linear(&mut list, &format!("{at}/self_attention/linear_1"), w, w);
            if side == "decoder" {
                norm(&mut list, &format!("{at}/attention/layer_norm"));
                linear(&mut list, &format!("{at}/attention/linear_0"), w, w);
                linear(&mut list, &format!("{at}/attention/linear_1"), 2 * w, w);
                silence_keys(&mut list, w, 2);
                linear(&mut list, &format!("{at}/attention/linear_2"), w, w);
            }
        }
    }
    for (conv, inputs) in [("conv1", MELS), ("conv2", w)] {
        half(&mut list, &format!("encoder/{conv}/weight"), &[w, inputs, 3]);
        half(&mut list, &format!("encoder/{conv}/bias"), &[w]);
    }
    list
}

/// The model file that holds these variables.
pub(crate) fn model_bin(variables: &[Variable]) -> Vec<u8> {
    let mut out = 6u32.to_le_bytes().to_vec();
    string(&mut out, "WhisperSpec");
    out.extend(3u32.to_le_bytes());
    out.extend((variables.len() as u32).to_le_bytes());
    for v in variables {
        string(&mut out, &v.name);
        out.push(v.dims.len() as u8);
        v.dims.iter().for_each(|d| out.extend(d.to_le_bytes()));
        out.push(v.kind);
        out.extend((v.data.len() as u32).to_le_bytes());
        out.extend(&v.data);
    }
    out.extend(1u32.to_le_bytes());
    string(&mut out, "decoder/projection/weight");
    string(&mut out, "decoder/embeddings/weight");
    out
}

/// One token a line: the letters, a space in its printable form, an empty token.
pub(crate) fn vocabulary_txt() -> String {
    let letters = ('a'..='z').map(|c| format!("{c}\n")).collect::<String>();
    format!("{letters}Ġthe\nĊ\nåľº\n\n<|endoftext|>\n")
}

fn half(list: &mut Vec<Variable>, name: &str, dims: &[u32]) {
    let n = list.len();
    let count = dims.iter().product::<u32>() as usize;
    let data = (0..count).flat_map(|i| half_bits(value(n, i)).to_le_bytes()).collect();
    list.push(Variable { name: name.to_owned(), dims: dims.to_vec(), kind: F16, data });
}

fn norm(list: &mut Vec<Variable>, at: &str) {
    half(list, &format!("{at}/gamma"), &[WIDTH]);
    half(list, &format!("{at}/beta"), &[WIDTH]);
}

fn linear(list: &mut Vec<Variable>, at: &str, outputs: u32, inputs: u32) {
    half(list, &format!("{at}/weight"), &[outputs, inputs]);
    half(list, &format!("{at}/bias"), &[outputs]);
}

/// Keys have no bias: their share of the last stacked bias is zero, the last but one of its parts.
fn silence_keys(list: &mut [Variable], width: u32, parts: u32) {
    let bytes = 2 * width as usize;
    let start = bytes * (parts as usize - 2);
    if let Some(bias) = list.last_mut() {
        bias.data[start..start + bytes].fill(0);
    }
}

/// `units` of 1/32 as a 16-bit float.
fn half_bits(units: i32) -> u16 {
    if units == 0 {
        return 0;
    }
    let size = units.unsigned_abs() as u16;
    let exponent = size.ilog2() as u16;
    let sign = if units < 0 { 0x8000 } else { 0 };
    sign | ((exponent + 10) << 10) | ((size << (10 - exponent)) & 0x3ff)
}

fn string(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u16 + 1).to_le_bytes());
    out.extend(text.as_bytes());
    out.push(0);
}
