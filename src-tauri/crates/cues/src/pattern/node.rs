use super::slots::Slot;
use super::word_list::{WordList, WordLists};

/// One word of the vocabulary.
pub(crate) type WordId = u16;

/// One group of the playbook's `[words]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GroupId(pub(crate) usize);

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// A word in any of its forms.
    Word(WordId),
    /// A numeral of this value, however it was said.
    Number(f64),
    /// A kind of words.
    Slot(Slot),
    /// A group of the playbook.
    Group(GroupId),
    /// One of these.
    Any(Vec<Node>),
    /// One of these words: what many alternatives come down to.
    Words(WordList),
    /// A node that can only begin with one of these words: most places are no place for it.
    Begins(WordList, Box<Node>),
    /// These in this order; with each, how many words may stand before it.
    Seq(Vec<(u8, Node)>),
    /// At least so many of these, in this order.
    Some(usize, Vec<Node>),
    /// All of these in any order, within so many words.
    Near(u8, Vec<Node>),
    /// This or nothing.
    Optional(Box<Node>),
    /// The start of a sentence or of an utterance.
    SentenceStart,
    /// The start of a clause: a sentence's start, or a comma before.
    ClauseStart,
    /// The end of a sentence or utterance.
    SentenceEnd,
    /// The sentence ends with a question mark.
    Question,
}

/// Which words a match can begin with; `None` when it could begin with anything.
#[derive(Debug, Clone, Default)]
pub(crate) struct Starts {
    /// Any position may start it: it begins with a slot, a number or an anchor.
    pub anywhere: bool,
    /// The words.
    pub words: Vec<WordId>,
}

/// Lists of words of which a match needs one each.
pub(crate) type Needs = Vec<Vec<WordId>>;

/// So few alternatives are tried faster than ruled out.
const FEW: usize = 3;

impl Node {
    /// The same node, quicker to match: lists of words become one look, and long lists of alternatives are tried only
    /// where one of their first words stands.
    pub(crate) fn sped_up(self, groups: &[Node], lists: &mut WordLists) -> Node {
        match self {
            Node::Any(all) if all.iter().all(|node| matches!(node, Node::Word(_))) => {
                let word = |node: &Node| if let Node::Word(id) = node { Some(*id) } else { None };
                Node::Words(lists.list(all.iter().filter_map(word).collect()))
            }
            Node::Any(all) => {
                let any = Node::Any(all.into_iter().map(|node| node.sped_up(groups, lists)).collect());
                let mut starts = Starts::default();
                let empty = any.starts(groups, &mut starts);
                let few = matches!(&any, Node::Any(all) if all.len() <= FEW);
                if empty || few || starts.anywhere {
                    any
                } else {
                    Node::Begins(lists.list(starts.words), Box::new(any))
                }
            }
            Node::Seq(all) => {
                Node::Seq(all.into_iter().map(|(gap, node)| (gap, node.sped_up(groups, lists))).collect())
            }
            Node::Some(least, all) => {
                Node::Some(least, all.into_iter().map(|node| node.sped_up(groups, lists)).collect())
            }
            Node::Near(within, all) => {
                Node::Near(within, all.into_iter().map(|node| node.sped_up(groups, lists)).collect())
            }
            Node::Optional(node) => Node::Optional(Box::new(node.sped_up(groups, lists))),
            other => other,
        }
    }

    /// Collects what a match can begin with. True when the node can also match nothing, so that the next one counts.
    pub(crate) fn starts(&self, groups: &[Node], into: &mut Starts) -> bool {
        match self {
            Node::Word(id) => {
                into.words.push(*id);
                false
            }
            Node::Words(list) | Node::Begins(list, _) => {
                into.words.extend(list.words());
                false
            }
            Node::Number(_) | Node::Slot(_) => {
                into.anywhere = true;
                false
            }
            Node::Group(id) => groups.get(id.0).is_some_and(|node| node.starts(groups, into)),
            Node::Any(all) => all.iter().fold(false, |empty, node| node.starts(groups, into) | empty),
            Node::Near(_, all) => {
                all.iter().for_each(|node| {
                    node.starts(groups, into);
                });
                false
            }
            Node::Some(least, all) => {
                all.iter().take(all.len() + 1 - least.min(&all.len())).for_each(|node| {
                    node.starts(groups, into);
                });
                false
            }
            Node::Seq(all) => all.iter().all(|(_, node)| node.starts(groups, into)),
            Node::Optional(node) => {
                node.starts(groups, into);
                true
            }
            Node::SentenceStart | Node::ClauseStart | Node::SentenceEnd | Node::Question => true,
        }
    }

