use cueline_tests::webdriver::AppWindow;
use serde_json::Value;

/// A card that is not on the screen after so many milliseconds was replaced before it was painted.
const LOST: f64 = 5000.0;

/// From now on the page notes when a card has been painted: two frames after the page changed, so that the frame with
/// it is on the screen.
pub(crate) fn watch(window: &AppWindow) {
    let watch = "const zone = document.querySelector('[data-testid=now-card]');
        window.paintedCards = [];
        const paint = (cue) => requestAnimationFrame(() => requestAnimationFrame(() => paintedCards.push([cue, Date.now()])));
        new MutationObserver(() => { if (zone.dataset.cue) paint(zone.dataset.cue); })
          .observe(zone, { attributes: true, attributeFilter: ['data-cue'] });
        return null;";
    window.run(watch, Vec::new());
}

/// Milliseconds from each card's event in the app to its frame on the screen, and how many cards the page never showed
/// or was showing already.
pub(crate) fn latencies(window: &AppWindow, sent: &[(f64, String)]) -> (Vec<f64>, usize) {
    let painted = window.run("return window.paintedCards", Vec::new());
    let painted: Vec<(String, f64)> = serde_json::from_value::<Vec<(String, Value)>>(painted)
        .expect("the page noted cards")
        .into_iter()
        .filter_map(|(cue, at)| Some((cue, at.as_f64()?)))
        .collect();
    let latency = |(sent, line): &(f64, String)| {
        let named = |(cue, at): &&(String, f64)| {
            line.contains(&format!("\"{cue}\"")) && (-1.0..LOST).contains(&(at - sent))
        };
        painted.iter().find(named).map(|(_, at)| at - sent)
    };
    let found: Vec<f64> = sent.iter().filter_map(latency).collect();
    let lost = sent.len() - found.len();
    (found, lost)
}
