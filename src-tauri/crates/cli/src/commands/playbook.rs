use crate::arguments::{Playbook, PlaybookCommand};
use crate::exit::Ended;
use crate::playbook_choice::load;
use crate::printing::{complain, line};

pub(crate) fn run(arguments: &Playbook) -> anyhow::Result<Ended> {
    let PlaybookCommand::Check { file } = &arguments.command;
    let playbook = load(file)?;
    let faults = playbook.check();
    for fault in &faults {
        complain(&format!("{}: {fault}", file.display()));
    }
    let view = playbook.view();
    let cues = view.cues.len();
    if faults.is_empty() {
        line(&format!("{} {}: {cues} cues, and every test passes", view.id, view.version))?;
        return Ok(Ended::Done);
    }
    line(&format!("{} {}: {cues} cues, and {} tests fail", view.id, view.version, faults.len()))?;
    Ok(Ended::Differs)
}
