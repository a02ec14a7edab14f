//! The session logs: one file for what each command does.

mod access_log;
mod calibration;
mod choice;
mod confirming;
mod dates;
mod delete;
mod export;
mod hold;
mod import;
mod list;
mod passphrase;
mod playlists;
mod retention;
mod search;
mod show;
mod tasks;
mod verify;

use super::improve;
use crate::arguments::{Calls, CallsCommand, Common};
use crate::data_folder::data_folder;
use crate::exit::Ended;
use crate::role_choice::act;
use crate::unlocking::open_store;

pub(crate) fn run(common: &Common, CallsCommand { role, command }: CallsCommand) -> anyhow::Result<Ended> {
    let data = data_folder(common)?;
    let store = open_store(&data)?;
    match command {
        // These tell nothing that was said, so anybody may.
        Calls::Improve { call, model } => improve::run(&data, &store, call, model.as_deref()),
        Calls::Verify { call } => verify::run(&store, call),
        Calls::List(options) => list::run(&act(&store, &role)?, options),
        Calls::Show { call, improved, json } => {
            show::run(common, &act(&store, &role)?, &call, improved, json)
        }
        Calls::Search(options) => search::run(&act(&store, &role)?, options),
        Calls::Calibration(options) => calibration::run(common, &act(&store, &role)?, options),
        Calls::Playlists(options) => playlists::run(&act(&store, &role)?, options),
        Calls::Tasks(options) => tasks::run(&act(&store, &role)?, options),
        Calls::Export(options) => export::run(common, &act(&store, &role)?, &options),
        Calls::Import(options) => import::run(&store, &act(&store, &role)?, &options),
        Calls::Delete(options) => delete::run(&act(&store, &role)?, &options),
        Calls::Hold(options) => hold::run(&act(&store, &role)?, &options),
        Calls::Retention(options) => retention::run(&store, &act(&store, &role)?, &options),
        Calls::AccessLog(options) => access_log::run(&act(&store, &role)?, options),
        Calls::Passphrase(what) => passphrase::run(&act(&store, &role)?, what),
    }
}
