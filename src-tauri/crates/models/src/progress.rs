use serde::Serialize;
use ts_rs::TS;

/// How far a fetch has come. `done` and `total` are bytes of the current stage; a stage may start over (another source).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Bytes of this stage that are done.
    #[ts(type = "number")]
    pub done: u64,
    /// Bytes this stage has in all.
    #[ts(type = "number")]
    pub total: u64,
}

/// The stages of a fetch, in the order in which they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Stage {
    /// Bytes are arriving.
    Downloading,
    /// The SHA-256 is being computed.
    Checking,
    /// A CTranslate2 model is being rewritten as a whisper.cpp file.
    Converting,
    /// 16-bit weights are being stored as q8_0.
    Quantising,
}

/// Counts one stage's bytes and tells the caller about them, at most a few hundred times.
pub(crate) struct StageProgress<'a> {
    tell: &'a mut dyn FnMut(Progress),
    stage: Stage,
    done: u64,
    total: u64,
    told: u64,
}

impl<'a> StageProgress<'a> {
    pub(crate) fn begin(tell: &'a mut dyn FnMut(Progress), stage: Stage, done: u64, total: u64) -> Self {
        tell(Progress { stage, done, total });
        Self { tell, stage, done, total, told: done }
    }

    pub(crate) fn add(&mut self, bytes: u64) {
        self.set(self.done + bytes);
    }

    /// Moves to `done` bytes, which may lie behind: a server that ignores a range starts over.
    pub(crate) fn set(&mut self, done: u64) {
        self.done = done;
        let step = (self.total / 200).max(1);
        if done < self.told || done - self.told >= step || done == self.total {
            self.told = done;
            (self.tell)(Progress { stage: self.stage, done, total: self.total });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_start_the_end_and_a_bounded_number_of_steps() {
        let mut told = Vec::new();
        let mut tell = |p: Progress| told.push(p.done);
        let mut progress = StageProgress::begin(&mut tell, Stage::Checking, 0, 1_000_000);
        for _ in 0..1_000_000 / 100 {
            progress.add(100);
        }
        assert_eq!(told.first(), Some(&0));
        assert_eq!(told.last(), Some(&1_000_000));
        assert!(told.len() <= 202, "{}", told.len());
    }
}