    /// Every word it asks for, its groups' included. True when it also asks for kinds of words or numbers, which no
    /// list of words covers.
    pub(crate) fn words(&self, groups: &[Node], into: &mut Vec<WordId>) -> bool {
        match self {
            Node::Word(id) => {
                into.push(*id);
                false
            }
            Node::Words(list) => {
                into.extend(list.words());
                false
            }
            Node::Begins(_, node) => node.words(groups, into),
            Node::Slot(_) | Node::Number(_) => true,
            Node::Group(id) => groups.get(id.0).is_some_and(|node| node.words(groups, into)),
            Node::Any(all) | Node::Some(_, all) | Node::Near(_, all) => {
                all.iter().fold(false, |kinds, node| node.words(groups, into) | kinds)
            }
            Node::Seq(all) => all.iter().fold(false, |kinds, (_, node)| node.words(groups, into) | kinds),
            Node::Optional(node) => node.words(groups, into),
            Node::SentenceStart | Node::ClauseStart | Node::SentenceEnd | Node::Question => false,
        }
    }

    /// Lists of words, of each of which at least one word stands in every match. `groups` are the groups' own lists,
    /// `weight` says how little a word tells: of the lists of an alternative the one that tells most is taken.
    pub(crate) fn needs(&self, groups: &[Needs], weight: &dyn Fn(WordId) -> usize) -> Needs {
        let of = |node: &Node| node.needs(groups, weight);
        match self {
            Node::Word(id) => vec![vec![*id]],
            Node::Words(list) => vec![list.words().to_vec()],
            Node::Begins(_, node) => of(node),
            Node::Group(id) => groups.get(id.0).cloned().unwrap_or_default(),
            Node::Any(all) | Node::Some(_, all) => {
                let each: Option<Vec<Vec<WordId>>> =
                    all.iter().map(|node| lightest_first(of(node), weight).into_iter().next()).collect();
                each.map(|lists| lists.concat()).into_iter().collect()
            }
            Node::Near(_, all) => all.iter().flat_map(of).collect(),
            Node::Seq(all) => all.iter().flat_map(|(_, node)| of(node)).collect(),
            Node::Number(_)
            | Node::Slot(_)
            | Node::Optional(_)
            | Node::SentenceStart
            | Node::ClauseStart
            | Node::SentenceEnd
            | Node::Question => Vec::new(),
        }
    }

    /// The groups it refers to, for finding loops.
    pub(crate) fn groups(&self, into: &mut Vec<GroupId>) {
        match self {
            Node::Group(id) => into.push(*id),
            Node::Any(all) | Node::Some(_, all) | Node::Near(_, all) => {
                all.iter().for_each(|node| node.groups(into))
            }
            Node::Seq(all) => all.iter().for_each(|(_, node)| node.groups(into)),
            Node::Optional(node) | Node::Begins(_, node) => node.groups(into),
            _ => {}
        }
    }

    /// How many nodes it is made of: a bound on what a playbook may ask for.
    pub(crate) fn size(&self) -> usize {
        1 + match self {
            Node::Any(all) | Node::Some(_, all) | Node::Near(_, all) => all.iter().map(Node::size).sum(),
            Node::Seq(all) => all.iter().map(|(_, node)| node.size()).sum(),
            Node::Optional(node) | Node::Begins(_, node) => node.size(),
            Node::Words(list) => list.words().len(),
            _ => 0,
        }
    }
}

/// The lists in the order of what they tell, the most telling first.
pub(crate) fn lightest_first(mut lists: Needs, weight: &dyn Fn(WordId) -> usize) -> Needs {
    lists.sort_by_cached_key(|words| words.iter().map(|id| weight(*id)).sum::<usize>());
    lists
}
