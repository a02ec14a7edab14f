use std::fs;

/// One program of a process group, as Linux accounts for it now.
#[derive(Debug, Clone)]
pub struct Process {
    /// Its name, cut off after 15 characters by the system.
    pub name: String,
    /// When it was started, in seconds since the system was.
    pub started: f64,
    /// Memory that is its own, shared memory by its share, in bytes.
    pub memory: u64,
    /// Seconds of processor time of its main thread.
    pub main_thread: f64,
    /// Seconds of processor time of all its threads.
    pub all_threads: f64,
}

/// Ticks of a second in `/proc`: the same on every Linux of today.
const TICKS: f64 = 100.0;

impl Process {
    /// The programs of a process group that still run.
    pub fn of_group(group: u32) -> Vec<Self> {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        ids.filter_map(|id: u32| Self::read(id, group)).collect()
    }

    /// A process that has ended meanwhile, or is of another group, is none.
    fn read(id: u32, group: u32) -> Option<Self> {
        let (name, all) = stat(&format!("/proc/{id}/stat"))?;
        if all.get(2)? != &f64::from(group) {
            return None;
        }
        let (_, main) = stat(&format!("/proc/{id}/task/{id}/stat"))?;
        let processor = |fields: &[f64]| Some((fields.get(11)? + fields.get(12)?) / TICKS);
        Some(Self {
            name,
            started: all.get(19)? / TICKS,
            memory: memory(id)?,
            main_thread: processor(&main)?,
            all_threads: processor(&all)?,
        })
    }
}

/// A process's name and the fields after it (the first, a letter, as 0), as proc(5) lists them.
fn stat(file: &str) -> Option<(String, Vec<f64>)> {
    let line = fs::read_to_string(file).ok()?;
    let (before, after) = (line.find('(')?, line.rfind(')')?);
    let fields = line[after + 1..].split_whitespace().map(|field| field.parse().unwrap_or(0.0));
    Some((line[before + 1..after].to_owned(), fields.collect()))
}

fn memory(id: u32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    Some(line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()? * 1024)
}
