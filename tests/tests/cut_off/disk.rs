//! What a power cut may leave of what a program did.

use crate::folder::Files;
use cueline_tests::Step;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A folder on a disk. What was synced is on it; of what came after, any beginning may be.
#[derive(Default)]
pub(crate) struct Disk {
    files: Vec<Content>,
    names: Vec<Naming>,
    /// So many of the names' changes are on the disk.
    durable: usize,
}

#[derive(Default)]
struct Content {
    bytes: Vec<u8>,
    /// So many bytes are on the disk.
    durable: usize,
}

enum Naming {
    Create(PathBuf, usize),
    Rename(PathBuf, PathBuf),
}

/// What becomes of bytes that were not synced.
#[derive(Debug, Clone, Copy)]
enum Loss {
    All,
    Half,
    /// The file's length was written, the bytes were not.
    Zeroes,
    None,
}

impl Disk {
    /// Does a step; `written` gives the bytes that were written to a file, from a place on.
    pub(crate) fn does(&mut self, step: &Step, written: impl Fn(&Path, usize, usize) -> Vec<u8>) {
        match step {
            Step::Create(path) => {
                self.files.push(Content::default());
                self.names.push(Naming::Create(path.clone(), self.files.len() - 1));
            }
            Step::Write { file, offset, length } => {
                let number = self.named(self.names.len())[file];
                let content = &mut self.files[number];
                assert_eq!(content.bytes.len(), *offset, "{} is written from start to end", file.display());
                content.bytes.extend(written(file, *offset, *length));
            }
            Step::Sync(path) => match self.named(self.names.len()).get(path) {
                Some(number) => self.files[*number].durable = self.files[*number].bytes.len(),
                // A folder.
                None => self.durable = self.names.len(),
            },
            Step::Rename(from, to) => self.names.push(Naming::Rename(from.clone(), to.clone())),
            Step::Other(_) => {}
        }
    }

    /// Every state in which the folder may be found when the power fails now.
    pub(crate) fn after_a_power_cut(&self) -> Vec<Files> {
        let mut states = Vec::new();
        for changes in self.durable..=self.names.len() {
            for loss in [Loss::All, Loss::Half, Loss::Zeroes, Loss::None] {
                let left = |(path, number): (PathBuf, usize)| {
                    let name = path.file_name().expect("a file").to_string_lossy().into_owned();
                    (name, self.files[number].left(loss))
                };
                states.push(self.named(changes).into_iter().map(left).collect());
            }
        }
        states
    }

    /// Which file has which name after so many changes.
    fn named(&self, changes: usize) -> BTreeMap<PathBuf, usize> {
        let mut named = BTreeMap::new();
        for change in &self.names[..changes] {
            match change {
                Naming::Create(path, number) => named.insert(path.clone(), *number),
                Naming::Rename(from, to) => {
                    let number = named.remove(from).expect("what is renamed was there");
                    named.insert(to.clone(), number)
                }
            };
        }
        named
    }
}

impl Content {
    fn left(&self, loss: Loss) -> Vec<u8> {
        let (kept, lost) = self.bytes.split_at(self.durable);
        match loss {
            Loss::All => kept.to_vec(),
            Loss::Half => [kept, &lost[..lost.len() / 2]].concat(),
            Loss::Zeroes => [kept, &vec![0; lost.len()]].concat(),
            Loss::None => self.bytes.clone(),
        }
    }
}
