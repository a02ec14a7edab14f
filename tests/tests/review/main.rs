//! What a team lead does in the window with calls that are kept.
#![cfg(target_os = "linux")]

mod exported;
mod killed;
mod many_calls;
mod one_call;
mod steps;
