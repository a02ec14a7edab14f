//! 16-bit weights become q8_0, exactly as whisper.cpp's own quantiser stores them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::ModelError;
use crate::binary_file::BinaryFile;
use crate::float16;
use crate::ggml_file::{Header, TensorHeader, TensorKind};
use crate::inspect::inspect;
use crate::progress::{Progress, Stage, StageProgress};

/// Values that share one scale.
const BLOCK: usize = 32;
/// The header states the version of the quantisation as thousands; blocks with 16-bit scales are version 2.
const VERSION: u32 = 2;

/// Writes the 16-bit ggml file `from` to `out` with its matrices as q8_0; everything else is copied as it is.
pub(crate) fn quantise(from: &Path, out: &Path, tell: &mut dyn FnMut(Progress)) -> Result<(), ModelError> {
    let writing = || ModelError::io("writing", out);
    let tensors = inspect(from)?.tensors;
    let mut source = BinaryFile::open(from)?;
    let mut progress = StageProgress::begin(tell, Stage::Quantising, 0, source.size());
    let mut file = BufWriter::new(File::create(out).map_err(writing())?);
    let mut header = Header::read(&mut source)?;
    header.format = VERSION * 1000 + TensorKind::Q8_0.format();
    header.write(&mut file).map_err(writing())?;
    while !source.is_at_end() {
        let mut tensor = TensorHeader::read(&mut source)?;
        let bytes = tensor.data_bytes().ok_or_else(|| source.malformed("a tensor's shape is impossible"))?;
        let mut data = source.bytes(bytes, &tensor.name)?;
        if tensors.get(&tensor.name).is_some_and(|t| t.quantised()) && tensor.kind == TensorKind::F16 {
            tensor.kind = TensorKind::Q8_0;
            if tensor.data_bytes().is_none() {
                return Err(source
                    .malformed(format!("the rows of {} are no multiple of {BLOCK} values", tensor.name)));
            }
            data = blocks(&data);
        }
        tensor.write(&mut file).map_err(writing())?;
        file.write_all(&data).map_err(writing())?;
        progress.set(source.at());
    }
    file.flush().map_err(writing())
}

fn blocks(halves: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(halves.len() / (2 * BLOCK) * (BLOCK + 2));
    let mut values = [0.0; BLOCK];
    for block in halves.chunks_exact(2 * BLOCK) {
        for (value, half) in values.iter_mut().zip(block.chunks_exact(2)) {
            *value = float16::to_f32(u16::from_le_bytes([half[0], half[1]]));
        }
        out.extend(quantise_block(&values));
    }
    out
}

/// One block: the 16-bit scale, then each value divided by the scale and rounded, halves away from zero.
///
/// The division uses the scale before it is rounded to 16 bits; that is how the published files were made.
fn quantise_block(values: &[f32; BLOCK]) -> [u8; BLOCK + 2] {
    let largest = values.iter().fold(0f32, |largest, v| largest.max(v.abs()));
    let scale = largest / 127.0;
    let inverse = if scale == 0.0 { 0.0 } else { 1.0 / scale };
    let mut block = [0; BLOCK + 2];
    block[..2].copy_from_slice(&float16::from_f32(scale).to_le_bytes());
    for (byte, value) in block[2..].iter_mut().zip(values) {
        *byte = ((value * inverse).round() as i8).to_le_bytes()[0];
    }
    block
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_block_is_what_one_computes_by_hand() {
        // 127 gives the scale 1 (0x3c00), so that every value is its own quotient.
        let mut values = [0.0; BLOCK];
        values[..6].copy_from_slice(&[127.0, -127.0, 0.5, -0.5, 1.25, -100.75]);
        let block = quantise_block(&values);
        assert_eq!(block[..2], [0x00, 0x3c]);
        let bytes: Vec<i8> = block[2..8].iter().map(|b| i8::from_le_bytes([*b])).collect();
        assert_eq!(bytes, [127, -127, 1, -1, 1, -101]);
        assert!(block[8..].iter().all(|b| *b == 0));
    }

    #[test]
    fn the_unrounded_scale_divides() {
        // 12.7 / 127 is not a 16-bit float; with the rounded scale 0.09998 the last value would become 64.
        let mut values = [0.0; BLOCK];
        values[0] = 12.7;
        values[1] = 6.3495;
        let block = quantise_block(&values);
        assert_eq!(u16::from_le_bytes([block[0], block[1]]), float16::from_f32(0.1));
        assert_eq!((block[2], block[3]), (127, 63));
    }

    #[test]
    fn a_block_of_zeroes_has_the_scale_zero() {
        assert_eq!(quantise_block(&[0.0; BLOCK]), [0; BLOCK + 2]);
    }

    proptest! {
        #[test]
        fn every_value_comes_back_within_one_step(values in prop::array::uniform32(-4.0f32..4.0)) {
            let block = quantise_block(&values);
            let scale = float16::to_f32(u16::from_le_bytes([block[0], block[1]]));
            for (byte, value) in block[2..].iter().zip(values) {
                let back = f32::from(i8::from_le_bytes([*byte])) * scale;
                // Half a step for the rounding; the rounded scale adds up to 127/2048 of a step.
                prop_assert!((back - value).abs() <= scale * 0.57 + 1e-6, "{value} became {back}");
            }
        }
    }
}
