use super::tests::exported;
use super::*;
use cueline_events::CallEvent;

/// The texts of a file, each shown string on a line of its own.
fn texts(file: &[u8]) -> String {
    let file: String = file.iter().map(|byte| char::from(*byte)).collect();
    let mut texts = String::new();
    for shown in file.split(" Tj").filter_map(|before| before.rsplit('\n').next()) {
        let inside =
            shown.trim().strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or_default();
        texts.push_str(&inside.replace("\\(", "(").replace("\\)", ")"));
        texts.push('\n');
    }
    texts
}

/// Reads the file as a reader does: from its end to the table of its objects, and each of those.
fn objects(file: &[u8]) -> usize {
    let text: String = file.iter().map(|byte| char::from(*byte)).collect();
    assert!(text.starts_with("%PDF-1."), "the header");
    assert!(text.trim_end().ends_with("%%EOF"), "the end");
    let place: usize =
        text.rsplit("startxref").next().unwrap().split_whitespace().next().unwrap().parse().unwrap();
    let from = |offset: usize| file[offset..].iter().map(|byte| char::from(*byte)).collect::<String>();
    let table = from(place);
    assert!(table.starts_with("xref"), "the table is where the end says");
    let mut lines = table.lines().skip(1);
    let count: usize = lines.next().unwrap().split_whitespace().nth(1).unwrap().parse().unwrap();
    for (number, line) in lines.take(count).enumerate().skip(1) {
        let offset: usize = line.split_whitespace().next().unwrap().parse().unwrap();
        assert!(from(offset).starts_with(&format!("{number} 0 obj")), "object {number} is at {offset}");
    }
    assert!(table.contains("/Root") && table.contains("/Info"));
    count - 1
}

#[test]
fn the_pdf_can_be_read_and_says_what_the_page_says() {
    let call = exported();
    let file = pdf(&call);
    assert_eq!(objects(&file), 7, "catalogue, page tree, information, two fonts, a page and its text");
    let whole: String = file.iter().map(|byte| char::from(*byte)).collect();
    for told in ["/Lang (en-US)", "/DisplayDocTitle true", "/Title (<b>Ann</b> & Co, 1970-01-01 00:00)"] {
        assert!(whole.contains(told), "{told}");
    }
    for hole in ["/JavaScript", "/URI", "/Launch", "/EmbeddedFile"] {
        assert!(!whole.contains(hole), "{hole}");
    }
    let shown = texts(&file);
    let mut rest = shown.as_str();
    for told in [
        "<b>Ann</b> & Co, 1970-01-01 00:00",
        "01:05",
        "intact, 1 entries",
        "Scorecard: 3.0 of 6 by the call's events",
        "Recap <1>",
        "Disclosures",
        "00:01",
        "Recap & close",
        "unsure",
        "1+1",
        "What was said",
        "00:00",
        "=1+1, \"quoted\"",
        "<script>alert('x')</script> next",
        "Review",
        "dana",
        "at 01:01: <i>good</i>",
        "Page 1 of 1",
    ] {
        let at =
            rest.find(told).unwrap_or_else(|| panic!("{told} is missing, or out of its order, in\n{shown}"));
        rest = &rest[at + told.len()..];
    }
}

#[test]
fn a_long_call_goes_over_numbered_pages() {
    let mut call = exported();
    let line =
        call.record.events.iter().find(|event| matches!(event, CallEvent::Final { .. })).unwrap().clone();
    for n in 0..300_u32 {
        let CallEvent::Final { lane, emitted_at, .. } = line else { unreachable!("it is a final") };
        let (start, text) =
            (f64::from(n) * 4.0, format!("utterance {n} {}", "and so it goes on ".repeat(12)));
        let end = start + 3.0;
        call.record.events.push(CallEvent::Final {
            lane,
            utterance: n + 9,
            start,
            end,
            text: text.into(),
            emitted_at,
        });
    }
    // One note that is longer than a page.
    call.record.note = Some(crate::CallNote { text: "a word ".repeat(2_000).into(), at: 0 });
    let file = pdf(&call);
    let shown = texts(&file);
    let pages = shown.matches("Page ").count();
    assert!(pages > 15, "{pages}");
    assert_eq!(objects(&file), 5 + 2 * pages);
    assert!(
        shown.contains(&format!("Page 2 of {pages}")) && shown.contains(&format!("Page {pages} of {pages}"))
    );
    for n in [0, 150, 299] {
        assert!(shown.contains(&format!("utterance {n} ")), "{n}");
    }
    assert_eq!(shown.matches("a word").count(), 2_000, "nothing of the note is lost");
}
