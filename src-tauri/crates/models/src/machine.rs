use serde::{Deserialize, Serialize};
use sysinfo::{CpuRefreshKind, MINIMUM_CPU_UPDATE_INTERVAL, MemoryRefreshKind, RefreshKind, System};

/// Percent of all cores together from which on a machine counts as busy.
const BUSY: f32 = 25.0;

/// What decides how fast speech is recognised on a computer. What was measured on one is no figure of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor by its maker's name for it.
    pub processor: String,
    /// How many threads it runs at once.
    pub cores: usize,
    /// What this build of Cueline decodes on: `cpu`, `cuda`, `metal` or `vulkan`.
    pub engine: String,
    /// Its memory in whole gigabytes (2^30 bytes), rounded up; 0 where the system does not say.
    pub memory_gb: u64,
}

impl Machine {
    /// This computer, with what this build decodes on.
    pub fn this(engine: &str) -> Self {
        let wanted = RefreshKind::nothing()
            .with_cpu(CpuRefreshKind::nothing())
            .with_memory(MemoryRefreshKind::nothing().with_ram());
        // A system that does not say counts as one whose processor has no name.
        let system = System::new_with_specifics(wanted).ok();
        let brand = system.as_ref().and_then(|system| Some(system.cpus().first()?.brand().trim().to_owned()));
        let memory = system.as_ref().map_or(0, System::total_memory);
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let (processor, memory_gb) = (brand.unwrap_or_default(), memory.div_ceil(1 << 30));
        Self { processor, cores, engine: engine.to_owned(), memory_gb }
    }

    /// Whether so much else goes on that a figure measured now would be about that instead of the machine: the engine's
    /// threads wait for each other, and one that has to share its core makes a look many times as long. Looks for a
    /// fifth of a second; false where the system does not say.
    pub fn is_busy() -> bool {
        let wanted = RefreshKind::nothing().with_cpu(CpuRefreshKind::nothing().with_usage());
        let Ok(mut system) = System::new_with_specifics(wanted) else { return false };
        std::thread::sleep(MINIMUM_CPU_UPDATE_INTERVAL);
        system.refresh_cpu_usage();
        system.global_cpu_usage() > BUSY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_computer_is_the_same_one_twice() {
        let this = Machine::this("cpu");
        assert_eq!(this, Machine::this("cpu"));
        assert_ne!(this, Machine::this("vulkan"));
        assert!(this.cores >= 1 && this.memory_gb >= 1, "{this:?}");
    }
}
