use crate::{Machine, ModelError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// How long models take on this computer, as measured here. Kept in `machine.toml` of the data folder until the
/// computer is another one.
#[derive(Debug, Clone)]
pub struct Speeds {
    file: PathBuf,
    kept: Kept,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    /// The model that was recommended by these figures.
    #[serde(default)]
    recommended: String,
    machine: Machine,
    /// Seconds of work for a look at three seconds of speech, by model.
    #[serde(default)]
    three_second_look: BTreeMap<String, f64>,
}

impl Speeds {
    /// What was measured on this computer so far. A file that is missing or broken, or speaks of another computer,
    /// counts as none: measuring again takes seconds.
    pub fn load(data_dir: &Path, machine: Machine) -> Self {
        let file = data_dir.join("machine.toml");
        let read = fs::read_to_string(&file).ok().and_then(|text| toml::from_str::<Kept>(&text).ok());
        let kept = read.filter(|kept| kept.machine == machine).unwrap_or_else(|| Kept {
            recommended: String::new(),
            machine,
            three_second_look: BTreeMap::new(),
        });
        Self { file, kept }
    }

    /// The computer that the figures are of.
    pub fn machine(&self) -> &Machine {
        &self.kept.machine
    }

    /// Seconds of work that a model took for a look at three seconds of speech, if that was measured here.
    pub fn measured(&self, id: &str) -> Option<f64> {
        self.kept.three_second_look.get(id).copied().filter(|seconds| seconds.is_finite() && *seconds > 0.0)
    }

    /// Every figure that was measured here.
    pub fn all_measured(&self) -> impl Iterator<Item = (&str, f64)> {
        self.kept.three_second_look.keys().filter_map(|id| Some((id.as_str(), self.measured(id)?)))
    }

    /// Keeps a figure, and the recommendation that follows from it.
    ///
    /// # Errors
    /// When the file can't be written; the figure holds for this run all the same.
    pub fn keep(&mut self, id: &str, seconds: f64) -> Result<(), ModelError> {
        self.kept.three_second_look.insert(id.to_owned(), seconds);
        self.kept.recommended = crate::advice::recommended(self).to_owned();
        let text = toml::to_string(&self.kept).unwrap_or_default();
        let fresh = self.file.with_extension("toml.new");
        let write = || fs::write(&fresh, text).and_then(|()| fs::rename(&fresh, &self.file));
        write().map_err(ModelError::io("writing", &self.file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(processor: &str) -> Machine {
        Machine { processor: processor.into(), cores: 2, engine: "cpu".into(), memory_gb: 8 }
    }

    #[test]
    fn figures_are_kept_until_the_computer_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let mut speeds = Speeds::load(folder.path(), machine("one"));
        assert_eq!(speeds.measured("base-q8_0"), None);
        speeds.keep("base-q8_0", 0.19).unwrap();
        speeds.keep("tiny.en-q8_0", 0.08).unwrap();
        let again = Speeds::load(folder.path(), machine("one"));
        assert_eq!(again.measured("base-q8_0"), Some(0.19));
        assert_eq!(again.all_measured().count(), 2);
        let text = fs::read_to_string(folder.path().join("machine.toml")).unwrap();
        assert!(text.contains("recommended = \"base-q8_0\""), "{text}");
        assert_eq!(Speeds::load(folder.path(), machine("another")).measured("base-q8_0"), None);
    }

    #[test]
    fn a_broken_file_counts_as_none() {
        for text in ["", "three_second_look = 7", "\u{0}", "[machine]\nprocessor = \"one\""] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("machine.toml"), text).unwrap();
            assert_eq!(Speeds::load(folder.path(), machine("one")).all_measured().count(), 0, "{text}");
        }
    }
}
