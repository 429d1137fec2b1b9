//! A set of words, looked up by what a text starts with.
//!
//! A tree of characters in one list, each node with its own edges in order: nearly every node has one or two. Only the
//! root has hundreds; its edges are found by counting bits. Most places of a text start no word, and one bit tells so.

/// Words, found by the longest that a text starts with.
#[derive(Clone, Debug)]
pub(super) struct Words<T> {
    roots: Roots,
    nodes: Vec<Node<T>>,
}

#[derive(Clone, Debug)]
struct Node<T> {
    /// The first character that was found to go on from here, and where to: nearly always the only one.
    edge: Option<(char, u32)>,
    /// The others, in their order.
    others: Vec<(char, u32)>,
    value: Option<T>,
}

impl<T> Node<T> {
    fn new() -> Node<T> {
        Node { edge: None, others: Vec::new(), value: None }
    }

    fn next(&self, c: char) -> Option<usize> {
        let (edge, to) = self.edge?;
        if edge == c { Some(index(to)) } else { other(&self.others, c) }
    }

    fn insert(&mut self, c: char, fresh: u32) -> u32 {
        match self.edge {
            None => self.edge.insert((c, fresh)).1,
            Some((edge, to)) if edge == c => to,
            Some(_) => insert_edge(&mut self.others, c, fresh),
        }
    }
}

/// Where a character leads to by a list of edges.
fn other(edges: &[(char, u32)], c: char) -> Option<usize> {
    let at = edges.binary_search_by_key(&c, |(edge, _)| *edge).ok()?;
    edges.get(at).map(|(_, to)| index(*to))
}

fn index(node: u32) -> usize {
    usize::try_from(node).unwrap_or(usize::MAX)
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Words { roots: Roots::default(), nodes: Vec::new() }
    }
}

impl<T: Copy> Words<T> {
    pub(super) fn insert(&mut self, word: &str, value: T) {
        let mut node = None;
        for c in word.chars() {
            node = self.step_to(node, c);
            if node.is_none() {
                return;
            }
        }
        if let Some(last) = node.and_then(|node| self.nodes.get_mut(node)) {
            last.value = Some(value);
        }
    }

    /// The node that a character leads to, from the root or from a node, made where there is none.
    fn step_to(&mut self, from: Option<usize>, c: char) -> Option<usize> {
        let fresh = u32::try_from(self.nodes.len()).ok()?;
        let to = match from {
            None => self.roots.insert(c, fresh),
            Some(from) => self.nodes.get_mut(from)?.insert(c, fresh),
        };
        if to == fresh {
            self.nodes.push(Node::new());
        }
        Some(index(to))
    }

    /// Whether a word may start with a character: where not, none does.
    pub(super) fn may_start(&self, c: char) -> bool {
        self.roots.first.may_have(c)
    }

    /// The longest word that the text starts with, and how many characters it has.
    #[inline]
    pub(super) fn prefix(&self, text: &[char]) -> Option<(T, usize)> {
        let (first, rest) = text.split_first()?;
        if self.may_start(*first) { self.walk(*first, rest) } else { None }
    }

    fn walk(&self, first: char, rest: &[char]) -> Option<(T, usize)> {
        let mut node = self.nodes.get(self.roots.get(first)?)?;
        let mut found = node.value.map(|value| (value, 1));
        for (length, c) in (2..).zip(rest) {
            let Some(next) = node.next(*c).and_then(|next| self.nodes.get(next)) else { break };
            node = next;
            if let Some(value) = node.value {
                found = Some((value, length));
            }
        }
        found
    }

    /// Whether the whole text is one of the words.
    pub(super) fn is_word(&self, text: &[char]) -> bool {
        self.prefix(text).is_some_and(|(_, length)| length == text.len())
    }
}

/// Adds where a character leads to, unless it leads somewhere; where it does.
fn insert_edge(edges: &mut Vec<(char, u32)>, c: char, fresh: u32) -> u32 {
    match edges.binary_search_by_key(&c, |(edge, _)| *edge) {
        Ok(at) => edges.get(at).map_or(fresh, |(_, to)| *to),
        Err(at) => {
            edges.insert(at, (c, fresh));
            fresh
        }
    }
}

