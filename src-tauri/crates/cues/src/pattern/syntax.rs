use super::node::{GroupId, Node};
use super::slots::Slot;
use super::vocabulary::{Form, Vocabulary};
use crate::text::{NumberKind, numeral, spelling, tokens};
use std::collections::BTreeMap;

/// How many words may stand between two words of a pattern that asks for nothing else.
const DEFAULT_GAP: u8 = 1;
/// What `..` without a number allows.
const OPEN_GAP: u8 = 3;
/// The widest gap that may be asked for.
const WIDEST: u8 = 20;
/// Within how many words `&` finds its parts.
const NEAR: u8 = 10;
/// How deep brackets may nest.
const DEEPEST: usize = 12;

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PatternFault {
    /// Byte offset in the pattern's text.
    pub at: usize,
    /// What is wrong.
    pub reason: String,
}

/// Reads a pattern.
///
/// | written | means |
/// |---|---|
/// | `pay bill` | these words in any of their forms, in this order, at most one other word between two |
/// | `let+me+go` | nothing between them |
/// | `pay ..5 bill`, `pay .. bill` | up to five (three) words between |
/// | `(bill\|debt)` | one of these |
/// | `[my] bill` | `my` may be missing |
/// | `<debt>` | the group `debt` of the playbook's `[words]` |
/// | `2of(attempt collect debt)` | at least two of these, in this order |
/// | `stop & call`, `stop &6 call` | both in any order, within ten (six) words |
/// | `recorded!` | this form only; `harass*` anything that begins so |
/// | `AMOUNT`, `DATE`, `PERSON`, ... | a kind of words, see `Slot` |
/// | `^` `^^` `$` `?` | the start of a clause, of a sentence, its end, a sentence that ends with a question mark |
///
/// Articles and fillers are dropped from what was said and so from patterns; words without weight (`just`, `really`)
/// cost no gap, and no gap passes over a negation.
pub(crate) fn parse(
    text: &str,
    vocabulary: &mut Vocabulary,
    groups: &BTreeMap<String, GroupId>,
) -> Result<Node, PatternFault> {
    let mut parser = Parser { text, at: 0, depth: 0, vocabulary, groups };
    let node = parser.alternatives()?;
    parser.space();
    if parser.at < text.len() {
        return Err(parser.fault("this closes nothing"));
    }
    let mut nothing = super::Starts::default();
    if node.starts(&[], &mut nothing) {
        return Err(PatternFault { at: 0, reason: "this would match without any word".into() });
    }
    Ok(node)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    vocabulary: &'a mut Vocabulary,
    groups: &'a BTreeMap<String, GroupId>,
}

