//! One window in two shapes: the large one, and a small one that stays above all others.

use crate::state::lock;
use crate::window_places::{Place, WindowPlaces};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tauri::{LogicalSize, PhysicalPosition, PhysicalSize, WebviewWindow};
use ts_rs::TS;

/// The small window's size, in logical pixels.
const COMPACT: LogicalSize<f64> = LogicalSize::new(360.0, 132.0);
/// The large window's least size, as in `tauri.conf.json`.
const FULL_LEAST: LogicalSize<f64> = LogicalSize::new(360.0, 480.0);
/// The size that it has when nothing is remembered, as in `tauri.conf.json`.
const FULL: LogicalSize<f64> = LogicalSize::new(1100.0, 760.0);
/// How long a desktop may take to lift the window above the others.
const LIFTING: Duration = Duration::from_millis(500);

/// How the window stands after it was made small, or large again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub(crate) struct CompactState {
    /// Whether it stays above all others; false where the desktop forbids it.
    on_top: bool,
}

/// The window's shape, and where it stood in the other one.
pub(crate) struct Compact {
    data_dir: PathBuf,
    shape: Mutex<Shape>,
}

struct Shape {
    compact: bool,
    places: WindowPlaces,
}

impl Compact {
    pub(crate) fn new(data_dir: &Path) -> Self {
        let shape = Shape { compact: false, places: WindowPlaces::load(data_dir) };
        Self { data_dir: data_dir.to_owned(), shape: Mutex::new(shape) }
    }

    /// Puts the large window where it stood when Cueline was last left.
    ///
    /// # Errors
    /// When the window is gone.
    pub(crate) fn restore(&self, window: &WebviewWindow) -> tauri::Result<()> {
        let full = lock(&self.shape).places.full;
        full.map_or(Ok(()), |full| put(window, full))
    }

    /// Makes the window small and keeps it on top, or large again.
    ///
    /// # Errors
    /// When the window is gone.
    pub(crate) fn set(&self, window: &WebviewWindow, on: bool) -> tauri::Result<CompactState> {
        let mut shape = lock(&self.shape);
        if shape.compact != on {
            if on && window.is_maximized()? {
                window.unmaximize()?;
            }
            shape.note(window)?;
            shape.places.save(&self.data_dir);
            shape.compact = on;
            window.set_always_on_top(on)?;
            let (least, usual) = if on { (COMPACT, COMPACT) } else { (FULL_LEAST, FULL) };
            let place = if on { shape.places.compact } else { shape.places.full };
            window.set_min_size(Some(least))?;
            match place {
                Some(place) => put(window, place)?,
                None => window.set_size(usual)?,
            }
        }
        drop(shape);
        Ok(CompactState { on_top: on && is_lifted(window)? })
    }

    /// Remembers where the window stands, because it is about to go.
    pub(crate) fn leave(&self, window: &WebviewWindow) {
        let mut shape = lock(&self.shape);
        match shape.note(window) {
            Ok(()) => shape.places.save(&self.data_dir),
            Err(error) => tracing::warn!(%error, "the window's place is not known"),
        }
    }
}

impl Shape {
    /// A window that fills the screen or is put away stands nowhere that is worth remembering.
    fn note(&mut self, window: &WebviewWindow) -> tauri::Result<()> {
        if window.is_maximized()? || window.is_minimized()? || window.is_fullscreen()? {
            return Ok(());
        }
        let (PhysicalPosition { x, y }, PhysicalSize { width, height }) =
            (window.outer_position()?, window.inner_size()?);
        let place = Some(Place { x, y, width, height });
        *if self.compact { &mut self.places.compact } else { &mut self.places.full } = place;
        Ok(())
    }
}

fn put(window: &WebviewWindow, place: Place) -> tauri::Result<()> {
    let main = window.primary_monitor()?;
    let others = window.available_monitors()?;
    let screens = main.iter().chain(&others).map(|monitor| {
        let (PhysicalPosition { x, y }, PhysicalSize { width, height }) =
            (*monitor.position(), *monitor.size());
        Place { x, y, width, height }
    });
    let place = place.on(&screens.collect::<Vec<_>>());
    window.set_size(PhysicalSize::new(place.width, place.height))?;
    window.set_position(PhysicalPosition::new(place.x, place.y))
}

/// Whether the desktop did keep the window on top: it says so a moment later, or never.
fn is_lifted(window: &WebviewWindow) -> tauri::Result<bool> {
    let until = Instant::now() + LIFTING;
    while !window.is_always_on_top()? {
        if Instant::now() >= until {
            return Ok(false);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(true)
}
