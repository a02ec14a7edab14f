//! Cueline's entry in a folder of programs that start with the desktop, as freedesktop.org's "Desktop Application Autostart"
//! and "Desktop Entry" specifications have it.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

const NAME: &str = "Cueline.desktop";

/// Puts an entry there that starts `command`.
///
/// # Errors
/// When the folder can't be written, or the command can't be named there.
pub(super) fn put(folder: &Path, command: &[&OsStr]) -> io::Result<()> {
    let words = command.iter().map(|word| word.to_str().map(quoted)).collect::<Option<Vec<_>>>();
    let words = words.ok_or_else(|| io::Error::other("a folder's name is not UTF-8 text"))?;
    fs::create_dir_all(folder)?;
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Cueline\nExec={}\nStartupNotify=false\nTerminal=false\n",
        words.join(" ")
    );
    fs::write(folder.join(NAME), entry)
}

/// Takes the entry away, if it is there.
///
/// # Errors
/// When the folder can't be written.
pub(super) fn take_away(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(NAME)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A word of a command in quotes, so that spaces and signs in it mean themselves. An entry's value is escaped once more
/// than the command, and `%` would begin what a desktop fills in.
fn quoted(word: &str) -> String {
    let mut quoted = String::from('"');
    for sign in word.chars() {
        match sign {
            '"' | '`' | '$' => quoted.extend(["\\\\", sign.encode_utf8(&mut [0; 4])]),
            '\\' => quoted.push_str("\\\\\\\\"),
            '%' => quoted.push_str("%%"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            _ => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_can_be_started() {
        for (path, written) in [
            ("/usr/bin/cueline-app", r#""/usr/bin/cueline-app""#),
            ("/opt/Call tools/cueline-app", r#""/opt/Call tools/cueline-app""#),
            ("/opt/100%/a\"b", r#""/opt/100%%/a\\"b""#),
            ("/opt/$HOME/`id`", r#""/opt/\\$HOME/\\`id\\`""#),
            ("/opt/back\\slash", r#""/opt/back\\\\slash""#),
            ("/opt/two\nlines", r#""/opt/two\nlines""#),
        ] {
            assert_eq!(quoted(path), written);
        }
    }

    #[test]
    fn an_entry_is_put_and_taken_away_as_often_as_anybody_likes() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("autostart");
        take_away(&folder).unwrap();
        for program in ["/opt/old/cueline-app", "/opt/new/cueline-app"] {
            put(&folder, &[OsStr::new(program), OsStr::new("--data-dir"), OsStr::new("/home/mo/calls")])
                .unwrap();
        }
        let entry = fs::read_to_string(folder.join(NAME)).unwrap();
        let starts = "Exec=\"/opt/new/cueline-app\" \"--data-dir\" \"/home/mo/calls\"";
        assert!(entry.lines().any(|line| line == starts), "{entry}");
        take_away(&folder).unwrap();
        take_away(&folder).unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }
}
