//! The mel filter bank that Whisper was trained with, computed instead of shipped.
//!
//! Slaney's scale (linear below 1 kHz, logarithmic above), triangles normalised to equal area, over the bins of a 400-point
//! transform at 16 kHz. The order of operations and the two roundings to `f32` are librosa's, whose output OpenAI stored; so
//! the file we write is, byte for byte, the published one.

/// Frequency bins of a 400-point transform of real samples.
pub(crate) const BINS: usize = 201;

const NYQUIST: f64 = 8000.0;
/// Slaney's linear part: 3 mels each 200 Hz, up to 1 kHz.
const HERTZ_PER_MEL: f64 = 200.0 / 3.0;
const LINEAR_HERTZ: f64 = 1000.0;
const LINEAR_MELS: f64 = LINEAR_HERTZ / HERTZ_PER_MEL;

/// `bands` rows of [`BINS`] weights.
pub(crate) fn mel_filters(bands: usize) -> Vec<f32> {
    // Slaney's logarithmic part: 27 mels for each factor of 6.4.
    let log_step = 6.4f64.ln() / 27.0;
    let top = LINEAR_MELS + (NYQUIST / LINEAR_HERTZ).ln() / log_step;
    let step = top / (bands + 1) as f64;
    let edges: Vec<f64> = (0..bands + 2)
        .map(|i| if i == bands + 1 { top } else { i as f64 * step })
        .map(|mel| {
            if mel >= LINEAR_MELS {
                LINEAR_HERTZ * (log_step * (mel - LINEAR_MELS)).exp()
            } else {
                HERTZ_PER_MEL * mel
            }
        })
        .collect();
    let mut weights = Vec::with_capacity(bands * BINS);
    for edge in edges.windows(3) {
        let area = 2.0 / (edge[2] - edge[0]);
        for bin in 0..BINS {
            let hertz = bin as f64 * (NYQUIST / (BINS - 1) as f64);
            let rising = (hertz - edge[0]) / (edge[1] - edge[0]);
            let falling = (edge[2] - hertz) / (edge[2] - edge[1]);
            let height = rising.min(falling).max(0.0) as f32;
            weights.push((f64::from(height) * area) as f32);
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fingerprint;

    #[test]
    fn the_eighty_bands_are_the_published_ones() {
        let bytes: Vec<u8> = mel_filters(80).iter().flat_map(|w| w.to_le_bytes()).collect();
        assert_eq!(
            Fingerprint::of(&bytes).to_string(),
            "85818f156f7e189453901a515e4726d270d307f976e161cf9403e8caab405498"
        );
    }

    #[test]
    fn each_band_is_one_triangle() {
        for row in mel_filters(80).chunks(BINS) {
            let peak = row.iter().copied().fold(0.0, f32::max);
            let at = row.iter().position(|w| *w == peak).unwrap();
            assert!(peak > 0.0);
            assert!(row[..at].is_sorted() && row[at..].iter().rev().is_sorted());
        }
    }
}
