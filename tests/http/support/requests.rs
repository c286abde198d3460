//! Requests that no browser makes, clients in one line, and what an error of the authorization endpoint must look like.

use std::sync::LazyLock;

use placet::admin::clients::{ClientFields, NewClient};
use reqwest::{Method, Url};

use super::{Page, TestServer};

/// Making one reads the machine's certificates, which is slow. Nothing is kept alive: each test has a runtime of its own.
static HTTP: LazyLock<reqwest::Client> = LazyLock::new(|| {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    builder.pool_max_idle_per_host(0).build().unwrap()
});

/// One request of these very headers and bytes, without cookies, without following a redirect.
pub(crate) async fn ask(
    server: &TestServer,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Page {
    let url = Url::parse(&format!("{}{path}", server.url)).unwrap();
    let mut request = HTTP.request(method, url.clone());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if !body.is_empty() {
        request = request.body(body.to_owned());
    }
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    Page {
        status,
        headers,
        body: response.text().await.unwrap(),
        url,
    }
}

/// Form encoding, in the order given.
pub(crate) fn encode(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

/// The same with another first character.
pub(crate) fn altered(text: &str) -> String {
    let first = if text.starts_with('A') { 'B' } else { 'A' };
    text.chars().next().map_or_else(String::new, |old| {
        format!("{first}{}", &text[old.len_utf8()..])
    })
}

/// A confidential client with the code grant.
pub(crate) fn new_client(name: &str, redirect_uris: &[&str]) -> NewClient {
    NewClient {
        fields: ClientFields {
            name: Some(name.to_owned()),
            redirect_uris: Some(redirect_uris.iter().map(|uri| (*uri).to_owned()).collect()),
            ..ClientFields::default()
        },
        ..NewClient::default()
    }
}

/// The same without a secret.
pub(crate) fn new_public_client(name: &str, redirect_uris: &[&str]) -> NewClient {
    NewClient {
        is_public: true,
        ..new_client(name, redirect_uris)
    }
}

/// The error went to the person: a page of ours, no redirect, no session, the request's id on it.
#[track_caller]
pub(crate) fn assert_shown(page: &Page, case: &str) {
    assert_eq!(
        page.status,
        400,
        "{case}: {:?} {}",
        page.location(),
        page.body
    );
    assert_eq!(page.location(), None, "{case}");
    assert_eq!(
        page.header("content-type"),
        "text/html; charset=utf-8",
        "{case}"
    );
    assert!(!page.headers.contains_key("set-cookie"), "{case}");
    let id = page.header("x-request-id");
    assert!(
        id.len() >= 16 && page.text().contains(id),
        "{case}: the id {id:?} is not on the page: {}",
        page.text()
    );
}

/// The error went to the client (RFC 6749 §4.1.2.1, RFC 9207 §2) with state `xyz`, and with nothing that it may not have.
#[track_caller]
pub(crate) fn assert_refused(page: &Page, issuer: &str, code: &str, case: &str) {
    assert_eq!(page.status, 303, "{case}: {}", page.body);
    let location = page.location().unwrap();
    assert_eq!(
        page.returned("error").as_deref(),
        Some(code),
        "{case}: {location}"
    );
    assert_eq!(
        page.returned("state").as_deref(),
        Some("xyz"),
        "{case}: {location}"
    );
    assert_eq!(
        page.returned("iss").as_deref(),
        Some(issuer),
        "{case}: {location}"
    );
    for name in ["code", "access_token", "id_token", "token"] {
        assert_eq!(page.returned(name), None, "{case}: {location}");
    }
    // RFC 6749 §4.1.2.1: %x20-21 / %x23-5B / %x5D-7E
    let description = page.returned("error_description").unwrap();
    let is_legal = |c: char| (' '..='~').contains(&c) && c != '"' && c != '\\';
    assert!(
        !description.is_empty() && description.chars().all(is_legal),
        "{case}: {description}"
    );
}
