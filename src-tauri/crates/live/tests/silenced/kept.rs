//! A call that is kept with words of our own, and what its recording is then.

use cueline_audio::CallFile;
use cueline_calls::{
    CallFilter, CallOrder, MemoryKeyStore, RecordingEnd, RecordingState, Silenced, Store, Unlock,
};
use cueline_cues::Playbook;
use cueline_events::{CallContext, CallEvent, Lane, Spoken};
use cueline_live::{CallSetup, Pace, Source, start};
use cueline_speech::{DecodeJob, Decoded, Decoder, JobKind, SpeechError, Work};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// What each utterance of a lane says, by its number; what is not named says nothing that matters.
pub(crate) type Words<'a> = &'a [(Lane, u32, &'static str)];

/// Says what it was told to, and of speech that goes on, the first words.
pub(crate) struct Scripted {
    pub(crate) words: Vec<(Lane, u32, &'static str)>,
    /// Seconds that a decode takes.
    pub(crate) work: f64,
    /// The utterance at which it fails.
    pub(crate) fails: Option<(Lane, u32)>,
}

impl Decoder for Scripted {
    fn decode(&mut self, job: &DecodeJob) -> Result<Decoded, SpeechError> {
        if self.fails == Some((job.lane, job.speech)) {
            return Err(SpeechError::Decode { seconds: job.audio.duration(), reason: "told to".into() });
        }
        let said = self.words.iter().find(|(lane, speech, _)| (*lane, *speech) == (job.lane, job.speech));
        let text = said.map_or("well yes", |(_, _, text)| text);
        // Of speech that goes on the first half is known.
        let known = if job.kind == JobKind::Tick { text.split(' ').count() / 2 } else { usize::MAX };
        let text: Vec<&str> = text.split(' ').take(known).collect();
        let text = Spoken::from(text.join(" "));
        Ok(Decoded { text, seconds: self.work, tokens: Vec::new(), work: Work::default() })
    }

    fn model(&self) -> &str {
        "scripted"
    }
}

/// A call as it was kept.
pub(crate) struct Kept {
    pub(crate) dir: TempDir,
    pub(crate) store: Store,
    pub(crate) id: String,
    pub(crate) samples: Vec<i16>,
    pub(crate) state: RecordingState,
    pub(crate) silenced: Vec<Silenced>,
    /// Lane, start, end and words.
    pub(crate) finals: Vec<(Lane, f64, f64, String)>,
}

pub(crate) fn sample_call() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample/sample-call.wav")
}

pub(crate) fn keep(file: &Path, pace: Pace, decoder: Scripted) -> Kept {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(dir.path(), &Unlock::KeyStore(Box::<MemoryKeyStore>::default())).unwrap();
    let setup = CallSetup {
        source: Source::File { file: Box::new(CallFile::open(file, None).unwrap()), pace },
        context: CallContext { recording: true, ..CallContext::default() },
        playbook: Playbook::built_in("collections-us").unwrap(),
        decoder: Arc::new(Mutex::new(decoder)),
        store: Some(store.clone()),
        agent_name: "agent".into(),
    };
    start(setup, |_| {}).unwrap().wait().unwrap();
    let id = store.list(&CallFilter::default(), CallOrder::Newest, 1, 0).unwrap().remove(0).id;
    read(dir, store, id)
}

pub(crate) fn read(dir: TempDir, store: Store, id: String) -> Kept {
    let samples = store.audio(&id, 0.0, 1e6).unwrap().unwrap();
    let state = store.recording(&id).unwrap().unwrap().state().unwrap();
    let silenced = store.waveform(&id, 100).unwrap().unwrap().silenced;
    let finals = store.show(&id).unwrap().events.into_iter().filter_map(|event| match event {
        CallEvent::Final { lane, start, end, text, .. } => Some((lane, start, end, text.as_str().to_owned())),
        _ => None,
    });
    let finals = finals.collect();
    Kept { dir, store, id, samples, state, silenced, finals }
}

pub(crate) fn scripted(words: Words<'_>) -> Scripted {
    Scripted { words: words.to_vec(), work: 0.2, fails: None }
}

pub(crate) fn frames(silenced: &Silenced) -> std::ops::Range<usize> {
    (silenced.start * 16_000.0).round() as usize..(silenced.end * 16_000.0).round() as usize
}

/// Every sample is silent where the recording says that it was silenced, and the untouched call's elsewhere.
pub(crate) fn assert_only_silenced(kept: &Kept, untouched: &Kept) {
    assert_eq!(kept.samples.len(), untouched.samples.len());
    assert_eq!((kept.state.end, kept.state.missing), (RecordingEnd::Finished, 0.0));
    for (at, (sample, other)) in kept.samples.iter().zip(&untouched.samples).enumerate() {
        let silent = kept.silenced.iter().any(|one| frames(one).contains(&(at / 2)));
        assert_eq!(*sample, if silent { 0 } else { *other }, "at {} s", at as f64 / 32_000.0);
    }
}

pub(crate) fn is_silent(kept: &Kept, start: f64, end: f64) -> bool {
    let [from, to] = [start, end].map(|second| (second * 16_000.0) as usize * 2);
    kept.samples[from..to].iter().all(|sample| *sample == 0)
}

/// The final that has these words, as the log has them.
pub(crate) fn said<'a>(kept: &'a Kept, words: &str) -> &'a (Lane, f64, f64, String) {
    let found = kept.finals.iter().find(|(.., text)| text.contains(words));
    found.unwrap_or_else(|| panic!("nobody said `{words}`: {:?}", kept.finals))
}

/// The first seconds of the sample call as a file of their own.
pub(crate) fn beginning(dir: &TempDir, seconds: usize) -> PathBuf {
    let whole = std::fs::read(sample_call()).unwrap();
    let data = whole.windows(4).position(|name| name == b"data").unwrap() + 8;
    let length = seconds * 8_000 * 4;
    let mut part = whole[..data + length].to_vec();
    part[data - 4..data].copy_from_slice(&(length as u32).to_le_bytes());
    part[4..8].copy_from_slice(&((data + length - 8) as u32).to_le_bytes());
    let file = dir.path().join("beginning.wav");
    std::fs::write(&file, part).unwrap();
    file
}
