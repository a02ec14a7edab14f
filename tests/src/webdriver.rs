//! The real app, on a display of its own, driven through WebKitWebDriver.
//!
//! One [`AppWindow`] is one virtual display, one driver and one app. The driver starts the app with
//! `TAURI_WEBVIEW_AUTOMATION=true`, which makes the app's web view accept it; no other tool is in between. There is
//! no message bus unless a test has one of its own, so that no key store, portal or accessibility service of the
//! developer's desktop takes part.
//! Everything is waited for by looking again; dropping the window ends all three programs.
//!
//! A program that is missing, a page that does not answer and a wait without end panic and say what to do.

use crate::display::{Display, ProcessGroup};
use crate::{Cueline, Process, Screen, built_program, repository};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

/// How long a program may take to start. Generous: a test machine may be busy compiling.
const START: Duration = Duration::from_secs(60);
/// How often a condition is looked at again.
const AGAIN: Duration = Duration::from_millis(50);

/// How the app is started.
pub struct Launch<'a> {
    /// The app's arguments.
    pub arguments: &'a [&'a str],
    /// Environment variables on top of those of the test.
    pub environment: &'a [(&'a str, PathBuf)],
    /// A folder for sockets.
    pub scratch: &'a Path,
}

/// The app's window under remote control. Dropping it ends the app.
pub struct AppWindow {
    client: Client,
    runtime: Runtime,
    // Dropped in this order: the driver takes the app with it, then the display goes.
    driver: ProcessGroup,
    display: Display,
}

impl AppWindow {
    /// Opens the app of a user who knows the passphrase, with arguments of its own.
    pub fn of(user: &Cueline, arguments: &[&str]) -> Self {
        Self::with(user, arguments, Vec::new())
    }

    /// The same with environment variables of its own.
    pub fn with(user: &Cueline, arguments: &[&str], environment: Vec<(&str, PathBuf)>) -> Self {
        Self::on(Display::start(), user, arguments, environment)
    }

    /// The same on a display that is there already.
    pub fn on(
        display: Display,
        user: &Cueline,
        arguments: &[&str],
        mut environment: Vec<(&str, PathBuf)>,
    ) -> Self {
        let data_dir = user.data_dir().to_str().expect("a UTF-8 path");
        let arguments = [&["--data-dir", data_dir], arguments].concat();
        environment.push(("CUELINE_PASSPHRASE", Cueline::PASSPHRASE.into()));
        let launch = Launch { arguments: &arguments, environment: &environment, scratch: user.data_dir() };
        Self::start(display, &launch)
    }

    /// Starts display, driver and app, and waits until the app's page is there.
    pub fn open(launch: &Launch<'_>) -> Self {
        Self::start(Display::start(), launch)
    }

