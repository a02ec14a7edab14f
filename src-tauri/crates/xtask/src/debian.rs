//! The system's packages, on Debian and its relatives. Elsewhere the list is shown and the build goes on.

use crate::shell::{self, say, step};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// What building and running needs.
pub(crate) const BUILD: &[&str] =
    &["build-essential", "cmake", "pkg-config", "libwebkit2gtk-4.1-dev", "libasound2-dev", "libssl-dev"];

/// What the tests need besides: a display, a window manager, a message bus, icons in a tray, a browser driver, an audio
/// server, a voice that reads figures.
pub(crate) const TEST: &[&str] = &[
    "xvfb",
    "openbox",
    "dbus-daemon",
    "libayatana-appindicator3-1",
    "webkit2gtk-driver",
    "pulseaudio",
    "pulseaudio-utils",
    "flite",
];

/// Installs what is missing of `packages`.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    if !Path::new("/usr/bin/apt-get").exists() {
        if cfg!(target_os = "linux") {
            say(&format!("This is not Debian. Cueline needs what Debian calls: {}", packages.join(" ")));
        }
        return Ok(());
    }
    let mut missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    // The models come through pip where only a package index can be reached.
    if !has_pip() && packages == BUILD {
        missing.push("python3-pip");
    }
    if missing.is_empty() {
        return Ok(());
    }
    step(&format!("installing {}", missing.join(" ")));
    shell::run(&mut as_root("apt-get", &["update", "-qq"]))?;
    let mut install = as_root("apt-get", &["install", "-y", "-qq", "--no-install-recommends"]);
    shell::run(install.args(&missing)).context("the packages above are needed; install them and try again")
}

fn is_installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Status}", package])
        .output()
        .is_ok_and(|output| output.stdout == b"installed")
}

fn has_pip() -> bool {
    Command::new("python3")
        .args(["-m", "pip", "--version"])
        .output()
        .is_ok_and(|output| output.status.success())
}

fn as_root(program: &str, arguments: &[&str]) -> Command {
    let is_root = shell::output("id", &["-u"]).is_ok_and(|id| id.trim() == "0");
    let mut command = if is_root { Command::new(program) } else { Command::new("sudo") };
    if !is_root {
        command.arg(program);
    }
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command
}
