use super::ExportedCall;
use super::helvetica::{encode, width};
use super::report::{NEEDS_REVIEW, Report, Table};
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

/// A call as a report on numbered pages of letter size, with nothing in it that a reader would have to load or run.
///
/// It uses the fonts that every reader has, so only Western European letters: others become question marks.
pub fn pdf(call: &ExportedCall) -> Vec<u8> {
    let report = Report::of(call);
    let mut pages = Pages::new();
    pages.row(&[Cell::new(LEFT, WIDTH, TITLE, &report.title)]);
    pages.space(6.0);
    for (name, value) in &report.facts {
        pages.row(&[Cell::new(LEFT, 70.0, BOLD, name), Cell::new(LEFT + 74.0, WIDTH - 74.0, TEXT, value)]);
    }
    pages.space(4.0);
    pages.row(&[Cell::new(LEFT, WIDTH, QUIET, NEEDS_REVIEW)]);
    for table in report.score.iter().chain(&report.ledger) {
        pages.table(table);
    }
    pages.heading("What was said");
    for line in &report.said {
        let at = Cell::new(LEFT, 36.0, QUIET, &line.at);
        match line.who() {
            Some(who) => pages.row(&[
                at,
                Cell::new(LEFT + 40.0, 56.0, BOLD, who),
                Cell::new(LEFT + 98.0, WIDTH - 98.0, TEXT, &line.text),
            ]),
            None => pages.row(&[at, Cell::new(LEFT + 98.0, WIDTH - 98.0, QUIET, &line.text)]),
        }
    }
    if !report.review.is_empty() {
        pages.heading("Review");
        for (who, what) in &report.review {
            pages.row(&[Cell::new(LEFT, 96.0, BOLD, who), Cell::new(LEFT + 98.0, WIDTH - 98.0, TEXT, what)]);
        }
    }
    pages.finish(&report.title)
}

/// US letter, in points.
const PAGE: (f32, f32) = (612.0, 792.0);
const LEFT: f32 = 54.0;
const WIDTH: f32 = PAGE.0 - 2.0 * LEFT;
const TOP: f32 = PAGE.1 - 54.0;
const BOTTOM: f32 = 60.0;

/// How a text is set.
#[derive(Clone, Copy)]
struct Style {
    size: f32,
    bold: bool,
    /// 0 is black.
    grey: f32,
}

const TITLE: Style = Style { size: 16.0, bold: true, grey: 0.0 };
const HEADING: Style = Style { size: 12.0, bold: true, grey: 0.0 };
const TEXT: Style = Style { size: 9.5, bold: false, grey: 0.0 };
const BOLD: Style = Style { size: 9.5, bold: true, grey: 0.0 };
const QUIET: Style = Style { size: 9.0, bold: false, grey: 0.35 };

impl Style {
    /// From one line to the next.
    fn leading(self) -> f32 {
        self.size * 1.3
    }
}

/// A text in its place of a row, cut into lines that fit.
struct Cell {
    x: f32,
    style: Style,
    lines: Vec<Vec<u8>>,
}

impl Cell {
    fn new(x: f32, room: f32, style: Style, text: &str) -> Self {
        Self { x, style, lines: wrapped(text, room / style.size, style.bold) }
    }
}

