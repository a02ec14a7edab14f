use crate::arguments::{Common, LaneName, PaceName, Replay};
use crate::call_report::CallReport;
use crate::call_setup;
use crate::exit::{Ended, WrongUsage};
use cueline_audio::{AudioError, CallFile};
use cueline_events::Lane;
use cueline_live::{Pace, Source};

pub(crate) fn run(common: &Common, arguments: Replay) -> anyhow::Result<Ended> {
    let pace = match arguments.pace {
        PaceName::Realtime => Pace::Realtime,
        PaceName::Max => Pace::Max,
    };
    let file = Box::new(open(&arguments)?);
    let setup = call_setup::prepare(common, &arguments.call, Source::File { file, pace })?;
    let mut report = CallReport::new(arguments.call.json, &setup.playbook);
    cueline_live::start(setup, move |event| report.tell(event))?.wait()?;
    Ok(Ended::Done)
}

fn open(arguments: &Replay) -> anyhow::Result<CallFile> {
    let opened = match (&arguments.recording, &arguments.agent, &arguments.customer) {
        (Some(recording), ..) => CallFile::open(recording, arguments.lane.map(lane)),
        (None, Some(agent), Some(customer)) => CallFile::open_pair(agent, customer),
        _ => return Err(WrongUsage("a recording is needed, or --agent and --customer".into()).into()),
    };
    opened.map_err(|error| match error {
        // What was said of the lanes does not fit the file: that is the command line's fault.
        AudioError::LaneMissing { .. } => {
            WrongUsage(format!("{error} (--lane agent, or --lane customer)")).into()
        }
        AudioError::LaneUnwanted { .. } => WrongUsage(format!("{error} (without --lane)")).into(),
        other => other.into(),
    })
}

fn lane(name: LaneName) -> Lane {
    match name {
        LaneName::Agent => Lane::Agent,
        LaneName::Customer => Lane::Customer,
    }
}
