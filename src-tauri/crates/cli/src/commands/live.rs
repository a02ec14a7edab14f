use crate::arguments::{Common, Live};
use crate::call_report::CallReport;
use crate::call_setup;
use crate::exit::Ended;
use crate::printing::complain;
use anyhow::Context;
use cueline_audio::DeviceId;
use cueline_live::Source;
use std::sync::atomic::Ordering;

pub(crate) fn run(common: &Common, arguments: Live) -> anyhow::Result<Ended> {
    let agent = arguments.agent.map(DeviceId::from);
    let customer = arguments.customer.map(DeviceId::from);
    let setup = call_setup::prepare(common, &arguments.call, Source::Devices { agent, customer })?;
    let mut report = CallReport::new(arguments.call.json, &setup.playbook);
    let call = cueline_live::start(setup, move |event| report.tell(event))?;
    let ending = call.ending();
    ctrlc::set_handler(move || ending.store(true, Ordering::Relaxed)).context("Ctrl-C can't be watched")?;
    complain("The call is running. Ctrl-C ends it.");
    call.wait()?;
    Ok(Ended::Done)
}
