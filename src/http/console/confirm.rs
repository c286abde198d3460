//! The question before something that cannot be undone: what will happen, one button, and the way back.

use super::Page;
use super::form::Form;
use super::frame::Section;
use super::guard::Admin;
use super::pieces::{Cell, Piece};

/// A question.
pub(crate) struct Question<'a> {
    pub section: Section,
    /// "Remove the scope notes:read?"
    pub title: String,
    /// What will happen, a sentence each.
    pub effects: Vec<String>,
    /// What the button says: the verb of the title.
    pub submit: &'static str,
    /// Where the form is posted: the question's own address.
    pub action: String,
    pub version: Option<i64>,
    /// Where "Cancel" leads.
    pub back: &'a str,
    /// Also what a file manages is changed.
    pub overrides: bool,
}

impl Question<'_> {
    /// As a page; a form with more fields may be made of it by hand.
    pub(crate) fn page(self, admin: &Admin) -> Page {
        let mut ask = Form::new(admin, self.action, self.submit)
            .dangerous()
            .cancel(self.back.to_owned());
        ask.version = self.version;
        if self.overrides {
            ask = ask.hidden("override", "yes");
        }
        let effects = self.effects.into_iter().map(Cell::Text).collect();
        admin
            .page(self.section, self.title)
            .with(Piece::List(effects))
            .with(ask)
    }
}
