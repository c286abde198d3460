//! What did not fit: for each thing and field why, and what to do; and the names of the fields that nobody read.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::client::is_deceptive;

/// One thing that did not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// `client`, `user`, `scope`, `role`, `realm` …
    pub kind: &'static str,
    /// Its name in the file.
    pub name: String,
    /// The field's name in the file.
    pub field: String,
    pub why: String,
    /// What to do about it.
    pub mend: String,
}

/// A field that has no counterpart here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    pub kind: &'static str,
    pub field: String,
    /// How many things of the kind had something there.
    pub count: u64,
}

/// All that did not fit.
#[derive(Debug, Default)]
pub struct Report {
    pub notes: Vec<Note>,
    unread: BTreeMap<(&'static str, String), u64>,
}

impl Report {
    /// Notes one thing.
    pub fn note(
        &mut self,
        thing: (&'static str, &str),
        field: &str,
        why: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.notes.push(Note {
            kind: thing.0,
            name: visible(thing.1),
            field: visible(field),
            why: visible(&why.into()),
            mend: mend.into(),
        });
    }

    /// Counts a field that nobody read.
    pub(super) fn unread(&mut self, kind: &'static str, field: &str) {
        *self.unread.entry((kind, visible(field))).or_default() += 1;
    }

    /// The fields that nobody read.
    pub fn unread_fields(&self) -> Vec<Unread> {
        let fields = self.unread.iter();
        fields
            .map(|((kind, field), count)| Unread {
                kind,
                field: field.clone(),
                count: *count,
            })
            .collect()
    }
}

/// Text of the file as a terminal may show it: of bounded length, and without characters that would command it.
fn visible(text: &str) -> String {
    let shown = text.chars().take(300);
    shown
        .map(|c| if is_deceptive(c) { '\u{fffd}' } else { c })
        .collect()
}
