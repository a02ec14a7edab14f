//! The rules of the house that can be read off its files (design rules 1, 2, 5 and the layout).

use cueline_tests::repository;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every crate of the workspace, its manifest's text, by folder name.
fn manifests() -> BTreeMap<String, String> {
    let crates = repository().join("src-tauri/crates");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(crates).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.push(repository().join("src-tauri"));
    let read = |folder: PathBuf| {
        let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        (folder.file_name().unwrap().to_string_lossy().into_owned(), text)
    };
    folders.into_iter().map(read).collect()
}

fn depends_on(manifest: &str, dependency: &str) -> bool {
    manifest
        .lines()
        .any(|line| line.strip_prefix(dependency).is_some_and(|rest| rest.starts_with([' ', '=', '.'])))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn each_system_library_lives_in_one_crate() {
    for (library, home) in [
        ("cpal", "audio"),
        ("whisper-rs", "speech"),
        ("rusqlite", "calls"),
        ("tauri", "src-tauri"),
        ("ureq", "models"),
    ] {
        let users: Vec<String> = manifests()
            .into_iter()
            .filter(|(_, text)| depends_on(text, library))
            .map(|(name, _)| name)
            .collect();
        assert_eq!(users, [home], "{library} belongs in one crate");
    }
}

#[test]
fn rooms_do_not_know_each_other() {
    let rooms = ["audio", "speech", "cues", "calls", "models"];
    let manifests = manifests();
    for room in rooms {
        for other in rooms.iter().chain(&["live"]) {
            let knows = depends_on(&manifests[room], &format!("cueline-{other}"));
            assert!(!knows, "{room} must not know {other}: `live` wires them");
        }
    }
}

/// Design rule 5: only `models` may open a connection. What could open one is either a library made for it, which
/// the manifests would name, or the standard library's sockets, which the sources would name.
#[test]
fn only_models_can_open_a_connection() {
    let libraries = [
        "ureq",
        "reqwest",
        "hyper",
        "curl",
        "attohttpc",
        "isahc",
        "tungstenite",
        "tokio-tungstenite",
        "socket2",
    ];
    for (name, manifest) in manifests() {
        for library in libraries {
            assert!(name == "models" || !depends_on(&manifest, library), "{name} depends on {library}");
        }
    }
    let mut files = Vec::new();
    sources(&repository().join("src-tauri"), &mut files);
    assert!(files.len() > 50, "the sources were not found");
    for file in files {
        if file.starts_with(repository().join("src-tauri/crates/models")) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for socket in ["TcpStream", "TcpListener", "UdpSocket", "std::net", "tokio::net"] {
            assert!(!text.contains(socket), "{} uses {socket}", file.display());
        }
    }
}

/// Design rule 5, for the window: it can load nothing from outside and run nothing that was not built in.
#[test]
fn the_window_is_closed() {
    let text = fs::read_to_string(repository().join("src-tauri/tauri.conf.json")).unwrap();
    let config: serde_json::Value = serde_json::from_str(&text).unwrap();
    let csp = config.pointer("/app/security/csp").and_then(|csp| csp.as_str()).expect("a CSP as one string");
    assert!(csp.contains("default-src 'self'"), "{csp}");
    for hole in ["unsafe-inline", "unsafe-eval", "*", "https:"] {
        assert!(!csp.contains(hole), "the CSP has a hole: {hole}");
    }
    assert!(config.pointer("/plugins/updater").is_none(), "nothing looks for updates by itself");
}

/// The cue engine is pure: the same input gives the same output because nothing else can reach it (design rule 3).
#[test]
fn the_cue_engine_has_no_clock_no_threads_and_no_files() {
    let mut files = Vec::new();
    sources(&repository().join("src-tauri/crates/cues/src"), &mut files);
    assert!(!files.is_empty());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for world in
            ["Instant", "SystemTime", "std::thread", "std::fs", "std::env", "HashMap<", "HashSet<", "rand::"]
        {
            assert!(!text.contains(world), "{} uses {world}", file.display());
        }
    }
}
