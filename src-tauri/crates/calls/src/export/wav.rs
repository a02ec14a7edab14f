use crate::StoreError;

/// Frames a second.
const RATE: u32 = 16_000;
/// Agent left, customer right.
const LANES: u16 = 2;
/// Bytes of a sample.
const WIDTH: u16 = 2;

/// Interleaved samples (agent, customer) at 16 kHz as a WAV file.
///
/// # Errors
/// [`StoreError::Unfit`] when there are more than such a file holds: four gigabytes, or 18 hours.
pub fn wav(samples: &[i16]) -> Result<Vec<u8>, StoreError> {
    let too_long = || StoreError::Unfit { what: "a recording is too long for a WAV file".to_owned() };
    let data = u32::try_from(samples.len() * usize::from(WIDTH)).map_err(|_| too_long())?;
    let riff = data.checked_add(36).ok_or_else(too_long)?;
    let frame = LANES * WIDTH;
    let mut file = Vec::with_capacity(samples.len() * usize::from(WIDTH) + 44);
    file.extend(b"RIFF");
    file.extend(riff.to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(LANES.to_le_bytes());
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * u32::from(frame)).to_le_bytes());
    file.extend(frame.to_le_bytes());
    file.extend((WIDTH * 8).to_le_bytes());
    file.extend(b"data");
    file.extend(data.to_le_bytes());
    file.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    Ok(file)
}
