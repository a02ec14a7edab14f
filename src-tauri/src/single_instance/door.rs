//! The socket at which second starts are heard, on Unix.

use super::Handed;
use std::fs::{self, DirBuilder, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::thread::Builder;
use std::time::Duration;

/// How long a second start tries to be heard, and either side waits for the other's next word.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// More than any context or link that a person or a dialler would hand over, in bytes.
const LONGEST: u64 = 64 * 1024;
/// What the first one says when it has taken over.
const TAKEN: &[u8] = b"taken\n";

/// Where second starts are heard.
pub(super) struct Door {
    listener: UnixListener,
    folder: PathBuf,
}

impl Door {
    pub(super) fn open(lock: &mut File, data_dir: &Path) -> io::Result<Self> {
        let folder = folder(data_dir);
        let socket = folder.join("window.sock");
        private_folder(&folder, lock.metadata()?.uid())?;
        match fs::remove_file(&socket) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&socket)?;
        lock.set_len(0)?;
        lock.rewind()?;
        lock.write_all(socket.as_os_str().as_encoded_bytes())?;
        Ok(Self { listener, folder })
    }

    pub(super) fn listen(&self, take: impl Fn(Handed) + Send + 'static) -> io::Result<()> {
        let listener = self.listener.try_clone()?;
        let body = move || {
            for stream in listener.incoming() {
                // The error itself may quote what was brought, a customer's name for one.
                if let Err(error) = stream.and_then(|stream| hear(stream, &take)) {
                    tracing::warn!(kind = ?error.kind(), "a second start could not be understood");
                }
            }
        };
        Builder::new().name("door".into()).spawn(body).map(drop)
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A path in the data folder may be too long for a socket, so it has a short one of its own, the same at each start.
fn folder(data_dir: &Path) -> PathBuf {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|folder| folder.is_dir());
    let mut hash = DefaultHasher::new();
    data_dir.hash(&mut hash);
    runtime.unwrap_or_else(std::env::temp_dir).join(format!("cueline-{:016x}", hash.finish()))
}

/// Makes a folder that nobody else can enter; one that is somebody else's is refused.
fn private_folder(folder: &Path, owner: u32) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        other => return other,
    }
    let found = fs::symlink_metadata(folder)?;
    if !found.is_dir() || found.uid() != owner {
        let message = format!("{} is somebody else's", folder.display());
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

fn hear(mut stream: UnixStream, take: &impl Fn(Handed)) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut said = String::new();
    BufReader::new((&stream).take(LONGEST)).read_line(&mut said)?;
    take(serde_json::from_str(&said)?);
    stream.write_all(TAKEN)
}

/// Brings it to the door that the lock file names, and waits until it was taken.
pub(super) fn hand_over(lock_file: &Path, handed: &Handed) -> io::Result<()> {
    let socket = fs::read_to_string(lock_file)?;
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(format!("{}\n", serde_json::to_string(handed)?).as_bytes())?;
    let mut answer = Vec::new();
    stream.take(LONGEST).read_to_end(&mut answer)?;
    if answer == TAKEN { Ok(()) } else { Err(io::Error::other("the running Cueline did not take over")) }
}
