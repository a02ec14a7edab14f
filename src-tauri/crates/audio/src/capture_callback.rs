//! What runs on the sound system's thread, and nothing else (design rule 1).
//!
//! Between two calls of the callback lie a few milliseconds, and a callback that waits loses sound. So nothing here
//! allocates, locks, logs or blocks: samples are mixed down to one channel straight into a ring, a stamp says when
//! they came, and what did not fit is counted. A test counts the allocations.

use cpal::{FromSample, Sample};
use rtrb::{Consumer, Producer, RingBuffer};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Seconds of sound that the ring holds while the lane's thread is kept from reading.
pub(crate) const RING_SECONDS: u32 = 4;

/// How many callbacks' stamps the ring of stamps holds for each second: a callback every 2 ms.
const STAMPS_PER_SECOND: u32 = 500;

/// What one call of the callback brought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stamp {
    /// Frames that found no room since the last stamp; they come before this stamp's frames.
    pub(crate) lost: u64,
    /// Frames in the ring.
    pub(crate) frames: usize,
    /// When the callback was called, in seconds from call start; negative before it.
    pub(crate) arrived: f64,
}

/// The callback's end of the ring.
pub(crate) struct RingWriter {
    channels: usize,
    call_start: Instant,
    frames: Producer<f32>,
    stamps: Producer<Stamp>,
    unreported: u64,
    lost: Arc<AtomicU64>,
}

/// The lane thread's end of the ring.
pub(crate) struct RingReader {
    frames: Consumer<f32>,
    stamps: Consumer<Stamp>,
    lost: Arc<AtomicU64>,
}

/// A ring for a stream of `rate` frames per second with so many channels.
pub(crate) fn ring(rate: u32, channels: u16, call_start: Instant) -> (RingWriter, RingReader) {
    let (frames, frames_out) = RingBuffer::new((rate * RING_SECONDS) as usize);
    let (stamps, stamps_out) = RingBuffer::new((STAMPS_PER_SECOND * RING_SECONDS) as usize);
    let lost = Arc::new(AtomicU64::new(0));
    let writer = RingWriter {
        channels: usize::from(channels.max(1)),
        call_start,
        frames,
        stamps,
        unreported: 0,
        lost: Arc::clone(&lost),
    };
    (writer, RingReader { frames: frames_out, stamps: stamps_out, lost })
}

impl RingWriter {
    /// The callback.
    pub(crate) fn on_samples<S: Sample>(&mut self, interleaved: &[S])
    where
        f32: FromSample<S>,
    {
        let now = Instant::now();
        let arrived = match now.checked_duration_since(self.call_start) {
            Some(since) => since.as_secs_f64(),
            None => -self.call_start.duration_since(now).as_secs_f64(),
        };
        self.write(interleaved, arrived);
    }

    /// Puts frames, mixed down to one channel, and their stamp into the ring, and counts what does not fit.
    ///
    /// Of more than two channels the first two are taken, front left and right: a call is on those, and to take the
    /// mean of six would make it quiet.
    fn write<S: Sample>(&mut self, interleaved: &[S], arrived: f64)
    where
        f32: FromSample<S>,
    {
        let mixed = self.channels.min(2);
        let share = 1.0 / mixed as f32;
        let mono = |frame: &[S]| frame[..mixed].iter().map(|s| s.to_sample::<f32>()).sum::<f32>() * share;

        let offered = interleaved.len() / self.channels;
        let room = if self.stamps.is_full() { 0 } else { self.frames.slots().min(offered) };
        let frames = match self.frames.write_chunk_uninit(room) {
            Ok(chunk) => chunk.fill_from_iter(interleaved.chunks_exact(self.channels).map(mono)),
            Err(_) => 0,
        };
        let stamp = Stamp { lost: self.unreported, frames, arrived };
        if self.stamps.push(stamp).is_ok() {
            self.unreported = 0;
        }
        let lost = (offered - frames) as u64;
        if lost > 0 {
            self.unreported += lost;
            self.lost.fetch_add(lost, Ordering::Relaxed);
        }
    }
}

impl RingReader {
    /// Takes all stamps that have come, oldest first. The frames they speak of must then be taken in that order.
    pub(crate) fn take_stamps(&mut self, stamps: &mut Vec<Stamp>) {
        stamps.clear();
        stamps.extend(std::iter::from_fn(|| self.stamps.pop().ok()));
    }