    fn start(display: Display, launch: &Launch<'_>) -> Self {
        let (driver, port) = start_driver(launch, &display);
        let runtime =
            Builder::new_current_thread().enable_all().build().expect("a runtime for the test's requests");
        let options = json!({ "binary": built_program("cueline-app"), "args": launch.arguments });
        let capabilities = Capabilities::from_iter([("webkitgtk:browserOptions".to_owned(), options)]);
        let address = format!("http://127.0.0.1:{port}");
        let session = runtime.block_on(async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            let session = builder.capabilities(capabilities).connect(&address);
            tokio::time::timeout(START, session).await
        });
        let client = session
            .unwrap_or_else(|_| panic!("the app opened no window within {} s", START.as_secs()))
            .unwrap_or_else(|error| panic!("the driver could not start the app: {error}"));
        Self { client, runtime, driver, display }
    }

    /// The app and its web view, with the driver.
    pub fn processes(&self) -> Vec<Process> {
        self.driver.processes()
    }

    /// The text of the first element that matches a CSS selector, once there is one with text in it.
    #[track_caller]
    pub fn text(&self, css: &str, limit: Duration) -> String {
        self.until(&format!("`{css}` has text"), limit, || {
            let text = "const e = document.querySelector(arguments[0]); return e ? e.innerText.trim() : '';";
            self.run(text, vec![json!(css)]).as_str().filter(|text| !text.is_empty()).map(str::to_owned)
        })
    }

    /// Clicks the first element that matches a CSS selector, once there is one that can be seen and takes clicks.
    ///
    /// It is looked for and clicked in one step of the page: the driver's own click goes to where the element was a
    /// moment ago, and misses it when something above it appears meanwhile.
    #[track_caller]
    pub fn click(&self, css: &str, limit: Duration) {
        let click = "const e = document.querySelector(arguments[0]);
            if (!e || e.disabled) return false;
            e.scrollIntoView({ block: 'nearest' });
            const { left, top, width, height } = e.getBoundingClientRect();
            const seen = document.elementFromPoint(left + width / 2, top + height / 2);
            if (!e.contains(seen)) return false;
            e.click();
            return true;";
        self.until(&format!("`{css}` can be clicked"), limit, || {
            (self.run(click, vec![json!(css)]) == json!(true)).then_some(())
        });
    }

    /// Types into the first element that matches a CSS selector.
    #[track_caller]
    pub fn type_into(&self, css: &str, text: &str) {
        let typed = async { self.client.find(Locator::Css(css)).await?.send_keys(text).await };
        self.runtime.block_on(typed).unwrap_or_else(|error| panic!("`{css}` took no text: {error}"));
    }

    /// Presses a key, as the keyboard does: it goes to what has the focus.
    #[track_caller]
    pub fn press(&self, key: &str) {
        let pressed = async { self.client.active_element().await?.send_keys(key).await };
        self.runtime.block_on(pressed).unwrap_or_else(|error| panic!("no key can be pressed: {error}"));
    }

    /// What axe-core finds on the page that is serious or critical: rule by rule, with the elements.
    ///
    /// # Panics
    /// When axe-core is not there: `cargo xtask test` installs it with the window's packages.
    #[track_caller]
    pub fn accessibility_faults(&self) -> Vec<String> {
        let file = repository().join("ui/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask test`", file.display()));
        let found = self.run(
            &format!(
                "{axe};
                 return axe.run(document, {{ resultTypes: ['violations'] }}).then(({{ violations }}) => violations
                   .filter(({{ impact }}) => impact === 'serious' || impact === 'critical')
                   .map(({{ id, nodes }}) => `${{id}}: ${{nodes.map(({{ html }}) => html.slice(0, 120)).join(' | ')}}`));"
            ),
            Vec::new(),
        );
        serde_json::from_value(found).expect("a list of texts")
    }

    /// Chooses an option of a list by its value, once it is there.
    #[track_caller]
    pub fn choose(&self, css: &str, value: &str) {
        self.until(&format!("`{css}` offers `{value}`"), START, || {
            let chosen = async { self.client.find(Locator::Css(css)).await?.select_by_value(value).await };
            self.runtime.block_on(chosen).ok()
        });
    }

    /// Empties the first element that matches a CSS selector.
    #[track_caller]
    pub fn clear(&self, css: &str) {
        let cleared = async { self.client.find(Locator::Css(css)).await?.clear().await };
        self.runtime.block_on(cleared).unwrap_or_else(|error| panic!("`{css}` can't be emptied: {error}"));
    }

    /// How many elements match a CSS selector now.
    #[track_caller]
    pub fn count(&self, css: &str) -> usize {
        self.runtime.block_on(self.client.find_all(Locator::Css(css))).expect("the page answers").len()
    }

    /// Whether the element of a test's name is there and can be seen.
    #[track_caller]
    pub fn has(&self, testid: &str) -> bool {
        let seen = "const e = document.querySelector(`[data-testid=${arguments[0]}]`);
            return e !== null && e.getClientRects().length > 0;";
        self.run(seen, vec![testid.into()]) == Value::Bool(true)
    }

    /// Runs a script in the page; `return` gives its value, and a promise is waited for.
    #[track_caller]
    pub fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let result = self.runtime.block_on(self.client.execute(script, arguments));
        result.unwrap_or_else(|error| panic!("the page did not answer: {error}\n{script}"))
    }

    /// Runs a script in the page that may be the end of the app, so that no answer is waited for longer than it takes the app to
    /// be gone.
    pub fn run_at_its_peril(&self, script: &str, arguments: Vec<Value>) {
        let answer = async { tokio::time::timeout(START, self.client.execute(script, arguments)).await };
        // Whether it answered says nothing: it may be killed before or after.
        let _ = self.runtime.block_on(answer);
    }

    /// Waits until the app has ended, killed by something else.
    #[track_caller]
    pub fn until_gone(&self, limit: Duration) {
        let deadline = Instant::now() + limit;
        while self.processes().iter().any(|process| process.name == "cueline-app") {
            assert!(Instant::now() < deadline, "the app still runs after {} s", limit.as_secs());
            std::thread::sleep(AGAIN);
        }
    }

    /// Looks again and again until `look` finds something; after `limit` it panics with what was waited for and
    /// with the text of the page.
    #[track_caller]
    pub fn until<T>(&self, what: &str, limit: Duration, mut look: impl FnMut() -> Option<T>) -> T {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(found) = look() {
                return found;
            }
            if Instant::now() >= deadline {
                let page =
                    self.runtime.block_on(self.client.execute("return document.body.innerText", Vec::new()));
                let page = page.map_or_else(
                    |gone| gone.to_string(),
                    |text| text.as_str().unwrap_or_default().to_owned(),
                );
                panic!("waited {} s until {what}; the page says:\n{page}", limit.as_secs());
            }
            std::thread::sleep(AGAIN);
        }
    }

    /// Asks the window to close, as the cross in its corner does, and leaves the app to it.
    ///
    /// The driver could close it too, but kills the app at once.
    #[track_caller]
    pub fn press_close(&self) {
        Screen::of(&self.display).ask_to_close();
    }

    /// The display it is on, for what other programs see and do there.
    pub fn display(&self) -> &Display {
        &self.display
    }

    /// Gives the window a size, in pixels.
    #[track_caller]
    pub fn resize(&self, (width, height): (u32, u32)) {
        let has_size = || {
            let size = self.run("return [window.innerWidth, window.innerHeight]", Vec::new());
            (size == json!([width, height])).then_some(())
        };
        // WebKit's driver waits for a change, for ever where there is none.
        if has_size().is_none() {
            let resized = self.runtime.block_on(self.client.set_window_size(width, height));
            resized.unwrap_or_else(|error| panic!("the window kept its size: {error}"));
        }
        self.until("the window has its size", START, has_size);
    }

    /// Waits until fonts are there and everything that fades has faded, for a second at most.
    #[track_caller]
    pub fn settle(&self) {
        self.run(
            "const faded = () => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)));
             const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
             const patience = new Promise((over) => setTimeout(over, 1000));
             return Promise.race([document.fonts.ready.then(faded).then(drawn), patience]).then(() => null);",
            Vec::new(),
        );
    }

    /// Writes what the window shows to a PNG file.
    #[track_caller]
    pub fn screenshot(&self, file: &Path) {
        // The driver takes the next frame, and waits for ever where nothing on the page changes: a point in the corner
        // does, by less than can be seen.
        self.run(
            "const point = document.body.appendChild(document.createElement('i'));
             Object.assign(point.style, { position: 'fixed', top: 0, left: 0, width: '1px', height: '1px', background: '#000', opacity: '0.004' });
             let turn = 0;
             window.framing = setInterval(() => (point.style.opacity = (turn = 1 - turn) ? '0.002' : '0.004'), 30);
             window.framed = () => (clearInterval(window.framing), point.remove());",
            Vec::new(),
        );
        let png = self.runtime.block_on(self.client.screenshot()).expect("the page can be drawn");
        self.run("window.framed()", Vec::new());
        std::fs::write(file, png).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
}

impl Drop for AppWindow {
    fn drop(&mut self) {
        // A driver that is gone already is no reason to fail; its process group ends below in any case.
        let _ = self.runtime.block_on(self.client.clone().close());
    }
}

/// Starts the driver on a free port and waits until it answers. The app inherits the driver's environment.
fn start_driver(launch: &Launch<'_>, display: &Display) -> (ProcessGroup, u16) {
    let port = free_port();
    let mut command = display.command(Path::new("WebKitWebDriver"), launch.scratch);
    command
        .arg(format!("--port={port}"))
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .envs(launch.environment.iter().map(|(name, value)| (name, value)));
    let mut driver = ProcessGroup::start(&mut command, "webkit2gtk-driver");
    let deadline = Instant::now() + START;
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if let Some(status) = driver.ended() {
            panic!("WebKitWebDriver ended with {status} before it listened on port {port}");
        }
        assert!(Instant::now() < deadline, "WebKitWebDriver did not listen on port {port}");
        std::thread::sleep(AGAIN);
    }
    (driver, port)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("a bound socket has an address").port()
}
