use super::Playbook;
use cueline_events::{CallContext, Mode};
use std::sync::{Arc, OnceLock};

const FILES: [(&str, &str); 2] = [
    ("collections-us", include_str!("../../../../playbooks/collections-us.toml")),
    ("customer-service", include_str!("../../../../playbooks/customer-service.toml")),
];

/// Parsed once; a file that ships inside the program and cannot be read is left out, which a test prevents.
fn parsed() -> &'static [(&'static str, Arc<Playbook>)] {
    static PARSED: OnceLock<Vec<(&'static str, Arc<Playbook>)>> = OnceLock::new();
    PARSED.get_or_init(|| {
        let read = |(id, toml)| Some((id, Arc::new(Playbook::parse(toml, id).ok()?)));
        FILES.into_iter().filter_map(read).collect()
    })
}

impl Playbook {
    /// The ids of the playbooks that ship inside the program.
    pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(id, _)| *id)
    }

    /// The built-in playbook of this id.
    pub fn built_in(id: &str) -> Option<Arc<Playbook>> {
        parsed().iter().find(|(known, _)| *known == id).map(|(_, playbook)| Arc::clone(playbook))
    }

    /// The built-in playbook for a call: by its mode.
    pub fn for_context(context: &CallContext) -> Arc<Playbook> {
        let id = match context.mode {
            Mode::ThirdParty | Mode::FirstParty => FILES[0].0,
            Mode::CustomerService => FILES[1].0,
        };
        Playbook::built_in(id).expect("a test reads every built-in playbook")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_playbook_reads_and_passes_its_own_tests() {
        for (id, toml) in FILES {
            let playbook = Playbook::parse(toml, id).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(playbook.id, id);
            let faults: Vec<String> = playbook.check().iter().map(ToString::to_string).collect();
            assert!(faults.is_empty(), "{id}\n{}", faults.join("\n"));
        }
    }

    #[test]
    fn the_mode_chooses_the_playbook() {
        for (mode, id) in [
            (Mode::ThirdParty, "collections-us"),
            (Mode::FirstParty, "collections-us"),
            (Mode::CustomerService, "customer-service"),
        ] {
            let context = CallContext { mode, ..CallContext::default() };
            let playbook = Playbook::for_context(&context);
            assert_eq!(playbook.id().id, id);
            assert!(playbook.modes().contains(&mode));
        }
    }
}
