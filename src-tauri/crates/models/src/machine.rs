use serde::{Deserialize, Serialize};
use sysinfo::{CpuRefreshKind, MemoryRefreshKind, RefreshKind, System};

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
