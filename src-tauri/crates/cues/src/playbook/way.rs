use crate::pattern::{Needs, Node, PatternId, PatternIndex, Starts, WordList, WordLists};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

/// A compiled pattern with what rules it out at a glance.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub node: Node,
    pub id: PatternId,
    /// The words it can begin with; `None` when it can begin with anything.
    pub starts: Option<WordList>,
    /// Lists of which a match has one word each, beside the one under which the index has it.
    pub needs: Vec<WordList>,
    /// The words it asks for; `None` when it also asks for kinds of words.
    pub words: Option<WordList>,
}

impl Pattern {
    /// A pattern of this node, with its place in the index. `needs` are lists of which every match has a word each, the
    /// most telling first.
    pub(super) fn new(
        node: Node,
        groups: &[Node],
        needs: Needs,
        index: &mut PatternIndex,
        lists: &mut WordLists,
    ) -> Self {
        let mut starts = Starts::default();
        node.starts(groups, &mut starts);
        let mut words = Vec::new();
        let kinds = node.words(groups, &mut words);
        let starts = (!starts.anywhere).then(|| lists.list(starts.words));
        let node = node.sped_up(groups, lists);
        let mut needs = needs.into_iter().map(|words| lists.list(words));
        let rarest = needs.next().or_else(|| starts.clone());
        Self {
            id: index.add(rarest.as_ref().map(WordList::words)),
            node,
            starts,
            needs: needs.collect(),
            words: (!kinds).then(|| lists.list(words)),
        }
    }
}

/// One way in which a cue's words may be said.
#[derive(Debug)]
pub(crate) struct Way {
    /// Every one of these has to be heard.
    pub all: Vec<Pattern>,
    /// And so many of these.
    pub some: Vec<Pattern>,
    /// How many of `some`.
    pub least: usize,
    /// Scopes that do not matter for this way.
    pub allow: Vec<usize>,
    /// Scopes whose opening words it asks for itself.
    pub mentions: Vec<usize>,
    /// The cue's `unless` takes it back. It does not for what the agent answers.
    pub revocable: bool,
}

impl Way {
    /// Its patterns: all that are needed, then those of which some are.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.all.iter().chain(&self.some)
    }
}

/// A way as it is written: `"pattern"`, `["all", "of", "these"]`, or a table.
#[derive(Debug, Default)]
pub(super) struct RawWay {
    pub all: Vec<Spanned<String>>,
    pub some: Vec<Spanned<String>>,
    pub least: Option<Spanned<usize>>,
    pub allow: Vec<Spanned<String>>,
    pub weight: Option<f64>,
    /// The way is one string: its span is the value's own.
    pub plain: Option<String>,
}

impl<'de> Deserialize<'de> for RawWay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawWayVisitor)
    }
}

struct RawWayVisitor;

impl<'de> Visitor<'de> for RawWayVisitor {
    type Value = RawWay;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a pattern, a list of patterns that are all needed, or a table with `all`, `some`, `least`, `allow`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<RawWay, E> {
        Ok(RawWay { plain: Some(text.to_owned()), ..RawWay::default() })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<RawWay, A::Error> {
        let mut way = RawWay::default();
        while let Some(pattern) = list.next_element()? {
            way.all.push(pattern);
        }
        Ok(way)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<RawWay, A::Error> {
        let mut way = RawWay::default();
        while let Some(key) = table.next_key::<String>()? {
            match key.as_str() {
                "match" => way.all.push(table.next_value()?),
                "all" => way.all = table.next_value()?,
                "some" => way.some = table.next_value()?,
                "least" => way.least = Some(table.next_value()?),
                "allow" => way.allow = table.next_value()?,
                "weight" => way.weight = Some(table.next_value()?),
                _ => {
                    return Err(A::Error::unknown_field(
                        &key,
                        &["match", "all", "some", "least", "allow", "weight"],
                    ));
                }
            }
        }
        Ok(way)
    }
}
