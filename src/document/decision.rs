//! What was decided about a figure when it was read, and which words decided it.
//!
//! It is how a user mends a vocabulary. A reader keeps it only where it is asked to.

use crate::Lang;
use crate::source::Place;

/// One thing that was decided about a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// What it is about.
    pub about: Aspect,
    /// What was decided, in the words of the document where there are any.
    pub is: String,
    /// By what.
    pub by: Ground,
    /// The words that decided it, where some did.
    pub words: Option<Place>,
}

/// What is decided about a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Aspect {
    /// What it is called.
    Label,
    /// Amount, change, rate, share or completion.
    Facet,
    /// What a change is against.
    Base,
    /// Of which year it is.
    Period,
    /// Budget or actual.
    Basis,
    /// In what it is counted.
    Unit,
    /// What it is a part of.
    Parent,
    /// Whose it is.
    Scope,
}

/// By what something is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ground {
    /// Words beside the figure.
    Beside,
    /// Words before, which still hold.
    Carried,
    /// A heading that it stands under.
    Heading,
    /// The list that it stands in.
    List,
    /// A sum in the rules.
    Rules,
    /// The head of its column, or of its row.
    Table,
    /// What the document as a whole is.
    Document,
    /// The names that share it in turn.
    Turns,
    /// Nothing: it is what is so where nothing is said.
    Nothing,
}

impl Aspect {
    /// The word for it.
    pub fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Aspect::Label, Lang::Zh) => "标签",
            (Aspect::Label, Lang::En) => "label",
            (Aspect::Facet, Lang::Zh) => "性质",
            (Aspect::Facet, Lang::En) => "facet",
            (Aspect::Base, Lang::Zh) => "对比",
            (Aspect::Base, Lang::En) => "against",
            (Aspect::Period, Lang::Zh) => "年份",
            (Aspect::Period, Lang::En) => "period",
            (Aspect::Basis, Lang::Zh) => "口径",
            (Aspect::Basis, Lang::En) => "basis",
            (Aspect::Unit, Lang::Zh) => "单位",
            (Aspect::Unit, Lang::En) => "unit",
            (Aspect::Parent, Lang::Zh) => "属于",
            (Aspect::Parent, Lang::En) => "part of",
            (Aspect::Scope, Lang::Zh) => "范围",
            (Aspect::Scope, Lang::En) => "scope",
        }
    }
}

impl Ground {
    /// The ground in words.
    pub fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Ground::Beside, Lang::Zh) => "本句的词",
            (Ground::Beside, Lang::En) => "words beside it",
            (Ground::Carried, Lang::Zh) => "沿用前文",
            (Ground::Carried, Lang::En) => "carried from before",
            (Ground::Heading, Lang::Zh) => "所在标题",
            (Ground::Heading, Lang::En) => "the heading above",
            (Ground::List, Lang::Zh) => "所在分项",
            (Ground::List, Lang::En) => "the list it is in",
            (Ground::Rules, Lang::Zh) => "规则中的合计关系",
            (Ground::Rules, Lang::En) => "a sum in the rules",
            (Ground::Table, Lang::Zh) => "表头或行名",
            (Ground::Table, Lang::En) => "the head of its column or row",
            (Ground::Document, Lang::Zh) => "整份文件",
            (Ground::Document, Lang::En) => "the document as a whole",
            (Ground::Turns, Lang::Zh) => "“分别”依次对应",
            (Ground::Turns, Lang::En) => "names in turn",
            (Ground::Nothing, Lang::Zh) => "没有写明，按通常理解",
            (Ground::Nothing, Lang::En) => "nothing said, the usual",
        }
    }
}
