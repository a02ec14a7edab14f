//! Where the window stood, large and small: `window.toml` of the data folder.

use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// So much of a window has to be on a screen for a person to take hold of it, in pixels.
const HANDLE: (i64, i64) = (120, 40);

/// A window's place on the screens, in physical pixels: its corner with the frame, its size without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// The two places that are remembered; `None` before the window was ever there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct WindowPlaces {
    pub(crate) full: Option<Place>,
    pub(crate) compact: Option<Place>,
}

impl WindowPlaces {
    /// The places of a data folder; none where the file is missing or can't be read. It is no loss worth a word.
    pub(crate) fn load(data_dir: &Path) -> Self {
        let text = fs::read_to_string(data_dir.join("window.toml")).unwrap_or_default();
        toml::from_str(&text).unwrap_or_default()
    }

    /// Keeps the places. The window opens without them as well, so a failure is for the program's log alone.
    pub(crate) fn save(&self, data_dir: &Path) {
        let (file, fresh) = (data_dir.join("window.toml"), data_dir.join("window.toml.new"));
        let text = toml::to_string(self).unwrap_or_default();
        if let Err(error) = fs::write(&fresh, text).and_then(|()| fs::rename(&fresh, &file)) {
            tracing::warn!(%error, "the window's place could not be kept");
        }
    }
}

impl Place {
    /// The same place where it can be taken hold of; else the nearest one that lies on a screen whole. Screens come and
    /// go. The first screen is the main one.
    pub(crate) fn on(self, screens: &[Place]) -> Self {
        if screens.is_empty() || screens.iter().any(|screen| self.can_be_held_on(screen)) {
            return self;
        }
        let overlap = |screen: &&Place| self.overlap(screen);
        let most = screens.iter().rev().max_by_key(overlap).unwrap_or(&screens[0]);
        let screen = if self.overlap(most) > 0 { most } else { &screens[0] };
        let (width, height) = (self.width.min(screen.width), self.height.min(screen.height));
        let within = |at: i32, from: i32, room: u32| {
            let last = i64::from(from) + i64::from(room);
            i64::from(at).clamp(i64::from(from), last) as i32
        };
        Self {
            x: within(self.x, screen.x, screen.width - width),
            y: within(self.y, screen.y, screen.height - height),
            width,
            height,
        }
    }

    /// Its title can be seen there and caught with the mouse.
    fn can_be_held_on(self, screen: &Place) -> bool {
        let title = Self { height: HANDLE.1 as u32, ..self };
        let (width, height) = title.shared(screen);
        width >= HANDLE.0.min(i64::from(self.width)) && height >= HANDLE.1
    }

    fn overlap(self, other: &Place) -> i64 {
        let (width, height) = self.shared(other);
        width * height
    }

    /// Width and height of what both cover.
    fn shared(self, other: &Place) -> (i64, i64) {
        let along = |a: i32, a_length: u32, b: i32, b_length: u32| {
            let end = (i64::from(a) + i64::from(a_length)).min(i64::from(b) + i64::from(b_length));
            (end - i64::from(a).max(i64::from(b))).max(0)
        };
        (along(self.x, self.width, other.x, other.width), along(self.y, self.height, other.y, other.height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(x: i32, y: i32, width: u32, height: u32) -> Place {
        Place { x, y, width, height }
    }

    #[test]
    fn a_window_is_found_on_a_screen_again() {
        let main = place(0, 0, 1920, 1080);
        let left = place(-1280, 0, 1280, 1024);
        for (kept, screens, found) in [
            (place(100, 100, 800, 600), &[main][..], place(100, 100, 800, 600)),
            (place(1700, 1000, 800, 600), &[main], place(1700, 1000, 800, 600)),
            (place(-1000, 50, 360, 132), &[main, left], place(-1000, 50, 360, 132)),
            (place(-1000, 50, 360, 132), &[main], place(0, 50, 360, 132)),
            (place(5000, 9000, 800, 600), &[main, left], place(1120, 480, 800, 600)),
            (place(1900, 100, 800, 600), &[main], place(1120, 100, 800, 600)),
            (place(100, -500, 800, 600), &[main], place(100, 0, 800, 600)),
            (place(9000, 0, 4000, 3000), &[main], place(0, 0, 1920, 1080)),
            (place(i32::MAX, i32::MIN, u32::MAX, u32::MAX), &[main], place(0, 0, 1920, 1080)),
            (place(5000, 9000, 800, 600), &[], place(5000, 9000, 800, 600)),
        ] {
            assert_eq!(kept.on(screens), found, "{kept:?}");
        }
    }

    #[test]
    fn places_are_kept_and_a_broken_file_is_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(WindowPlaces::load(folder.path()), WindowPlaces::default());
        let places = WindowPlaces { full: Some(place(1, 2, 3, 4)), compact: Some(place(-5, 6, 360, 132)) };
        places.save(folder.path());
        assert_eq!(WindowPlaces::load(folder.path()), places);
        WindowPlaces { compact: None, ..places }.save(folder.path());
        assert_eq!(WindowPlaces::load(folder.path()).compact, None);
        fs::write(folder.path().join("window.toml"), "full = 7").unwrap();
        assert_eq!(WindowPlaces::load(folder.path()), WindowPlaces::default());
    }
}
