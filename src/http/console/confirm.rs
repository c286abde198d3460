//! The question before something that cannot be undone: what will happen, one button, and the way back.

use super::form::Form;
use super::frame::Section;
use super::guard::Admin;
use super::pieces::{Cell, Piece};
use super::{Page, form};
use crate::admin::AdminError;

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
    /// Why it was refused, where it was sent before.
    pub refused: Option<&'a AdminError>,
}

impl Question<'_> {
    /// As a page; a form with more fields may be made of it by hand.
    pub(crate) fn page(self, admin: &Admin) -> Page {
        let mut ask = Form::new(admin, self.action, self.submit)
            .dangerous()
            .cancel(self.back.to_owned());
        ask.version = self.version;
        if let Some(error) = self.refused {
            let text = form::sentence(&error.to_string());
            ask.problems.push((String::new(), text));
        }
        let effects = self.effects.into_iter().map(Cell::Text).collect();
        admin
            .page(self.section, self.title)
            .with(Piece::List(effects))
            .with(ask)
    }
}
