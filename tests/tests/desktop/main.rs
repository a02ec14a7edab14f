//! The app as a part of the desktop: its keys while another program has the keyboard, the small window above the others, the
//! tray, the start at login.
#![cfg(target_os = "linux")]

mod compact;
mod global_keys;
mod login;
mod steps;
mod tray;
