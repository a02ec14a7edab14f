//! What comes to the page from outside it: a link, a second start, a global shortcut, the tray.

use crate::failure::Failure;
use crate::state::{AppState, lock};
use cueline_events::{CallContext, Notice};
use serde::Serialize;
use std::sync::{Arc, Mutex};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};
use ts_rs::TS;

/// What waits for a page that is still loading: more than anybody asks for in that time.
const WAITING: usize = 16;

/// What comes to the window from outside its page.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub(crate) enum WindowRequest {
    /// What is known before the next call, from a `cueline://` link or a second start with `--context`.
    Context {
        /// The context.
        context: Box<CallContext>,
    },
    /// Something that a key in the window does as well.
    Key {
        /// What is asked for.
        action: KeyAction,
    },
    /// Something that the person should know.
    Notice {
        /// What happened, and what to do.
        notice: Notice,
    },
}

/// What a global shortcut or the tray asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub(crate) enum KeyAction {
    /// Pause the call, or go on with it.
    Pause,
    /// The card is done.
    Done,
    /// The card should come back later.
    NotNow,
    /// The card does not fit.
    Wrong,
    /// Make the window small, or large again.
    Compact,
}

/// The page's ear for requests.
#[derive(Default)]
pub(crate) struct Requests(Mutex<Ear>);

#[derive(Default)]
struct Ear {
    page: Option<Channel<WindowRequest>>,
    /// What came while no page listened, oldest first.
    waiting: Vec<WindowRequest>,
}

impl Requests {
    /// Tells a page from now on, beginning with what waited for one. Only the newest listener is told.
    pub(crate) fn tell(&self, page: Channel<WindowRequest>) {
        let mut ear = lock(&self.0);
        for request in ear.waiting.drain(..) {
            // A page that is gone already needs to know nothing.
            let _ = page.send(request);
        }
        ear.page = Some(page);
    }

    /// Passes a request on to the page. A key that was pressed before there was one is passed over: its moment is gone.
    pub(crate) fn send(&self, request: WindowRequest) {
        let mut ear = lock(&self.0);
        let sent = ear.page.as_ref().is_some_and(|page| page.send(request.clone()).is_ok());
        if !sent && !matches!(request, WindowRequest::Key { .. }) && ear.waiting.len() < WAITING {
            ear.waiting.push(request);
        }
    }

    /// Passes a call context on, or says why it can't be used.
    pub(crate) fn send_context(&self, context: Result<CallContext, Failure>) {
        self.send(match context {
            Ok(context) => WindowRequest::Context { context: Box::new(context) },
            Err(failure) => WindowRequest::Notice { notice: failure.into() },
        });
    }
}

/// Passes on what a key or the tray asks for.
pub(crate) fn send_key(app: &AppHandle, action: KeyAction) {
    app.state::<Arc<AppState>>().requests.send(WindowRequest::Key { action });
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn page() -> (Channel<WindowRequest>, Arc<Mutex<Vec<serde_json::Value>>>) {
        let seen: Arc<Mutex<Vec<serde_json::Value>>> = Arc::default();
        let telling = Arc::clone(&seen);
        let channel = Channel::new(move |body| {
            lock(&telling).push(body.deserialize().unwrap());
            Ok(())
        });
        (channel, seen)
    }

    fn notice(code: &str) -> WindowRequest {
        WindowRequest::Notice {
            notice: Notice { code: code.into(), message: "m".into(), what_to_do: "w".into() },
        }
    }

    #[test]
    fn what_comes_before_the_page_waits_for_it_except_keys() {
        let requests = Requests::default();
        requests.send(WindowRequest::Key { action: KeyAction::Pause });
        requests.send_context(Ok(CallContext { amount: Some(240.0), ..CallContext::default() }));
        (0..50).for_each(|_| requests.send(notice("early")));
        let (channel, seen) = page();
        requests.tell(channel);
        requests.send(WindowRequest::Key { action: KeyAction::NotNow });
        let seen = lock(&seen);
        assert_eq!(seen.len(), WAITING + 1);
        assert_eq!((&seen[0]["kind"], &seen[0]["context"]["amount"]), (&json!("context"), &json!(240.0)));
        assert_eq!(seen[WAITING], json!({ "kind": "key", "action": "not_now" }));
    }

    #[test]
    fn the_newest_page_is_told() {
        let requests = Requests::default();
        let ((first, told_first), (second, told_second)) = (page(), page());
        requests.tell(first);
        requests.tell(second);
        requests.send(notice("late"));
        assert_eq!((lock(&told_first).len(), lock(&told_second).len()), (0, 1));
    }
}
