use crate::display::ProcessGroup;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};
use zbus::message::Header;
use zbus::names::OwnedUniqueName;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

/// How long an icon may take to come to the tray.
const COMES: Duration = Duration::from_secs(60);
const WATCHER: &str = "/StatusNotifierWatcher";

/// A message bus of the test's own with a desktop's tray on it, and nothing else. Dropping it ends both.
pub struct Tray {
    // Dropped in this order: the tray, then the bus.
    connection: Connection,
    came: Receiver<(OwnedUniqueName, String)>,
    _bus: ProcessGroup,
    address: String,
}

/// A program's icon in the tray.
pub struct Icon {
    connection: Connection,
    owner: OwnedUniqueName,
    path: String,
}

/// One line of an icon's menu: its number and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    id: i32,
    label: String,
}

impl Tray {
    /// Starts it; `scratch` is for the bus's socket.
    ///
    /// # Panics
    /// When there is no message bus to start.
    pub fn start(scratch: &Path) -> Self {
        let (bus, address) = start_bus(scratch);
        let (told, came) = channel();
        let connection = Builder::address(address.as_str())
            .and_then(|builder| builder.serve_at(WATCHER, Watcher { told }))
            .and_then(|builder| builder.name("org.kde.StatusNotifierWatcher"))
            .and_then(Builder::build)
            .expect("the bus of the test's own takes the test");
        Self { connection, came, _bus: bus, address }
    }

    /// The environment in which a program finds this tray and no other.
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        vec![("DBUS_SESSION_BUS_ADDRESS", self.address.clone().into())]
    }

    /// The next icon that a program brings.
    ///
    /// # Panics
    /// When none comes.
    pub fn icon(&self) -> Icon {
        let came = self.came.recv_timeout(COMES);
        let (owner, path) = came.unwrap_or_else(|_| {
            panic!("no icon came; on Debian programs need `apt-get install libayatana-appindicator3-1`")
        });
        Icon { connection: self.connection.clone(), owner, path }
    }
}

impl Icon {
    /// What its menu offers, from top to bottom; a line between is "".
    pub fn offers(&self) -> Vec<String> {
        self.items().into_iter().map(|item| item.label).collect()
    }

    /// Chooses what its menu calls so.
    ///
    /// # Panics
    /// When the menu has no such line.
    pub fn choose(&self, label: &str) {
        let items = self.items();
        let found = items.iter().find(|item| item.label == label);
        let Item { id, .. } = found.unwrap_or_else(|| panic!("the tray's menu lacks `{label}`: {items:?}"));
        let nothing = Value::from(0);
        let clicked: zbus::Result<()> = self.menu().call("Event", &(id, "clicked", nothing, 0u32));
        // A program that ends at once needs not answer.
        if let Err(error) = clicked {
            assert!(label == "Quit", "`{label}` can't be chosen: {error}");
        }
    }

    fn items(&self) -> Vec<Item> {
        type Node = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);
        let every_property: &[&str] = &[];
        let (_, (_, _, children)): (u32, Node) =
            self.menu().call("GetLayout", &(0, -1, every_property)).expect("the icon has a menu");
        let item = |child: OwnedValue| {
            let (id, properties, _): Node = Value::from(child).downcast().expect("a line of a menu");
            let label = properties.get("label").and_then(|label| String::try_from(label.clone()).ok());
            Item { id, label: label.unwrap_or_default() }
        };
        children.into_iter().map(item).collect()
    }

    fn menu(&self) -> Proxy<'_> {
        let menu: OwnedObjectPath = self
            .proxy(&self.path, "org.kde.StatusNotifierItem")
            .get_property("Menu")
            .expect("the icon says where its menu is");
        self.proxy(menu.as_str(), "com.canonical.dbusmenu")
    }

    fn proxy(&self, path: &str, interface: &'static str) -> Proxy<'_> {
        Proxy::new(&self.connection, self.owner.clone(), path.to_owned(), interface)
            .expect("the icon's program is on the bus")
    }
}

/// What desktops with a tray have on their bus: programs tell it of their icons.
struct Watcher {
    told: Sender<(OwnedUniqueName, String)>,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, item: &str, #[zbus(header)] header: Header<'_>) {
        if let Some(owner) = header.sender() {
            // The test may be over already.
            let _ = self.told.send((owner.to_owned().into(), item.to_owned()));
        }
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Starts a message bus that starts no services: no key store, portal or accessibility service comes up on it.
fn start_bus(scratch: &Path) -> (ProcessGroup, String) {
    let config = scratch.join("bus.conf");
    let rules = format!(
        "<busconfig><type>session</type><listen>unix:dir={}</listen><policy context=\"default\">\
         <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
        scratch.display()
    );
    std::fs::write(&config, rules).expect("the scratch folder can be written");
    let mut command = Command::new("dbus-daemon");
    command
        .arg(format!("--config-file={}", config.display()))
        .args(["--nofork", "--print-address"])
        .stderr(Stdio::null());
    ProcessGroup::start_and_hear(&mut command, "dbus-daemon")
}
