//! Fetching a published file by its address, from a scripted server on this computer.
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod server;

use std::time::Duration;

use cueline_models::{
    Catalog, FetchOptions, FetchVia, Fingerprint, ModelError, ModelFolder, ModelState, Progress, Stage,
};
use server::{Answer, Server};

/// A model for these tests is any file whose SHA-256 the catalogue states.
fn contents() -> Vec<u8> {
    (0..300_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

struct Case {
    data: tempfile::TempDir,
    folder: ModelFolder,
    server: Server,
    options: FetchOptions,
    told: Vec<Progress>,
}

impl Case {
    fn new(answers: Vec<Answer>) -> Self {
        let server = Server::start(contents(), answers);
        let data = tempfile::tempdir().unwrap();
        let catalog = format!(
            "default = \"m\"\n[[model]]\nid = \"m\"\nabout = \"\"\nsize = {}\nsha256 = \"{}\"\nweights = \"q8_0\"\nlicence = \
             \"MIT\"\nlanguages = [\"en\"]\n[[model.source]]\nvia = \"url\"\nurl = \"{}\"\n",
            contents().len(),
            Fingerprint::of(&contents()),
            server.url(),
        );
        let folder = ModelFolder::with_catalog(data.path(), Catalog::parse(&catalog).unwrap());
        let options = FetchOptions {
            via: FetchVia::Url,
            attempts: 3,
            pause: Duration::ZERO,
            ..FetchOptions::default()
        };
        Self { data, folder, server, options, told: Vec::new() }
    }

    fn fetch(&mut self) -> Result<(), ModelError> {
        let told = &mut self.told;
        let path = self.folder.fetch("m", &self.options, &mut |progress| told.push(progress))?;
        assert_eq!(std::fs::read(path).unwrap(), contents());
        Ok(())
    }

    fn state(&self) -> ModelState {
        self.folder.list()[0].state
    }

    /// What lies in the folder besides the lock.
    fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.data.path().join("models")).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != "fetch.lock");
        names.sort();
        names
    }
}

#[test]
fn a_whole_download_is_checked_and_named_last() {
    let mut case = Case::new(vec![Answer::Whole]);
    assert!(matches!(case.folder.path("m"), Err(ModelError::Missing { .. })));
    case.fetch().unwrap();
    assert_eq!(case.state(), ModelState::Ready);
    assert_eq!(case.files(), ["m.bin"]);
    assert!(case.folder.ready("m") && case.folder.verify("m").is_ok());
    assert_eq!(case.server.ranges(), [None]);
    let size = contents().len() as u64;
    for stage in [Stage::Downloading, Stage::Checking] {
        assert!(case.told.contains(&Progress { stage, done: size, total: size }), "{:?}", case.told);
    }
}

#[test]
fn a_sound_model_is_not_fetched_again_and_a_broken_one_is() {
    let mut case = Case::new(vec![Answer::Whole, Answer::Whole]);
    case.fetch().unwrap();
    case.fetch().unwrap();
    assert_eq!(case.server.ranges().len(), 1);
    let path = case.folder.path("m").unwrap();
    let mut bytes = contents();
    bytes[1000] ^= 1;
    std::fs::write(path, bytes).unwrap();
    case.fetch().unwrap();
    assert_eq!(case.server.ranges().len(), 2);
}

#[test]
fn cut_connections_are_resumed_where_they_broke() {
    let mut case = Case::new(vec![Answer::Cut(100_000), Answer::Cut(100_000), Answer::Whole]);
    case.fetch().unwrap();
    assert_eq!(case.server.ranges(), [None, Some("bytes=100000-".into()), Some("bytes=200000-".into())]);
}

#[test]
fn a_download_that_broke_off_goes_on_in_the_next_fetch() {
    let mut case =
        Case::new(vec![Answer::Cut(70_000), Answer::Cut(5), Answer::Cut(5), Answer::Cut(5), Answer::Whole]);
    let error = case.fetch().unwrap_err().to_string();
    assert!(
        error.contains("broke off at byte 70015 of 300000") && error.contains("goes on where"),
        "{error}"
    );
    assert_eq!(case.state(), ModelState::Partial { done: 70_015 });
    case.fetch().unwrap();
    assert_eq!(case.server.ranges().last(), Some(&Some("bytes=70015-".into())));
    assert_eq!(case.files(), ["m.bin"]);
}

#[test]
fn a_server_that_ignores_ranges_sends_it_all_again() {
    let mut case = Case::new(vec![Answer::Cut(100_000), Answer::WholeWithoutRanges]);
    case.fetch().unwrap();
    assert_eq!(case.server.ranges(), [None, Some("bytes=100000-".into())]);
}

#[test]
fn a_part_that_the_server_does_not_know_is_thrown_away() {
    let mut case = Case::new(vec![Answer::Cut(100_000), Answer::Status(416), Answer::Whole]);
    case.fetch().unwrap();
    assert_eq!(case.server.ranges(), [None, Some("bytes=100000-".into()), None]);
}

