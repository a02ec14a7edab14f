//! What this process has used.

use std::fs;

/// Processor seconds so far, in user and kernel mode; `None` where the system does not say.
pub(crate) fn cpu_seconds() -> Option<f64> {
    /// Linux counts in hundredths of a second for every program.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name in brackets may hold spaces; times are the 14th and 15th field.
    let after: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| after.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

/// The most memory that was resident at once, in MB of 10^6 bytes.
pub(crate) fn peak_memory_mb() -> Option<f64> {
    status("VmHWM:")
}

/// The memory that is resident now, in MB of 10^6 bytes.
pub(crate) fn memory_mb() -> Option<f64> {
    status("VmRSS:")
}

/// Open files, sockets and pipes.
pub(crate) fn handles() -> Option<usize> {
    Some(fs::read_dir("/proc/self/fd").ok()?.count())
}

/// The processor's name.
pub(crate) fn processor() -> Option<String> {
    let info = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = info.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn status(key: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(key))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<f64>().ok()? * 1.024e-3)
}