impl Parser<'_> {
    fn fault(&self, reason: impl Into<String>) -> PatternFault {
        PatternFault { at: self.at, reason: reason.into() }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn space(&mut self) {
        while let Some(blank) = self.peek().filter(|c| c.is_whitespace()) {
            self.at += blank.len_utf8();
        }
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.text[self.at..].starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn number(&mut self) -> Option<usize> {
        let digits: String = self.text[self.at..].chars().take_while(char::is_ascii_digit).collect();
        self.at += digits.len();
        digits.parse().ok()
    }

    fn alternatives(&mut self) -> Result<Node, PatternFault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault(format!("brackets nest deeper than {DEEPEST}")));
        }
        let mut all = vec![self.near()?];
        while self.eat("|") {
            all.push(self.near()?);
        }
        self.depth -= 1;
        Ok(one_or(all, Node::Any))
    }

    fn near(&mut self) -> Result<Node, PatternFault> {
        let mut all = vec![self.sequence()?];
        let mut within = NEAR;
        while self.eat("&") {
            if let Some(number) = self.number() {
                within = u8::try_from(number)
                    .ok()
                    .filter(|n| (1..=WIDEST).contains(n))
                    .ok_or_else(|| self.fault(format!("`&` takes 1 to {WIDEST} words")))?;
            }
            all.push(self.sequence()?);
        }
        Ok(one_or(all, |all| Node::Near(within, all)))
    }

    fn sequence(&mut self) -> Result<Node, PatternFault> {
        let mut all: Vec<(u8, Node)> = Vec::new();
        let mut gap = None;
        loop {
            self.space();
            match self.peek() {
                None | Some('|' | ')' | ']' | '&') => break,
                Some('.') => gap = Some(self.gap()?),
                Some('+') => {
                    self.at += 1;
                    gap = Some(0);
                }
                Some(_) => {
                    for (i, node) in self.item()?.into_iter().enumerate() {
                        let before = gap.take().unwrap_or(if i == 0 { DEFAULT_GAP } else { 0 });
                        all.push((before, node));
                    }
                }
            }
        }
        if gap.is_some() {
            return Err(self.fault("a gap needs a word after it"));
        }
        if all.is_empty() {
            return Err(self.fault("expected a word"));
        }
        if all.len() == 1 {
            return Ok(all.remove(0).1);
        }
        Ok(Node::Seq(all))
    }

    fn gap(&mut self) -> Result<u8, PatternFault> {
        if !self.eat("..") {
            return Err(self.fault("a gap is written `..` or `..4`"));
        }
        match self.number() {
            None => Ok(OPEN_GAP),
            Some(number) => u8::try_from(number)
                .ok()
                .filter(|n| (1..=WIDEST).contains(n))
                .ok_or_else(|| self.fault(format!("a gap takes 1 to {WIDEST} words"))),
        }
    }

    /// One element; a contraction is several.
    fn item(&mut self) -> Result<Vec<Node>, PatternFault> {
        let start = self.at;
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let node = self.alternatives()?;
                self.close(")", start)?;
                Ok(vec![node])
            }
            Some('[') => {
                self.at += 1;
                let node = self.alternatives()?;
                self.close("]", start)?;
                Ok(vec![Node::Optional(Box::new(node))])
            }
            Some('<') => self.group().map(|node| vec![node]),
            Some('^') => {
                self.at += 1;
                Ok(vec![if self.eat("^") { Node::SentenceStart } else { Node::ClauseStart }])
            }
            Some('$') => {
                self.at += 1;
                Ok(vec![Node::SentenceEnd])
            }
            Some('?') => {
                self.at += 1;
                Ok(vec![Node::Question])
            }
            _ => self.word_or_count(),
        }
    }

    fn close(&mut self, bracket: &str, opened: usize) -> Result<(), PatternFault> {
        self.space();
        if self.eat(bracket) {
            return Ok(());
        }
        Err(PatternFault { at: opened, reason: format!("`{bracket}` is missing") })
    }

    fn group(&mut self) -> Result<Node, PatternFault> {
        let start = self.at;
        let name: String = self.text[start + 1..].chars().take_while(|c| *c != '>').collect();
        self.at = start + 1 + name.len();
        self.close(">", start)?;
        let id = self.groups.get(&name).copied();
        id.map(Node::Group)
            .ok_or_else(|| PatternFault { at: start, reason: format!("no group `{name}` in [words]") })
    }

    fn word_or_count(&mut self) -> Result<Vec<Node>, PatternFault> {
        let start = self.at;
        let raw: String =
            self.text[start..].chars().take_while(|c| c.is_alphanumeric() || *c == '\'').collect();
        if raw.is_empty() {
            let odd = self.peek().unwrap_or(' ');
            return Err(self.fault(format!("`{odd}` has no meaning here")));
        }
        self.at += raw.len();
        if let Some(count) = raw.strip_suffix("of").and_then(|n| n.parse::<usize>().ok())
            && self.peek() == Some('(')
        {
            return self.count(count, start).map(|node| vec![node]);
        }
        let form = if self.eat("*") {
            Form::Prefix
        } else if self.eat("!") {
            Form::Exact
        } else {
            Form::Any
        };
        if raw.chars().all(|c| c.is_ascii_uppercase()) && raw.len() > 1 {
            return Slot::named(&raw).map(|slot| vec![Node::Slot(slot)]).ok_or_else(|| PatternFault {
                at: start,
                reason: format!("no kind of words `{raw}`; there are {}", Slot::NAMES),
            });
        }
        self.word(&raw, form, start)
    }

    fn word(&mut self, raw: &str, form: Form, start: usize) -> Result<Vec<Node>, PatternFault> {
        let lower = raw.to_lowercase();
        if form == Form::Prefix {
            if lower.len() < 3 {
                return Err(PatternFault {
                    at: start,
                    reason: "`*` needs three letters or more before it".into(),
                });
            }
            return Ok(vec![Node::Word(self.vocabulary.add(&spelling(&lower), form))]);
        }
        if let Some(number) = numeral(&lower).filter(|n| n.kind == NumberKind::Cardinal) {
            return Ok(vec![Node::Number(number.value)]);
        }
        let parts = tokens(&lower);
        if parts.is_empty() {
            return Err(PatternFault {
                at: start,
                reason: format!("`{raw}` is dropped from what is said, so a pattern cannot ask for it"),
            });
        }
        let word = |part: &str| if part == "'s" { "is".to_owned() } else { part.to_owned() };
        Ok(parts.iter().map(|part| Node::Word(self.vocabulary.add(&word(&part.form), form))).collect())
    }

    fn count(&mut self, count: usize, start: usize) -> Result<Node, PatternFault> {
        self.at += 1;
        let mut all = Vec::new();
        loop {
            self.space();
            if self.peek().is_none_or(|c| matches!(c, ')' | '|' | ']' | '&')) {
                break;
            }
            let mut item = self.item()?;
            all.push(if item.len() == 1 {
                item.remove(0)
            } else {
                Node::Seq(item.into_iter().map(|node| (0, node)).collect())
            });
        }
        self.close(")", start)?;
        if count == 0 || count > all.len() {
            return Err(PatternFault {
                at: start,
                reason: format!("cannot ask for {count} of {}", all.len()),
            });
        }
        Ok(Node::Some(count, all))
    }
}

