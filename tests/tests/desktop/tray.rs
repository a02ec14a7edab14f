//! The icon in the tray and its menu.

use crate::steps::{IN_THE_CALL, SOON, appears, goes, pauses, playing_the_sample_call};
use cueline_tests::webdriver::AppWindow;
use cueline_tests::{Cueline, Display, Screen, Tray};

#[test]
fn the_tray_pauses_the_call_makes_the_window_small_shows_it_and_ends_the_app_properly() {
    let user = Cueline::new();
    user.has_seen_the_guide();
    let tray = Tray::start(user.data_dir());
    let display = Display::with_window_manager(user.data_dir());
    let arguments = playing_the_sample_call();
    let arguments = arguments.each_ref().map(String::as_str);
    let window = AppWindow::on(display, &user, &arguments, tray.environment());
    let icon = tray.icon();
    assert_eq!(icon.offers(), ["Show Cueline", "Compact", "Pause", "", "Quit"]);
    appears(&window, "call-clock");

    icon.choose("Pause");
    pauses(&window);
    icon.choose("Pause");
    goes(&window, "pause-banner");

    let screen = Screen::of(window.display());
    icon.choose("Compact");
    appears(&window, "compact-line");
    window.until("it is above the others", SOON, || screen.is_kept_above().then_some(()));
    icon.choose("Compact");
    goes(&window, "compact-line");

    screen.put_away();
    window.until("the window is put away", SOON, || screen.is_put_away().then_some(()));
    icon.choose("Show Cueline");
    window.until("the window is back and has the keyboard", SOON, || {
        (!screen.is_put_away() && screen.is_in_front()).then_some(())
    });

    window.text("[data-testid=transcript]", IN_THE_CALL);
    icon.choose("Quit");
    window.until_gone(IN_THE_CALL);
    let listed = user.run(&["calls", "list", "--json"]);
    assert_eq!(listed.code, 0, "{}", listed.err);
    for said in ["\"running\":false", "\"repaired\":false", "Robin Hale"] {
        assert!(listed.out.contains(said), "the call was closed by its own program: {}", listed.out);
    }
}
