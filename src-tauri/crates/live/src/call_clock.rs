use std::time::Instant;

/// Seconds since the call began, by the monotonic clock that the captures share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallClock {
    pub(crate) start: Instant,
}

impl CallClock {
    pub(crate) fn begin() -> Self {
        Self { start: Instant::now() }
    }

    pub(crate) fn now(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }
}
