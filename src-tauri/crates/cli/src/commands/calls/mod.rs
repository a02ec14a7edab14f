//! The session logs: one file for what each command does.

mod confirming;
mod dates;
mod delete;
mod export;
mod hold;
mod list;
mod retention;
mod search;
mod show;
mod verify;

use super::improve;
use crate::arguments::{Calls, Common};
use crate::data_folder::data_folder;
use crate::exit::Ended;
use crate::unlocking::open_store;

pub(crate) fn run(common: &Common, command: Calls) -> anyhow::Result<Ended> {
    let data = data_folder(common)?;
    let store = open_store(&data)?;
    match command {
        Calls::List(options) => list::run(&store, options),
        Calls::Show { call, improved, json } => show::run(common, &store, &call, improved, json),
        Calls::Improve { call, model } => improve::run(&data, &store, call, model.as_deref()),
        Calls::Search(options) => search::run(&store, options),
        Calls::Verify { call } => verify::run(&store, call),
        Calls::Export(options) => export::run(common, &store, &options),
        Calls::Delete(options) => delete::run(&store, &options),
        Calls::Hold(options) => hold::run(&store, &options),
        Calls::Retention(options) => retention::run(&store, &options),
    }
}