    /// Takes one stamp's frames.
    pub(crate) fn take_frames(&mut self, count: usize, frames: &mut Vec<f32>) {
        frames.clear();
        frames.resize(count, 0.0);
        // The writer puts frames in before their stamp, so they are all there.
        let (taken, _) = self.frames.pop_partial_slice(frames);
        debug_assert_eq!(taken.len(), count);
    }

    /// Whether a callback has brought anything that was not taken yet.
    pub(crate) fn has_sound(&self) -> bool {
        !self.stamps.is_empty()
    }

    /// How many frames found no room since the stream was opened.
    pub(crate) fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use cpal::{I24, U24};
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::cell::Cell;

    /// Counts what each thread allocates and frees.
    struct Counting;

    thread_local! {
        static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
    }

    // SAFETY: every call is handed to the system's allocator unchanged.
    unsafe impl GlobalAlloc for Counting {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            ALLOCATIONS.set(ALLOCATIONS.get() + 1);
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
            ALLOCATIONS.set(ALLOCATIONS.get() + 1);
            unsafe { System.dealloc(pointer, layout) }
        }
    }

    #[global_allocator]
    static ALLOCATOR: Counting = Counting;

    /// A stream without a sound system: calls the callback as one would.
    pub(crate) fn write(writer: &mut RingWriter, samples: &[f32], arrived: f64) {
        writer.write(samples, arrived);
    }

    /// Design rule 1, with room in the ring and without, for every kind of sample.
    #[test]
    fn the_callback_allocates_and_frees_nothing() {
        fn check<S: Sample>(silence: S)
        where
            f32: FromSample<S>,
        {
            let (mut writer, mut reader) = ring(48_000, 2, Instant::now());
            let samples = [silence; 960];
            let mut frames = Vec::with_capacity(48_000 * 5);
            let mut stamps = Vec::with_capacity(5_000);
            let before = ALLOCATIONS.get();
            for call in 0..4_000 {
                writer.on_samples(&samples);
                if call % 1_000 == 0 {
                    reader.take_stamps(&mut stamps);
                    let count = stamps.iter().map(|s| s.frames).sum();
                    reader.take_frames(count, &mut frames);
                }
            }
            assert_eq!(ALLOCATIONS.get() - before, 0);
            assert!(reader.lost() > 0, "the ring never ran full");
        }
        check(0_i8);
        check(0_u8);
        check(0_i16);
        check(0_u16);
        check(I24::EQUILIBRIUM);
        check(U24::EQUILIBRIUM);
        check(0_i32);
        check(0_u32);
        check(0.0_f32);
        check(0.0_f64);
    }

    #[test]
    fn channels_are_mixed_down() {
        for (channels, samples, mono) in [
            (1, vec![0.5_f32, -0.5], vec![0.5, -0.5]),
            (2, vec![0.5, 0.25, 1.0, 0.0], vec![0.375, 0.5]),
            (6, vec![0.5, 0.5, 0.0, 0.9, 0.9, 0.9], vec![0.5]),
        ] {
            let (mut writer, mut reader) = ring(48_000, channels, Instant::now());
            writer.write(&samples, 0.0);
            let mut frames = Vec::new();
            reader.take_frames(mono.len(), &mut frames);
            assert_eq!(frames, mono, "{channels} channels");
        }
    }

    #[test]
    fn what_does_not_fit_is_counted_and_told_with_the_next_frames() {
        let (mut writer, mut reader) = ring(100, 1, Instant::now());
        for call in 0..5 {
            writer.write(&[0.1_f32; 90], f64::from(call));
        }
        assert_eq!(reader.lost(), 50);
        let (mut stamps, mut frames) = (Vec::new(), Vec::new());
        reader.take_stamps(&mut stamps);
        assert_eq!(
            stamps.iter().map(|s| (s.lost, s.frames)).collect::<Vec<_>>(),
            [(0, 90), (0, 90), (0, 90), (0, 90), (0, 40)]
        );
        reader.take_frames(400, &mut frames);
        writer.write(&[0.1_f32; 90], 5.0);
        reader.take_stamps(&mut stamps);
        assert_eq!(stamps, [Stamp { lost: 50, frames: 90, arrived: 5.0 }]);
    }
}
