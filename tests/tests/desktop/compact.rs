//! The small window, on a desktop that keeps it above the others and on one that does not.

use crate::steps::{IN_THE_CALL, SOON, appears, goes, playing_the_sample_call};
use cueline_tests::webdriver::AppWindow;
use cueline_tests::{AnotherProgram, Cueline, Display, Place, Screen};

/// The key for the small window and back, as WebDriver writes it.
const F9: &str = "\u{e039}";
const SMALL: (u32, u32) = (360, 132);

/// The app in the sample call, on a desktop with frames around its windows.
fn in_a_call_on_a_desktop(user: &Cueline) -> AppWindow {
    let arguments = playing_the_sample_call();
    let arguments = arguments.each_ref().map(String::as_str);
    let window = AppWindow::on(Display::with_window_manager(user.data_dir()), user, &arguments, Vec::new());
    appears(&window, "call-clock");
    window
}

/// Where the window stands once it has a size.
#[track_caller]
fn place_at_size(window: &AppWindow, screen: &Screen, (width, height): (u32, u32)) -> Place {
    window.until(&format!("the window is {width} × {height}"), SOON, || {
        Some(screen.place()).filter(|place| (place.width, place.height) == (width, height))
    })
}

#[track_caller]
fn stands_at(window: &AppWindow, screen: &Screen, place: Place) {
    window
        .until(&format!("the window stands at {place:?}"), SOON, || (screen.place() == place).then_some(()));
}

#[test]
fn the_small_window_stays_above_the_others_and_remembers_its_place() {
    let user = Cueline::new();
    user.has_seen_the_guide();
    let window = in_a_call_on_a_desktop(&user);
    let screen = Screen::of(window.display());
    assert!(!screen.is_kept_above(), "the large window is one among others");
    screen.move_to(90, 70);
    let large = window.until("the window was moved", SOON, || {
        Some(screen.place()).filter(|place| (place.x - 90).abs() < 40 && (place.y - 70).abs() < 40)
    });

    window.press(F9);
    appears(&window, "compact-line");
    place_at_size(&window, &screen, SMALL);
    window.until("the desktop keeps it above", SOON, || screen.is_kept_above().then_some(()));
    assert!(!window.text("[data-testid=compact-line]", SOON).contains("Can't stay on top"));
    let other = AnotherProgram::on(window.display());
    assert!(!screen.is_covered_by(other.window()), "what comes to the front stays below it");

    screen.move_to(700, 500);
    let small = window.until("the small window was moved", SOON, || {
        Some(screen.place()).filter(|place| (place.x - 700).abs() < 40 && (place.y - 500).abs() < 40)
    });
    window.press(F9);
    goes(&window, "compact-line");
    window.until("the desktop lets it down", SOON, || (!screen.is_kept_above()).then_some(()));
    stands_at(&window, &screen, large);
    other.take_the_keyboard();
    window.until("others may cover it", SOON, || screen.is_covered_by(other.window()).then_some(()));
    window.press(F9);
    stands_at(&window, &screen, small);

    window.press_close();
    window.until_gone(IN_THE_CALL);
    drop((other, screen, window));

    let window = in_a_call_on_a_desktop(&user);
    let screen = Screen::of(window.display());
    stands_at(&window, &screen, large);
    window.press(F9);
    appears(&window, "compact-line");
    stands_at(&window, &screen, small);
    window.until("the desktop keeps it above", SOON, || screen.is_kept_above().then_some(()));
}

#[test]
fn where_the_desktop_keeps_no_window_above_the_small_one_says_so_once() {
    let user = Cueline::new();
    user.has_seen_the_guide();
    let arguments = playing_the_sample_call();
    let window = AppWindow::of(&user, &arguments.each_ref().map(String::as_str));
    let screen = Screen::of(window.display());
    appears(&window, "call-clock");
    window.press(F9);
    let line = window.text("[data-testid=compact-line]", SOON);
    window.until("it says that it can't stay on top", SOON, || {
        window.text("[data-testid=compact-line]", SOON).contains("Can't stay on top").then_some(())
    });
    assert!(!screen.is_kept_above(), "{line}");
    // It works all the same: it has the small window's size, and what it needs is in it.
    place_at_size(&window, &screen, SMALL);
    window.click("[data-testid=compact-line] .words + button", SOON);
    window.press(F9);
    goes(&window, "compact-line");
    window.press(F9);
    appears(&window, "compact-line");
    place_at_size(&window, &screen, SMALL);
    let line = window.text("[data-testid=compact-line]", SOON);
    assert!(!line.contains("Can't stay on top"), "it was said and read: {line}");
    assert!(window.has("now-card"));
}
