//! The language of a page: as the client asked (`ui_locales`), else as the person chose, else as the browser says, else the installation's.

use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{HttpMessage as _, HttpRequest};

use super::web::Web;
use crate::model::request::AuthorizationRequest;
use crate::model::user::User;
use crate::texts::Language;

/// What is known of the request's language beside its header.
#[derive(Debug, Clone, Copy, Default)]
struct Noted {
    client: Option<Language>,
    person: Option<Language>,
}

/// Takes note of what the client asked for (OIDC Core §3.1.2.1).
pub(super) fn note_client(request: &HttpRequest, waiting: &AuthorizationRequest) {
    let tags = waiting.ui_locales.as_deref().unwrap_or_default();
    note_asked(request, Language::best(tags.split(' ')));
}

/// The same, where it is read already.
pub(super) fn note_asked(request: &HttpRequest, client: Option<Language>) {
    let noted = noted(request);
    request.extensions_mut().insert(Noted { client, ..noted });
}

/// Takes note of what the person chose.
pub(super) fn note_person(request: &HttpRequest, user: &User) {
    let person = user.locale.as_deref().and_then(Language::of_tag);
    let noted = noted(request);
    request.extensions_mut().insert(Noted { person, ..noted });
}

/// The language to answer in. The console and the demo are in English.
pub(super) fn of(request: &HttpRequest, web: &Web) -> Language {
    let path = request.path();
    let path = path.strip_prefix(web.base.as_str()).unwrap_or(path);
    if matches!(path.split('/').nth(1), Some("admin" | "demo")) {
        return Language::English;
    }
    let noted = noted(request);
    noted
        .client
        .or(noted.person)
        .or_else(|| browser(request))
        .unwrap_or(web.app.config.language)
}

fn noted(request: &HttpRequest) -> Noted {
    let noted = request.extensions().get::<Noted>().copied();
    noted.unwrap_or_default()
}

/// RFC 9110 §12.5.4.
fn browser(request: &HttpRequest) -> Option<Language> {
    let header = request.headers().get(ACCEPT_LANGUAGE)?;
    Language::of_header(header.to_str().ok()?)
}
