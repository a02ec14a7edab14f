//! 16-bit floats (IEEE 754 binary16), which stable Rust has no type for.

/// The value of a 16-bit float given by its bits.
pub(crate) fn to_f32(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from(bits >> 10 & 0x1f);
    let fraction = f32::from(bits & 0x3ff);
    match (exponent, bits & 0x3ff) {
        (0x1f, 0) => sign * f32::INFINITY,
        (0x1f, _) => f32::NAN,
        // Subnormal: no hidden bit. 2^-24 is the smallest step.
        (0, _) => sign * fraction * 2f32.powi(-24),
        _ => sign * (1024.0 + fraction) * 2f32.powi(exponent - 25),
    }
}

/// The bits of the 16-bit float nearest to `value`, ties to even.
pub(crate) fn from_f32(value: f32) -> u16 {
    let sign = if value.is_sign_negative() { 0x8000 } else { 0 };
    let magnitude = value.abs();
    if magnitude.is_nan() {
        return 0x7e00;
    }
    // Halfway between 65504, the largest finite value, and the next step.
    if magnitude >= 65520.0 {
        return sign | 0x7c00;
    }
    // The step between neighbours is 2^(e-10) for e ≥ -14 and stays 2^-24 below; scaling by a power of two is exact.
    let exponent = ((magnitude.to_bits() >> 23) as i32 - 127).max(-14);
    let steps = (magnitude * 2f32.powi(10 - exponent)).round_ties_even() as u16;
    // A fraction that rounds up to the next power of two carries into the exponent by itself.
    sign | ((((exponent + 14) as u16) << 10) + steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finite_value_survives_the_way_there_and_back() {
        for bits in 0..=u16::MAX {
            let value = to_f32(bits);
            if value.is_nan() {
                assert_eq!(bits & 0x7c00, 0x7c00);
            } else {
                assert_eq!(from_f32(value), bits, "{bits:#06x} is {value}");
            }
        }
    }

    #[test]
    fn rounds_to_nearest_ties_to_even() {
        let between = |a: u16, part: f32| to_f32(a) + (to_f32(a + 1) - to_f32(a)) * part;
        for low in [0x0000, 0x0001, 0x03ff, 0x0400, 0x3bff, 0x3c00, 0x3c01, 0x7bfe] {
            assert_eq!(from_f32(between(low, 0.25)), low);
            assert_eq!(from_f32(between(low, 0.75)), low + 1);
            assert_eq!(from_f32(between(low, 0.5)), low + (low & 1), "{low:#06x}");
        }
        assert_eq!(from_f32(65519.9), 0x7bff);
        assert_eq!(from_f32(65520.0), 0x7c00);
        assert_eq!(from_f32(-65520.0), 0xfc00);
        assert_eq!(from_f32(2f32.powi(-26)), 0);
        assert_eq!(from_f32(f32::MIN_POSITIVE / 2.0), 0);
    }
}