/// Cuts a text into lines that are no wider than `room` at a size of one: between words, or within one that is wider.
fn wrapped(text: &str, room: f32, bold: bool) -> Vec<Vec<u8>> {
    let mut lines = Vec::new();
    let mut line: Vec<u8> = Vec::new();
    for word in encode(text).split(|letter| *letter == b' ').filter(|word| !word.is_empty()) {
        let joined = [&line[..], if line.is_empty() { b"" } else { b" " }, word].concat();
        if width(&joined, bold) <= room {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word {
            line.push(*letter);
            if line.len() > 1 && width(&line, bold) > room {
                line.pop();
                lines.push(std::mem::replace(&mut line, vec![*letter]));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Pages in the making, filled from the top.
struct Pages {
    full: Vec<Content>,
    page: Content,
    y: f32,
}

impl Pages {
    fn new() -> Self {
        Self { full: Vec::new(), page: Content::new(), y: TOP }
    }

    fn space(&mut self, points: f32) {
        self.y -= points;
    }

    fn heading(&mut self, text: &str) {
        self.space(12.0);
        // A heading is never the last line of a page.
        self.keep_together(HEADING.leading() + 3.0 * TEXT.leading());
        self.row(&[Cell::new(LEFT, WIDTH, HEADING, text)]);
        self.space(3.0);
    }

    fn table(&mut self, table: &Table) {
        self.heading(&table.heading);
        let mut x = LEFT;
        let places: Vec<(f32, f32)> = table
            .columns
            .iter()
            .map(|column| {
                let room = WIDTH * f32::from(column.share) / 100.0;
                let place = (x, room - 6.0);
                x += room;
                place
            })
            .collect();
        let titles = table.columns.iter().map(|column| column.title);
        let head: Vec<Cell> =
            places.iter().zip(titles).map(|((x, room), title)| Cell::new(*x, *room, BOLD, title)).collect();
        self.row(&head);
        for row in &table.rows {
            let cells: Vec<Cell> =
                places.iter().zip(row).map(|((x, room), text)| Cell::new(*x, *room, TEXT, text)).collect();
            self.row(&cells);
        }
    }

    /// Cells side by side; their lines go on over as many pages as they need.
    fn row(&mut self, cells: &[Cell]) {
        let lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
        let leading = cells.iter().map(|cell| cell.style.leading()).fold(0.0, f32::max);
        self.keep_together(leading * lines.min(3) as f32);
        for line in 0..lines {
            self.keep_together(leading);
            self.y -= leading;
            for Cell { x, style, lines } in cells {
                if let Some(text) = lines.get(line) {
                    show(&mut self.page, *x, self.y, *style, text);
                }
            }
        }
        self.space(1.5);
    }

    /// Begins another page where so much does not fit on this one.
    fn keep_together(&mut self, points: f32) {
        if self.y - points < BOTTOM {
            self.full.push(std::mem::replace(&mut self.page, Content::new()));
            self.y = TOP;
        }
    }

    /// The file, with the pages numbered.
    fn finish(mut self, title: &str) -> Vec<u8> {
        self.full.push(self.page);
        let count = self.full.len();
        let mut next = 0;
        let mut id = || {
            next += 1;
            Ref::new(next)
        };
        let (catalog, tree, info, regular, bold) = (id(), id(), id(), id(), id());
        let places: Vec<(Ref, Ref)> = (0..count).map(|_| (id(), id())).collect();
        let mut pdf = Pdf::new();
        let mut root = pdf.catalog(catalog);
        root.pages(tree).lang(TextStr("en-US"));
        root.viewer_preferences().display_doc_title(true);
        root.finish();
        pdf.document_info(info).title(TextStr(title)).creator(TextStr("Cueline"));
        for (font, name) in [(regular, &b"Helvetica"[..]), (bold, b"Helvetica-Bold")] {
            pdf.type1_font(font).base_font(Name(name)).encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        let kids = places.iter().map(|(page, _)| *page);
        pdf.pages(tree).kids(kids).count(i32::try_from(count).unwrap_or(i32::MAX));
        for (number, ((place, text), mut content)) in places.into_iter().zip(self.full).enumerate() {
            let footer = encode(&format!("Page {} of {count}", number + 1));
            show(&mut content, LEFT, 36.0, QUIET, &footer);
            let mut page = pdf.page(place);
            page.media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).parent(tree).contents(text);
            page.resources().fonts().pair(REGULAR, regular).pair(STRONG, bold);
            page.finish();
            pdf.stream(text, &content.finish());
        }
        pdf.finish()
    }
}

const REGULAR: Name<'_> = Name(b"F1");
const STRONG: Name<'_> = Name(b"F2");

fn show(page: &mut Content, x: f32, y: f32, style: Style, text: &[u8]) {
    page.begin_text()
        .set_fill_gray(style.grey)
        .set_font(if style.bold { STRONG } else { REGULAR }, style.size)
        .next_line(x, y)
        .show(Str(text))
        .end_text();
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room_and_no_letter_is_lost(text in "[ -~é€]{0,200}", room in 3.0_f32..40.0) {
            let lines = wrapped(&text, room, false);
            for line in &lines {
                prop_assert!(width(line, false) <= room || line.len() == 1);
            }
            let letters = |bytes: &[u8]| bytes.iter().filter(|byte| **byte != b' ').copied().collect::<Vec<_>>();
            prop_assert_eq!(letters(&lines.concat()), letters(&encode(&text)));
        }
    }
}
