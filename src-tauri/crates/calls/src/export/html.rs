use super::ExportedCall;
use super::report::{NEEDS_REVIEW, Report, SaidLine, Table};

const STYLE: &str = include_str!("report.css");

/// A call as one page that needs nothing else: no script, no link, and it prints well.
pub fn html(call: &ExportedCall) -> String {
    let report = Report::of(call);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        title = escape(&report.title),
    );
    let facts: String = report
        .facts
        .iter()
        .map(|(name, value)| format!("<dt>{name}</dt><dd>{}</dd>", escape(value)))
        .collect();
    page.push_str(&format!("<dl>{facts}</dl>\n<p class=\"quiet\">{NEEDS_REVIEW}</p>\n"));
    for table in report.score.iter().chain(&report.ledger) {
        page.push_str(&html_table(table));
    }
    let lines: String = report.said.iter().map(html_line).collect();
    page.push_str(&format!("<h2>What was said</h2>\n<ol>\n{lines}</ol>\n"));
    if !report.review.is_empty() {
        let items: String = report
            .review
            .iter()
            .map(|(who, what)| format!("<li><b>{}</b> {}</li>\n", escape(who), escape(what)))
            .collect();
        page.push_str(&format!("<h2>Review</h2>\n<ul>\n{items}</ul>\n"));
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn html_table(table: &Table) -> String {
    let head: String = table.columns.iter().map(|column| format!("<th>{}</th>", column.title)).collect();
    let mut rows = String::new();
    for row in &table.rows {
        rows.push_str("<tr>");
        for (cell, column) in row.iter().zip(table.columns) {
            let class =
                if column.class.is_empty() { String::new() } else { format!(" class=\"{}\"", column.class) };
            rows.push_str(&format!("<td{class}>{}</td>", escape(cell)));
        }
        rows.push_str("</tr>\n");
    }
    format!(
        "<h2>{}</h2>\n<table><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>\n",
        table.heading
    )
}

fn html_line(line: &SaidLine) -> String {
    let (class, who) = match (line.lane, line.who()) {
        (Some(lane), Some(who)) => (lane.name(), format!(" <b>{who}</b>")),
        _ => ("cue", String::new()),
    };
    format!("<li class=\"{class}\"><time>{}</time>{who} {}</li>\n", line.at, escape(&line.text))
}

/// A text in which nothing means anything to a browser.
fn escape(text: &str) -> String {
    let sign = |c: char| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        other => other.to_string(),
    };
    text.chars().map(sign).collect()
}
