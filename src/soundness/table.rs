//! A list that is read by positions which it gave out itself.
//!
//! In and out: items. A position that it never gave out reads as an empty item: nothing panics, and nothing has to be asked twice.

/// The list. It never shrinks.
#[derive(Debug, Default)]
pub(super) struct Table<T> {
    items: Vec<T>,
    empty: T,
}

impl<T: Default> Table<T> {
    pub(super) fn push(&mut self, item: T) -> usize {
        self.items.push(item);
        self.items.len().saturating_sub(1)
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn at(&self, position: usize) -> &T {
        self.items.get(position).unwrap_or(&self.empty)
    }

    pub(super) fn at_mut(&mut self, position: usize) -> &mut T {
        match self.items.get_mut(position) {
            Some(item) => item,
            None => &mut self.empty,
        }
    }
}
