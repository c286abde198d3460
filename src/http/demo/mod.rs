//! The guided minute: a small sample app and a sample API, served beside the real thing on `placet demo` and nowhere else.
//!
//! Both know of the server only what any program may know, and speak to it by HTTP: the app as a confidential client, the
//! API as a resource server. They are here to be read as well as clicked.

mod api;
mod calls;
mod key_set;
mod pages;
mod remembered;
mod sign_in;
mod token_request;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::web::{self, Data, ServiceConfig};

use super::routes::resource;
use super::web::Web;
use crate::app::App;
use crate::model::secret::Secret;
use key_set::KeySet;

/// The sample app below `/demo`: confidential, code and refresh.
pub(crate) const WEB_CLIENT: &str = "demo-web";
/// A single-page app that somebody may be writing meanwhile: public.
pub(crate) const SPA_CLIENT: &str = "demo-spa";
/// Where the single-page app takes its answers.
pub(crate) const SPA_REDIRECT_URI: &str = "http://localhost:5173/callback";
/// A program that asks on its own behalf.
pub(crate) const SERVICE_CLIENT: &str = "demo-service";

/// What the sample API lets one do: the scope, and the words of the consent page.
pub(crate) const READ: (&str, &str) = ("notes:read", "read your notes");
/// See [`READ`].
pub(crate) const WRITE: (&str, &str) = ("notes:write", "write and change your notes");

/// Somebody who can sign in to the demo.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub(crate) username: &'static str,
    /// Shown to everyone: the demo keeps nothing.
    pub(crate) password: &'static str,
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    pub(crate) roles: &'static [&'static str],
    /// In words, for the table on the page.
    pub(crate) what: &'static str,
}

/// Everybody.
pub(crate) const PEOPLE: [Person; 2] = [
    Person {
        username: "ada",
        password: "ada-takes-notes",
        name: "Ada Lovelace",
        email: "ada@example.com",
        roles: &["admin", "editor"],
        what: "Ada Lovelace, admin and editor",
    },
    Person {
        username: "bob",
        password: "bob-takes-notes",
        name: "Bob Kahn",
        email: "bob@example.com",
        roles: &[],
        what: "Bob Kahn, without a role",
    },
];

/// How long the demo waits for an answer of its own server.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The identifier of the sample API, and the `aud` of its tokens.
pub(crate) fn api_uri(issuer: &str) -> String {
    format!("{issuer}/demo/api")
}

/// Where the sample app takes its answers.
pub(crate) fn redirect_uri(issuer: &str) -> String {
    format!("{issuer}/demo/callback")
}

/// The secret of a client of the demo. Derived instead of stored, so that the sample app has it without being told.
pub(crate) fn client_secret(app: &App, client_id: &str) -> Secret<String> {
    Secret::new(format!(
        "placet_cs_{}",
        app.crypto
            .csrf
            .sign_text(&[b"demo client", client_id.as_bytes()])
    ))
}

/// What the sample app and the sample API hold; each worker thread has its own.
struct Demo {
    http: reqwest::Client,
    app_keys: KeySet,
    api_keys: KeySet,
}

impl Demo {
    fn new() -> reqwest::Result<Self> {
        let http = reqwest::Client::builder()
            // Only this machine is called: no proxy, no certificates, and no connection kept that would delay the stop.
            .no_proxy()
            .tls_certs_only([])
            .redirect(reqwest::redirect::Policy::none())
            .pool_max_idle_per_host(0)
            .timeout(TIMEOUT)
            .build()?;
        Ok(Self {
            http,
            app_keys: KeySet::default(),
            api_keys: KeySet::default(),
        })
    }
}

/// The addresses below `/demo`.
pub(super) fn routes(config: &mut ServiceConfig, web: &Web) {
    let demo = match Demo::new() {
        Ok(demo) => Data::new(demo),
        Err(error) => {
            tracing::error!(%error, "the demo cannot make its HTTP client");
            return;
        }
    };
    let page = |path: &str| resource(&web.href(path), "GET");
    let button = |path: &str| resource(&web.href(path), "POST");
    config
        .app_data(demo)
        .service(page("/demo").route(web::get().to(sign_in::home)))
        .service(page("/demo/sign-in").route(web::get().to(sign_in::start)))
        .service(page("/demo/callback").route(web::get().to(sign_in::callback)))
        .service(page("/demo/result").route(web::get().to(calls::result)))
        .service(button("/demo/call/{which}").route(web::post().to(calls::call)))
        .service(button("/demo/refresh").route(web::post().to(calls::refresh)))
        .service(button("/demo/start-over").route(web::post().to(calls::start_over)))
        .service(
            resource(&web.href("/demo/api/notes"), "GET, POST")
                .route(web::get().to(api::read))
                .route(web::post().to(api::write)),
        );
}

/// Where this server is reached from this machine, whatever its issuer is called outside. Never from the `Host` header,
/// which the other side writes.
fn own_address(request: &HttpRequest, web: &Web) -> String {
    let mut address = request.app_config().local_addr();
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    format!("http://{address}{}", web.base)
}
