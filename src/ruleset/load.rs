//! Which files a set consists of: those given, and those they `use`, each once and before whoever uses it.
//!
//! `use NAME` means, in this order: a file given beside this one whose set or file has that name, `NAME.rules` in the
//! folder that this file was read from, the bundled set of that name.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bundled;
use super::error::{RuleError, RuleErrorKind};
use crate::limits;
use crate::source::{Location, Source, Span};
use crate::syntax::{self, ast};

/// A file that was asked for.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) source: Arc<Source>,
    /// The folder it was read from, where `use` finds its neighbours.
    pub(super) folder: Option<PathBuf>,
    /// What tells it from other files: its path, or the name of the bundled set.
    pub(super) key: String,
}

impl Given {
    pub(super) fn text(name: impl Into<String>, text: impl Into<String>) -> Given {
        let source = Arc::new(Source::new(name, text));
        Given { key: key(&source), source, folder: None }
    }

    pub(super) fn bundled(name: &str) -> Option<Given> {
        let (file, text) = bundled::find(name)?;
        Some(Given { key: format!("bundled {name}"), ..Given::text(file, text) })
    }

    /// The text of bytes, or the error that they are none.
    pub(super) fn bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Given, RuleError> {
        let name = name.into();
        match Source::from_bytes(name.clone(), bytes) {
            Ok(source) => {
                let source = Arc::new(source);
                Ok(Given { key: key(&source), source, folder: None })
            }
            Err(error) => {
                let valid = bytes.get(..error.offset()).and_then(|valid| std::str::from_utf8(valid).ok());
                let source = Arc::new(Source::new(name, valid.unwrap_or("")));
                let place = Location::new(source, Span::new(error.offset(), error.offset()));
                Err(RuleError::new(RuleErrorKind::NotText, Some(place)))
            }
        }
    }

    /// The file at a path. `place` is the `use` that names it, if one does.
    pub(super) fn path(path: &Path, place: Option<&Location>) -> Result<Given, RuleError> {
        let name = path.to_string_lossy().into_owned();
        let bytes = fs::read(path).map_err(|error| {
            RuleError::new(
                RuleErrorKind::CannotRead { name: name.clone(), why: error.kind() },
                place.cloned(),
            )
        })?;
        let given = Given::bytes(name.clone(), &bytes)?;
        // Two ways to write a path are one file.
        let key = fs::canonicalize(path).map_or(name, |path| path.to_string_lossy().into_owned());
        Ok(Given { folder: path.parent().map(Path::to_path_buf), key, ..given })
    }

    /// The name of its file, without folder and extension.
    fn stem(&self) -> &str {
        Path::new(self.source.name()).file_stem().and_then(|stem| stem.to_str()).unwrap_or("")
    }
}

/// What tells a text from all others: two may go by one name.
fn key(source: &Arc<Source>) -> String {
    format!("text at {:p}", Arc::as_ptr(source))
}

/// A file as read.
pub(super) struct Loaded {
    pub(super) source: Arc<Source>,
    pub(super) file: ast::File,
    /// Whether it was asked for, and not only used by another.
    pub(super) is_given: bool,
}

/// All files of a set, in the order in which they are declared.
#[derive(Default)]
pub(super) struct Load {
    pub(super) files: Vec<Loaded>,
    pub(super) errors: Vec<RuleError>,
    /// Whether a declaration could not be read, so that a name may mean something else.
    pub(super) has_gaps: bool,
    /// Whether a set that is used was not found, so that a name may be one of its.
    pub(super) lacks_set: bool,
}

/// Reads the files given, and those they use.
pub(super) fn load(given: &[Given]) -> Load {
    let parsed: Vec<_> = given.iter().map(|given| syntax::parse(&given.source)).collect();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (position, (given, parsed)) in given.iter().zip(&parsed).enumerate() {
        for name in [given.stem().to_owned()].into_iter().chain(set_name(&parsed.file)) {
            by_name.entry(name).or_insert(position);
        }
    }
    let parsed = given.iter().map(|given| given.key.clone()).zip(parsed).collect();
    let (state, open, load) = (HashMap::new(), Vec::new(), Load::default());
    let mut loader = Loader { given, by_name, parsed, state, open, load };
    given.iter().for_each(|given| loader.file(given));
    loader.load
}

