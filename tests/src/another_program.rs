use crate::Display;
use std::time::{Duration, Instant};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    ConfigureWindowAux, ConnectionExt, CreateWindowAux, EventMask, GrabMode, InputFocus, KEY_PRESS_EVENT,
    KEY_RELEASE_EVENT, Keycode, Keysym, ModMask, StackMode, Window, WindowClass,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

const CONTROL: Keysym = 0xffe3;
const ALT: Keysym = 0xffe9;
/// How long the display may take to do what it is asked for.
const SOON: Duration = Duration::from_secs(20);
/// How often a condition is looked at again.
const AGAIN: Duration = Duration::from_millis(20);

/// Another program beside the app: it has a window and the keyboard, and may have keys for itself.
pub struct AnotherProgram {
    connection: RustConnection,
    root: Window,
    window: Window,
}

impl AnotherProgram {
    /// Opens its window on a display, and gives it the keyboard.
    pub fn on(display: &Display) -> Self {
        let (connection, root) = display.connect();
        let window = connection.generate_id().expect("an id is free");
        let events = CreateWindowAux::new().event_mask(EventMask::KEY_PRESS | EventMask::EXPOSURE);
        let made = connection.create_window(
            x11rb::COPY_DEPTH_FROM_PARENT,
            window,
            root,
            0,
            0,
            1000,
            800,
            0,
            WindowClass::INPUT_OUTPUT,
            x11rb::COPY_FROM_PARENT,
            &events,
        );
        made.expect("sent").check().expect("a window");
        connection.map_window(window).expect("sent").check().expect("it is shown");
        let program = Self { connection, root, window };
        program.await_event("its window is drawn", |event| matches!(event, Event::Expose(_)));
        program.take_the_keyboard();
        program
    }

    /// Its window.
    pub fn window(&self) -> Window {
        self.window
    }

    /// Comes to the front, with the keyboard.
    pub fn take_the_keyboard(&self) {
        let top = ConfigureWindowAux::new().stack_mode(StackMode::ABOVE);
        self.connection.configure_window(self.window, &top).expect("sent").check().expect("it comes up");
        let focus = self.connection.set_input_focus(InputFocus::PARENT, self.window, x11rb::CURRENT_TIME);
        focus.expect("sent").check().expect("it is shown");
        self.until("it has the keyboard", || self.has_the_keyboard());
    }

    /// Whether what is typed goes to it.
    pub fn has_the_keyboard(&self) -> bool {
        self.connection.get_input_focus().expect("sent").reply().expect("somebody has it").focus
            == self.window
    }

    /// Presses a key together with Ctrl and Alt on the keyboard of the display.
    pub fn press_ctrl_alt(&self, key: char) {
        self.press_together(&[CONTROL, ALT, Keysym::from(key)]);
    }

    /// Types a letter, and waits until it has read it.
    pub fn reads_what_is_typed(&self, letter: char) {
        self.press_together(&[Keysym::from(letter)]);
        self.read_up_to(letter);
    }

    /// Whether a key that is pressed with Ctrl and Alt comes to it, since nobody took that for himself.
    pub fn reads_ctrl_alt(&self, key: char) -> bool {
        self.press_ctrl_alt(key);
        // What is typed after it comes after it.
        self.press_together(&[Keysym::from('x')]);
        self.read_up_to('x').contains(&self.keycode(Keysym::from(key)))
    }

    /// Takes a key together with Ctrl and Alt for itself, wherever the keyboard is. False where somebody has it already.
    pub fn takes_ctrl_alt(&self, key: char) -> bool {
        let (with, key) = (ModMask::CONTROL | ModMask::M1, self.keycode(Keysym::from(key)));
        let grab = self.connection.grab_key(false, self.root, with, key, GrabMode::ASYNC, GrabMode::ASYNC);
        grab.expect("sent").check().is_ok()
    }

    /// Gives such a key back.
    pub fn gives_back_ctrl_alt(&self, key: char) {
        let (with, key) = (ModMask::CONTROL | ModMask::M1, self.keycode(Keysym::from(key)));
        self.connection.ungrab_key(key, self.root, with).expect("sent").check().expect("it had the key");
    }

    fn press_together(&self, keys: &[Keysym]) {
        let keys = keys.iter().map(|&key| self.keycode(key)).collect::<Vec<_>>();
        let presses = keys.iter().map(|&key| (KEY_PRESS_EVENT, key));
        let releases = keys.iter().rev().map(|&key| (KEY_RELEASE_EVENT, key));
        for (kind, key) in presses.chain(releases) {
            let press = self.connection.xtest_fake_input(kind, key, x11rb::CURRENT_TIME, self.root, 0, 0, 0);
            press.expect("sent").check().expect("the display has a keyboard");
        }
    }

    /// The keys that come to it before a letter, which has to come.
    fn read_up_to(&self, letter: char) -> Vec<Keycode> {
        let (last, mut read) = (self.keycode(Keysym::from(letter)), Vec::new());
        self.await_event(&format!("it reads `{letter}`"), |event| match event {
            Event::KeyPress(press) if press.detail == last => true,
            Event::KeyPress(press) => {
                read.push(press.detail);
                false
            }
            _ => false,
        });
        read
    }

    fn keycode(&self, key: Keysym) -> Keycode {
        let setup = self.connection.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let map = self.connection.get_keyboard_mapping(first, last - first + 1).expect("sent");
        let map = map.reply().expect("the display has a keyboard");
        let each = map.keysyms.chunks(map.keysyms_per_keycode.into());
        let found = (first..).zip(each).find(|(_, on_it)| on_it.first() == Some(&key));
        found.unwrap_or_else(|| panic!("no key of this keyboard is {key:#x}")).0
    }

    fn await_event(&self, what: &str, mut is_it: impl FnMut(&Event) -> bool) {
        self.until(what, || {
            std::iter::from_fn(|| self.connection.poll_for_event().expect("the display answers"))
                .any(|event| is_it(&event))
        });
    }

    fn until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let deadline = Instant::now() + SOON;
        while !is_so() {
            assert!(Instant::now() < deadline, "waited {} s until {what}", SOON.as_secs());
            std::thread::sleep(AGAIN);
        }
    }
}
