//! The pages of the built-in sample app: the guided minute, for developers.

use std::sync::Arc;

use askama::Template;

use crate::http::pages::layout::Layout;

/// The start: who can sign in, what will happen, the button.
#[derive(Template)]
#[template(path = "pages/demo_home.html")]
pub(super) struct DemoHomePage {
    pub(super) layout: Layout,
    /// Username, password, and what the person is there to show.
    pub(super) people: Vec<(String, String, String)>,
    pub(super) sign_in_href: String,
    /// Asks for the write scope too.
    pub(super) sign_in_more_href: String,
    /// Asks for the password and the consent again.
    pub(super) sign_in_again_href: String,
    pub(super) steps: Vec<String>,
}

/// After the sign-in: the tokens, decoded, and calls to the sample API.
#[derive(Template)]
#[template(path = "pages/demo_result.html")]
pub(super) struct DemoResultPage {
    pub(super) layout: Layout,
    pub(super) csrf: String,
    /// Pretty JSON.
    pub(super) access_token_header: String,
    /// Pretty JSON.
    pub(super) access_token_claims: String,
    /// Pretty JSON.
    pub(super) id_token_claims: Option<String>,
    pub(super) scope: String,
    /// Seconds.
    pub(super) expires_in: i64,
    pub(super) api_calls: Vec<DemoApiCall>,
    /// Where the refresh form posts; none without a refresh token.
    pub(super) refresh_href: Option<String>,
    /// Where the form posts that forgets the tokens.
    pub(super) start_over_href: String,
    pub(super) last_call: Option<Arc<DemoApiAnswer>>,
}

/// A call the person can make with one button.
pub(super) struct DemoApiCall {
    /// "Read the notes"
    pub(super) label: String,
    /// Where the call's form posts.
    pub(super) href: String,
    /// What the API asks for, `notes:read`.
    pub(super) needs: String,
    /// Whether the token has that.
    pub(super) is_granted: bool,
    /// Whether a token is sent at all.
    pub(super) has_token: bool,
}

/// What the sample API answered.
pub(super) struct DemoApiAnswer {
    /// "GET /demo/api/notes"
    pub(super) request: String,
    pub(super) status: u16,
    /// Whether the API accepted the token.
    pub(super) ok: bool,
    pub(super) body: String,
    pub(super) headers: Vec<(String, String)>,
}

/// The sample app's own error page.
#[derive(Template)]
#[template(path = "pages/demo_error.html")]
pub(super) struct DemoErrorPage {
    pub(super) layout: Layout,
    /// The code, `access_denied`.
    pub(super) error: String,
    pub(super) description: String,
    /// The server said so; otherwise the app found it.
    pub(super) is_told: bool,
    pub(super) again_href: String,
}