/// The edges of the root: one for each bit of its set, in the order of the bits, so that a count of the bits before is
/// where it stands. A character whose bit another one has stands in a list of its own.
#[derive(Clone, Debug)]
struct Roots {
    first: Firsts,
    /// How many bits there are before each piece of the set.
    before: [u16; PIECES],
    edges: Vec<(char, u32)>,
    others: Vec<(char, u32)>,
}

impl Default for Roots {
    fn default() -> Self {
        Roots { first: Firsts::default(), before: [0; PIECES], edges: Vec::new(), others: Vec::new() }
    }
}

impl Roots {
    fn get(&self, c: char) -> Option<usize> {
        let (edge, to) = self.edges.get(self.rank(c)?)?;
        if *edge == c { Some(index(*to)) } else { other(&self.others, c) }
    }

    /// Where the edge of a character's bit stands.
    fn rank(&self, c: char) -> Option<usize> {
        let (piece, bit) = Firsts::bit(c);
        let bits = self.first.0.get(piece).filter(|bits| **bits & bit != 0)?;
        let here = index((bits & (bit - 1)).count_ones());
        Some(usize::from(*self.before.get(piece)?) + here)
    }

    fn insert(&mut self, c: char, fresh: u32) -> u32 {
        if let Some(rank) = self.rank(c) {
            return match self.edges.get(rank) {
                Some((edge, to)) if *edge == c => *to,
                _ => insert_edge(&mut self.others, c, fresh),
            };
        }
        self.first.insert(c);
        let (piece, _) = Firsts::bit(c);
        self.before.iter_mut().skip(piece + 1).for_each(|before| *before += 1);
        if let Some(rank) = self.rank(c).filter(|rank| *rank <= self.edges.len()) {
            self.edges.insert(rank, (c, fresh));
        }
        fresh
    }
}

/// Pieces of a set, of 64 bits each.
const PIECES: usize = 64;

/// A set of characters, a bit each modulo its size: what it does not have is surely not in it.
#[derive(Clone, Debug)]
pub(super) struct Firsts([u64; PIECES]);

impl Default for Firsts {
    fn default() -> Self {
        Firsts([0; PIECES])
    }
}

impl Firsts {
    fn bit(c: char) -> (usize, u64) {
        let code = u32::from(c) & 0xfff;
        (index(code >> 6), 1 << (code & 63))
    }

    pub(super) fn insert(&mut self, c: char) {
        let (at, bit) = Firsts::bit(c);
        if let Some(bits) = self.0.get_mut(at) {
            *bits |= bit;
        }
    }

    pub(super) fn may_have(&self, c: char) -> bool {
        let (at, bit) = Firsts::bit(c);
        self.0.get(at).is_some_and(|bits| bits & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The longest of a list of words that a text starts with; of equals the last one said.
    fn plainly(list: &[String], text: &[char]) -> Option<(usize, usize)> {
        let starts = |word: &String| text.starts_with(&word.chars().collect::<Vec<_>>());
        let found = list.iter().enumerate().filter(|(_, word)| !word.is_empty() && starts(word));
        found.map(|(at, word)| (at, word.chars().count())).max_by_key(|(at, length)| (*length, *at))
    }

    proptest! {
        #[test]
        fn a_look_finds_what_comparing_with_every_word_finds(
            // \u{8884} has the bit of 预.
            list in prop::collection::vec("[预\u{8884}算决数支出\u{20000}a]{0,4}", 0..12),
            text in "[预\u{8884}算决数支出\u{20000}\u{1000}a]{0,12}",
        ) {
            let mut words = Words::default();
            list.iter().enumerate().for_each(|(at, word)| words.insert(word, at));
            let text: Vec<char> = text.chars().collect();
            for at in 0..=text.len() {
                let rest = text.get(at..).unwrap();
                let found = plainly(&list, rest);
                prop_assert_eq!(words.prefix(rest), found);
                let is_listed = list.iter().any(|word| !word.is_empty() && word.chars().eq(rest.iter().copied()));
                prop_assert_eq!(words.is_word(rest), is_listed);
                prop_assert!(found.is_none() || rest.first().is_some_and(|c| words.may_start(*c)));
            }
        }
    }
}
