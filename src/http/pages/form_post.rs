//! The page that carries an answer back to the app by a form (`response_mode=form_post`).

use askama::Template;

use super::layout::Layout;

/// Posts the answer on load, or by its button where there is no JavaScript.
#[derive(Template)]
#[template(path = "pages/form_post.html")]
pub struct FormPostPage {
    pub layout: Layout,
    /// The verified redirect URI.
    pub action: String,
    pub client_name: String,
    /// Name and value of each hidden input.
    pub fields: Vec<(String, String)>,
}
