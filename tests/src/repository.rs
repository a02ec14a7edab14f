use std::path::{Path, PathBuf};

/// The top folder of the repository.
pub fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A program of this workspace, built beside the running test.
///
/// # Panics
/// When it was not built: `cargo xtask test` builds it first.
pub fn built_program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own path");
    let folder = test.parent().and_then(Path::parent).expect("tests lie in target/PROFILE/deps");
    let program = folder.join(name).with_extension(std::env::consts::EXE_EXTENSION);
    assert!(program.is_file(), "{} is not built; run `cargo xtask test`", program.display());
    program
}
