use crate::repository::repository;
use cueline_events::Lane;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A two-lane recording and its script.
pub struct Recording {
    file: PathBuf,
    script: PathBuf,
    pieces: TempDir,
}

impl Recording {
    /// The sample call that comes with the app.
    pub fn sample_call() -> Self {
        let folder = repository().join("src-tauri/sample");
        Self {
            file: folder.join("sample-call.wav"),
            script: folder.join("sample-call.json"),
            pieces: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// Any stereo recording of 16 bits, with its script beside it: `CALL.wav`, `CALL.json`.
    ///
    /// # Panics
    /// When there is no temporary folder.
    pub fn of_file(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            script: file.with_extension("json"),
            pieces: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// What two voices of the system's speech synthesis say in turn, half a second between them. It has no script.
    ///
    /// # Panics
    /// When there is no `flite`: `cargo xtask test` installs it.
    pub fn spoken(turns: &[(Lane, &str)]) -> Self {
        const RATE: usize = 16_000;
        let pieces = tempfile::tempdir().expect("a temporary folder");
        let part = pieces.path().join("turn.wav");
        let mut samples: Vec<i16> = vec![0; RATE];
        for (lane, words) in turns {
            let (voice, side) = match lane {
                Lane::Agent => ("slt", 0),
                Lane::Customer => ("rms", 1),
            };
            let spoken = Command::new("flite").args(["-voice", voice, "-t", words, "-o"]).arg(&part).status();
            assert!(
                spoken.is_ok_and(|ended| ended.success()),
                "flite speaks; on Debian: apt-get install flite"
            );
            let mut reader = hound::WavReader::open(&part).expect("flite writes WAV");
            for sample in reader.samples::<i16>() {
                let mut both = [0; 2];
                both[side] = sample.expect("a whole file");
                samples.extend(both);
            }
            samples.extend(vec![0; RATE]);
        }
        let file = pieces.path().join("spoken.wav");
        let mut this = Self { script: file.with_extension("json"), file, pieces };
        this.file = this.rewritten("spoken.wav", 2, RATE as u32, samples);
        this
    }

    /// The WAV file: left = agent, right = customer.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The script, which also holds the call's context.
    ///
    /// # Panics
    /// When the repository's path is not UTF-8.
    pub fn script(&self) -> &str {
        self.script.to_str().expect("a UTF-8 path")
    }

    /// The recording's samples, interleaved, and its rate in Hz.
    ///
    /// # Panics
    /// When the file is not what it should be.
    pub fn samples(&self) -> (Vec<i16>, u32) {
        let mut reader = hound::WavReader::open(&self.file).expect("the recording opens");
        let rate = reader.spec().sample_rate;
        (reader.samples::<i16>().map(|sample| sample.expect("a whole file")).collect(), rate)
    }

    /// The same call in another form: written by `write`, from interleaved samples and their rate.
    ///
    /// # Panics
    /// When it can't be written.
    pub fn rewritten(
        &self,
        name: &str,
        channels: u16,
        rate: u32,
        samples: impl IntoIterator<Item = i16>,
    ) -> PathBuf {
        let path = self.pieces.path().join(name);
        let spec = hound::WavSpec {
            channels,
            sample_rate: rate,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(&path, spec).expect("a temporary file");
        for sample in samples {
            writer.write_sample(sample).expect("room on the disk");
        }
        writer.finalize().expect("room on the disk");
        path
    }

    /// The two lanes as mono files: the agent's and the customer's.
    pub fn lanes_as_files(&self) -> (PathBuf, PathBuf) {
        let (samples, rate) = self.samples();
        let lane = |index: usize| samples.iter().copied().skip(index).step_by(2).collect::<Vec<_>>();
        (self.rewritten("agent.wav", 1, rate, lane(0)), self.rewritten("customer.wav", 1, rate, lane(1)))
    }
}
