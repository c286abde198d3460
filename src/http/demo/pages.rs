//! The pages of the built-in sample app: the guided minute, for developers.

use askama::Template;

use crate::http::pages::layout::Layout;

/// The start: who can sign in, what will happen, the button.
#[derive(Template)]
#[template(path = "pages/demo_home.html")]
pub struct DemoHomePage {
    pub layout: Layout,
    /// Username, password, and what the person is there to show.
    pub people: Vec<(String, String, String)>,
    pub sign_in_href: String,
    /// Asks for the write scope too.
    pub sign_in_more_href: String,
    pub steps: Vec<String>,
}

/// After the sign-in: the tokens, decoded, and calls to the sample API.
#[derive(Template)]
#[template(path = "pages/demo_result.html")]
pub struct DemoResultPage {
    pub layout: Layout,
    pub csrf: String,
    /// Pretty JSON.
    pub access_token_header: String,
    /// Pretty JSON.
    pub access_token_claims: String,
    /// Pretty JSON.
    pub id_token_claims: Option<String>,
    pub scope: String,
    /// Seconds.
    pub expires_in: i64,
    pub api_calls: Vec<DemoApiCall>,
    /// Where the refresh form posts.
    pub refresh_href: String,
    pub sign_out_href: String,
    pub last_call: Option<DemoApiAnswer>,
}

/// A call the person can make with one button.
pub struct DemoApiCall {
    /// "Read the notes"
    pub label: String,
    /// Where the call's form posts.
    pub href: String,
    /// What the API asks for, `notes:read`.
    pub needs: String,
}

/// What the sample API answered.
pub struct DemoApiAnswer {
    /// "GET /demo/api/notes"
    pub request: String,
    pub status: u16,
    /// Whether the API accepted the token.
    pub ok: bool,
    pub body: String,
    pub headers: Vec<(String, String)>,
}

/// The sample app's own error page.
#[derive(Template)]
#[template(path = "pages/demo_error.html")]
pub struct DemoErrorPage {
    pub layout: Layout,
    /// The code, `access_denied`.
    pub error: String,
    pub description: String,
    pub again_href: String,
}