#[test]
fn another_part_than_asked_for_is_not_appended() {
    let mut case = Case::new(vec![Answer::Cut(100_000), Answer::WrongRange(50_000), Answer::Whole]);
    case.fetch().unwrap();
    assert_eq!(case.server.ranges(), [None, Some("bytes=100000-".into()), None]);
}

#[test]
fn a_server_that_is_busy_is_asked_again() {
    let mut case = Case::new(vec![Answer::Status(503), Answer::Status(429), Answer::Whole]);
    case.fetch().unwrap();
}

#[test]
fn a_wrong_size_is_refused_before_anything_is_kept() {
    let mut longer = contents();
    longer.push(0);
    for (announced, answer) in [
        ("300001", Answer::Other(longer.clone())),
        ("299999", Answer::Other(contents()[1..].to_vec())),
        // Without an announced length the surplus shows only at the end.
        ("300001", Answer::OtherUnannounced(longer)),
    ] {
        let mut case = Case::new(vec![answer]);
        let error = case.fetch().unwrap_err();
        assert!(matches!(error, ModelError::WrongSize { .. }), "{error}");
        assert!(error.to_string().contains(announced) && error.to_string().contains("300000"), "{error}");
        assert!(case.files().iter().all(|name| name != "m.bin"));
        assert_eq!(case.state(), ModelState::Missing);
    }
}

#[test]
fn wrong_contents_are_refused_and_not_kept() {
    let mut wrong = contents();
    wrong[123_456] ^= 1;
    let mut case = Case::new(vec![Answer::Other(wrong.clone())]);
    let error = case.fetch().unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, ModelError::WrongHash { .. }), "{text}");
    assert!(text.contains(&Fingerprint::of(&wrong).to_string()) && text.contains("--via pip"), "{text}");
    assert_eq!(case.files(), [""; 0]);
}

#[test]
fn a_resumed_download_with_wrong_contents_is_fetched_once_more() {
    let mut case = Case::new(vec![Answer::Whole]);
    let models = case.data.path().join("models");
    std::fs::create_dir(&models).unwrap();
    // The beginning of some other file.
    std::fs::write(models.join("m.part"), vec![7; 200_000]).unwrap();
    case.server.push(Answer::Whole);
    case.fetch().unwrap();
    assert_eq!(case.server.ranges(), [Some("bytes=200000-".into()), None]);
}

#[test]
fn silence_is_not_waited_out() {
    let mut case = Case::new(vec![Answer::Stall(10_000)]);
    case.options.stall = Duration::from_secs(1);
    case.options.attempts = 1;
    let error = case.fetch().unwrap_err();
    assert!(error.to_string().contains("nothing arrived for 1 seconds"), "{error}");
    assert_eq!(case.state(), ModelState::Partial { done: 10_000 });
}

#[test]
fn a_file_that_is_not_there_is_not_asked_for_again() {
    let mut case = Case::new(vec![Answer::Status(404), Answer::Whole]);
    let error = case.fetch().unwrap_err();
    assert!(matches!(error, ModelError::Refused { status: 404, .. }), "{error}");
    assert_eq!(case.server.ranges().len(), 1);
    assert_eq!(case.files(), [""; 0]);
}

#[test]
fn a_server_that_is_not_there_is_given_up_at_once() {
    let mut case = Case::new(vec![]);
    case.server.stop();
    let error = case.fetch().unwrap_err();
    assert!(matches!(error, ModelError::Connection { at: 0, .. }), "{error}");
    assert!(error.to_string().contains("HTTPS_PROXY"), "{error}");
    assert_eq!(case.files(), [""; 0]);
}

#[test]
fn a_second_fetch_at_the_same_time_is_turned_away() {
    let mut case = Case::new(vec![Answer::Whole]);
    let models = case.data.path().join("models");
    std::fs::create_dir(&models).unwrap();
    let held = std::fs::File::create(models.join("fetch.lock")).unwrap();
    held.lock().unwrap();
    assert!(matches!(case.fetch(), Err(ModelError::Busy { .. })));
    drop(held);
    case.fetch().unwrap();
}

#[test]
fn verify_says_what_is_wrong() {
    let mut case = Case::new(vec![Answer::Whole]);
    case.fetch().unwrap();
    let path = case.folder.path("m").unwrap();
    let verify = || case.folder.verify("m").unwrap_err().to_string();
    std::fs::write(&path, &contents()[..1234]).unwrap();
    assert!(verify().contains("ends at byte 1234 of 300000"), "{}", verify());
    assert_eq!(case.state(), ModelState::Broken { found: 1234 });
    std::fs::write(&path, vec![0; 300_001]).unwrap();
    assert!(verify().contains("has 300001 bytes instead of 300000"), "{}", verify());
    std::fs::write(&path, vec![0; 300_000]).unwrap();
    assert!(verify().contains("its SHA-256 is"), "{}", verify());
    std::fs::remove_file(&path).unwrap();
    assert!(verify().contains("`cueline models fetch m`"), "{}", verify());
    assert!(case.folder.verify("n").unwrap_err().to_string().contains("choose one of m"));
}
