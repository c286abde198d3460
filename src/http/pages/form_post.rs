//! The page that carries an answer back to the app by a form (`response_mode=form_post`).

use askama::Template;

use super::layout::Layout;
use crate::texts::Message;

/// Posts the answer on load, or by its button where there is no JavaScript.
#[derive(Template)]
#[template(path = "pages/form_post.html")]
pub struct FormPostPage {
    pub layout: Layout,
    /// The verified redirect URI.
    pub action: String,
    /// `None`: which app it is, is not known.
    pub client_name: Option<String>,
    /// Name and value of each hidden input.
    pub fields: Vec<(String, String)>,
}

impl FormPostPage {
    fn title(&self) -> Message {
        match &self.client_name {
            Some(name) => self.layout.say("form-post-title").with("app", name),
            None => self.layout.say("form-post-title-unknown"),
        }
    }
}