fn one_or(mut all: Vec<Node>, many: impl FnOnce(Vec<Node>) -> Node) -> Node {
    if all.len() == 1 { all.remove(0) } else { many(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_say_where_and_why() {
        for (text, at, reason) in [
            ("", 0, "expected a word"),
            ("pay (bill", 4, "`)` is missing"),
            ("pay bill)", 8, "closes nothing"),
            ("<dept>", 0, "no group `dept`"),
            ("pay ..", 6, "needs a word after"),
            ("pay ..99 bill", 8, "1 to 20"),
            ("3of(pay bill)", 0, "cannot ask for 3 of 2"),
            ("pay MONEY", 4, "no kind of words `MONEY`"),
            ("pay the bill", 4, "is dropped"),
            ("pa*", 0, "three letters"),
            ("[pay]", 0, "without any word"),
            ("pay # bill", 4, "`#` has no meaning"),
            ("pay | | bill", 6, "expected a word"),
        ] {
            let fault = parse(text, &mut Vocabulary::default(), &BTreeMap::new()).unwrap_err();
            assert!(fault.reason.contains(reason), "{text}: {}", fault.reason);
            assert_eq!(fault.at, at, "{text}");
        }
    }

    /// A blank of several bytes (a no-break space, pasted from a web page) was passed over by one byte: a panic, found by
    /// `cargo xtask fuzz`.
    #[test]
    fn any_blank_stands_between_words() {
        for text in ["pay\u{a0}bill", "\u{3000}pay bill\u{2003}", "pay \u{a0}|\u{a0} bill"] {
            assert!(parse(text, &mut Vocabulary::default(), &BTreeMap::new()).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn deep_brackets_are_a_fault_and_no_overflow() {
        let text = "(".repeat(10_000);
        assert!(parse(&text, &mut Vocabulary::default(), &BTreeMap::new()).is_err());
    }
}
