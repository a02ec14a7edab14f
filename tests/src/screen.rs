use crate::Display;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConfigureWindowAux, ConnectionExt, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

/// The iconic state of a window, as the window manager is asked for it (ICCCM 4.1.4).
const ICONIC: u32 = 3;

/// What a display shows of the app's window, looked at from outside as a desktop does.
pub struct Screen {
    connection: RustConnection,
    root: Window,
}

/// Where a window stands, in pixels, without a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// From the left of the screen.
    pub x: i32,
    /// From its top.
    pub y: i32,
    /// How wide it is.
    pub width: u32,
    /// How high it is.
    pub height: u32,
}

impl Screen {
    /// The screen of a display.
    pub fn of(display: &Display) -> Self {
        let (connection, root) = display.connect();
        Self { connection, root }
    }

    /// Whether a window manager has the windows: it says so at a window of its own.
    pub(crate) fn is_managed(&self) -> bool {
        self.numbers(self.root, "_NET_SUPPORTING_WM_CHECK").first().is_some_and(|&window| window != 0)
    }

    /// Where the app's window stands.
    pub fn place(&self) -> Place {
        let window = self.app_window();
        let size = self.connection.get_geometry(window).expect("sent").reply().expect("the window's size");
        let at = self.connection.translate_coordinates(window, self.root, 0, 0).expect("sent");
        let at = at.reply().expect("the window's place");
        let [x, y] = [at.dst_x, at.dst_y].map(i32::from);
        let [width, height] = [size.width, size.height].map(u32::from);
        Place { x, y, width, height }
    }

    /// Moves the app's window, as somebody does with the mouse.
    pub fn move_to(&self, x: i32, y: i32) {
        let place = ConfigureWindowAux::new().x(x).y(y);
        self.connection.configure_window(self.app_window(), &place).expect("sent").check().expect("it moves");
    }

    /// Whether the window manager keeps the app's window above all others.
    pub fn is_kept_above(&self) -> bool {
        self.has_state("_NET_WM_STATE_ABOVE")
    }

    /// Whether the app's window is put away.
    pub fn is_put_away(&self) -> bool {
        self.has_state("_NET_WM_STATE_HIDDEN")
    }

    /// Whether the app's window has the keyboard, as the window manager sees it.
    pub fn is_in_front(&self) -> bool {
        self.numbers(self.root, "_NET_ACTIVE_WINDOW") == [self.app_window()]
    }

    /// Puts the app's window away, as the line in its corner does.
    pub fn put_away(&self) {
        let window = self.app_window();
        let message = ClientMessageEvent::new(32, window, self.atom("WM_CHANGE_STATE"), [ICONIC, 0, 0, 0, 0]);
        let manager = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        self.connection.send_event(false, self.root, manager, message).expect("sent").check().expect("taken");
    }

    /// Asks the app's window to close, as the cross in its corner does.
    pub(crate) fn ask_to_close(&self) {
        let (window, delete) = (self.app_window(), self.atom("WM_DELETE_WINDOW"));
        let message = ClientMessageEvent::new(32, window, self.atom("WM_PROTOCOLS"), [delete, 0, 0, 0, 0]);
        let sent = self.connection.send_event(false, window, EventMask::NO_EVENT, message);
        sent.expect("sent").check().expect("the window is there");
    }

    /// Whether another window stands above the app's.
    pub fn is_covered_by(&self, other: Window) -> bool {
        let bottom_up = self.numbers(self.root, "_NET_CLIENT_LIST_STACKING");
        let height = |window| bottom_up.iter().position(|&one| one == window).expect("the window is managed");
        height(other) > height(self.app_window())
    }

    /// The one window, framed or not, that can be asked to close.
    fn app_window(&self) -> Window {
        let mut found = Vec::new();
        self.closable_below(self.root, &mut found);
        let &[window] = found.as_slice() else { panic!("{} windows could be the app's", found.len()) };
        window
    }

    fn closable_below(&self, parent: Window, found: &mut Vec<Window>) {
        let delete = self.atom("WM_DELETE_WINDOW");
        let tree = self.connection.query_tree(parent).expect("sent").reply();
        for window in tree.map(|tree| tree.children).unwrap_or_default() {
            if self.numbers(window, "WM_PROTOCOLS").contains(&delete) && self.was_shown(window) {
                found.push(window);
            } else {
                self.closable_below(window, found);
            }
        }
    }

    /// Whether a window is shown, or was and is put away. Toolkits have others that never are.
    fn was_shown(&self, window: Window) -> bool {
        let state = self.connection.get_window_attributes(window).expect("sent").reply();
        state.is_ok_and(|state| state.map_state != MapState::UNMAPPED)
            || !self.numbers(window, "_NET_WM_STATE").is_empty()
    }

    fn has_state(&self, state: &str) -> bool {
        self.numbers(self.app_window(), "_NET_WM_STATE").contains(&self.atom(state))
    }

    /// A property's numbers; none where a window lacks it or has gone.
    fn numbers(&self, window: Window, property: &str) -> Vec<u32> {
        let property = self.atom(property);
        let asked = self.connection.get_property(false, window, property, AtomEnum::ANY, 0, 1024);
        let property = asked.expect("sent").reply();
        property.ok().and_then(|property| property.value32().map(Iterator::collect)).unwrap_or_default()
    }

    fn atom(&self, name: &str) -> Atom {
        let asked = self.connection.intern_atom(false, name.as_bytes()).expect("sent");
        asked.reply().expect("the display knows names").atom
    }
}
