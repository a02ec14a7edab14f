use super::slots::Slot;

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
    /// One of these words, sorted: what many alternatives come down to.
    Words(Box<[WordId]>),
    /// A node that can only begin with one of these words, sorted: most places are no place for it.
    Begins(Box<[WordId]>, Box<Node>),
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

/// So few alternatives are tried faster than ruled out.
const FEW: usize = 3;

impl Node {
    /// The same node, quicker to match: lists of words become one look, and long lists of alternatives are tried only
    /// where one of their first words stands.
    pub(crate) fn sped_up(self, groups: &[Node]) -> Node {
        match self {
            Node::Any(all) if all.iter().all(|node| matches!(node, Node::Word(_))) => {
                let word = |node: &Node| if let Node::Word(id) = node { Some(*id) } else { None };
                Node::Words(sorted(all.iter().filter_map(word).collect()))
            }
            Node::Any(all) => {
                let any = Node::Any(all.into_iter().map(|node| node.sped_up(groups)).collect());
                let mut starts = Starts::default();
                let empty = any.starts(groups, &mut starts);
                let few = matches!(&any, Node::Any(all) if all.len() <= FEW);
                if empty || few || starts.anywhere {
                    any
                } else {
                    Node::Begins(sorted(starts.words), Box::new(any))
                }
            }
            Node::Seq(all) => {
                Node::Seq(all.into_iter().map(|(gap, node)| (gap, node.sped_up(groups))).collect())
            }
            Node::Some(least, all) => {
                Node::Some(least, all.into_iter().map(|node| node.sped_up(groups)).collect())
            }
            Node::Near(within, all) => {
                Node::Near(within, all.into_iter().map(|node| node.sped_up(groups)).collect())
            }
            Node::Optional(node) => Node::Optional(Box::new(node.sped_up(groups))),
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
            Node::Words(ids) | Node::Begins(ids, _) => {
                into.words.extend(ids.iter());
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
            Node::Words(ids) => {
                into.extend(ids.iter());
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

    /// Words of which at least one stands in every match: of several such lists the lightest. `None` when no list does.
    /// `groups` are the groups' own lists.
    pub(crate) fn needs(
        &self,
        groups: &[Option<Vec<WordId>>],
        weight: &dyn Fn(WordId) -> usize,
    ) -> Option<Vec<WordId>> {
        let of = |node: &Node| node.needs(groups, weight);
        let lightest = |lists: Vec<Vec<WordId>>| {
            lists.into_iter().min_by_key(|words| words.iter().map(|id| weight(*id)).sum::<usize>())
        };
        match self {
            Node::Word(id) => Some(vec![*id]),
            Node::Words(ids) => Some(ids.to_vec()),
            Node::Begins(_, node) => of(node),
            Node::Group(id) => groups.get(id.0).cloned().flatten(),
            Node::Any(all) | Node::Some(_, all) => {
                let each: Option<Vec<Vec<WordId>>> = all.iter().map(of).collect();
                each.map(|lists| lists.concat())
            }
            Node::Near(_, all) => lightest(all.iter().filter_map(of).collect()),
            Node::Seq(all) => lightest(all.iter().filter_map(|(_, node)| of(node)).collect()),
            Node::Number(_)
            | Node::Slot(_)
            | Node::Optional(_)
            | Node::SentenceStart
            | Node::ClauseStart
            | Node::SentenceEnd
            | Node::Question => None,
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
            Node::Words(ids) => ids.len(),
            _ => 0,
        }
    }
}

/// Each word once, in order.
pub(crate) fn sorted(mut words: Vec<WordId>) -> Box<[WordId]> {
    words.sort_unstable();
    words.dedup();
    words.into()
}