fn set_name(file: &ast::File) -> Option<String> {
    file.items.iter().find_map(|item| match &item.node {
        ast::Item::RuleSet(head) => Some(head.name.node.clone()),
        _ => None,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Done,
}

struct Loader<'g> {
    given: &'g [Given],
    by_name: HashMap<String, usize>,
    /// The trees of the files given, by their keys, until each has its turn.
    parsed: HashMap<String, syntax::Parsed>,
    state: HashMap<String, State>,
    /// The files being loaded, each with the `use` it is at.
    open: Vec<(String, Option<Location>)>,
    load: Load,
}

impl Loader<'_> {
    fn file(&mut self, given: &Given) {
        if self.state.contains_key(&given.key) {
            return;
        }
        if self.state.len() == limits::RULE_FILES {
            let place = self.open.last().and_then(|(_, at)| at.clone());
            self.load.has_gaps = true;
            self.load.errors.push(RuleError::new(RuleErrorKind::TooManyFiles, place));
            return;
        }
        self.state.insert(given.key.clone(), State::Open);
        self.open.push((given.key.clone(), None));
        let own = self.parsed.remove(&given.key);
        // A file that is given is so even where another uses it first.
        let is_given = own.is_some();
        let parsed = own.unwrap_or_else(|| syntax::parse(&given.source));
        self.load.has_gaps |= parsed.lost_declarations;
        self.load.errors.extend(parsed.errors.into_iter().map(|error| {
            let place = Location::new(Arc::clone(&given.source), error.span());
            RuleError::new(RuleErrorKind::Syntax(error), Some(place))
        }));
        for item in &parsed.file.items {
            if let ast::Item::Use(used) = &item.node {
                let place = Location::new(Arc::clone(&given.source), used.set.span);
                if let Some((_, at)) = self.open.last_mut() {
                    *at = Some(place.clone());
                }
                self.used(&used.set.node, given, &place);
            }
        }
        self.open.pop();
        self.state.insert(given.key.clone(), State::Done);
        let source = Arc::clone(&given.source);
        self.load.files.push(Loaded { source, file: parsed.file, is_given });
    }

    fn used(&mut self, name: &str, by: &Given, place: &Location) {
        let found = match self.find(name, by, place) {
            Ok(found) => found,
            Err(error) => {
                self.load.lacks_set = true;
                self.load.errors.push(error);
                return;
            }
        };
        if self.state.get(&found.key) == Some(&State::Open) {
            // The `use` by which the file that is used came here.
            let first = self.open.iter().find(|(key, _)| *key == found.key).and_then(|(_, at)| at.clone());
            let first = first.filter(|first| first != place);
            let kind = RuleErrorKind::UseCycle { name: name.to_owned(), first };
            self.load.errors.push(RuleError::new(kind, Some(place.clone())));
            return;
        }
        self.file(&found);
    }

    fn find(&self, name: &str, by: &Given, place: &Location) -> Result<Given, RuleError> {
        let given = self.by_name.get(name).and_then(|position| self.given.get(*position));
        if let Some(given) = given {
            return Ok(given.clone());
        }
        if let Some(folder) = &by.folder {
            let path = folder.join(format!("{name}.rules"));
            if path.is_file() {
                return Given::path(&path, Some(place));
            }
        }
        Given::bundled(name).ok_or_else(|| {
            let folder = by.folder.as_ref().map(|folder| folder.to_string_lossy().into_owned());
            let kind = RuleErrorKind::UnknownSet { name: name.to_owned(), folder };
            RuleError::new(kind, Some(place.clone()))
        })
    }
}
