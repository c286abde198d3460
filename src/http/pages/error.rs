//! The error page: what happened, whose fault it is, what to do, and an id.

use askama::Template;

use super::layout::Layout;

/// Tells a person what went wrong; nothing on it redirects.
#[derive(Template)]
#[template(path = "pages/error.html")]
pub struct ErrorPage {
    pub layout: Layout,
    /// The heading, a short sentence.
    pub title: String,
    pub what: String,
    /// "This is not your fault: …"
    pub whose_fault: Option<String>,
    pub what_to_do: Vec<String>,
    /// Label and address of the way on; the address is ours or verified, never the request's.
    pub way_on: Option<(String, String)>,
    /// The line for whoever helps, folded.
    pub technical: Option<String>,
    /// The id the log line carries too.
    pub request_id: String,
}
