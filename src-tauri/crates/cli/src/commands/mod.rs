//! One file a command.

pub(crate) mod bench;
pub(crate) mod calls;
pub(crate) mod devices;
pub(crate) mod improve;
pub(crate) mod lab;
pub(crate) mod live;
pub(crate) mod models;
pub(crate) mod playbook;
pub(crate) mod probe;
pub(crate) mod rehearse;
pub(crate) mod replay;
