//! A browser without JavaScript: cookies by host, forms with their hidden fields, redirects one at a time.

use std::collections::BTreeMap;

use reqwest::header::{HeaderMap, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, StatusCode, Url};
use scraper::{ElementRef, Html, Selector};

use super::server::PASSWORD;

/// One browser profile.
#[derive(Clone)]
pub(crate) struct Browser {
    http: Client,
    /// The server's address; relative addresses lead there.
    pub server: String,
    pub cookies: BTreeMap<String, String>,
    /// Sent with every request, such as `X-Forwarded-For`.
    pub headers: Vec<(&'static str, String)>,
}

/// What a request was answered with; no redirect was followed.
#[derive(Debug)]
pub(crate) struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The address that was asked for.
    pub url: Url,
}

impl Browser {
    pub(crate) fn new(server: &str) -> Self {
        let http = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            http,
            server: server.to_owned(),
            cookies: BTreeMap::new(),
            headers: Vec::new(),
        }
    }

    /// GET, without following a redirect.
    pub(crate) async fn get(&mut self, address: &str) -> Page {
        self.send(Method::GET, address, None).await
    }

    /// POST of a form, as a page of the server's own would do it.
    pub(crate) async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Page {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.send(Method::POST, address, Some(body)).await
    }

    /// A request; a body makes it a form post from the same origin.
    pub(crate) async fn send(
        &mut self,
        method: Method,
        address: &str,
        body: Option<String>,
    ) -> Page {
        let base = Url::parse(&self.server).unwrap();
        let url = base.join(address).unwrap();
        assert_eq!(
            url.origin(),
            base.origin(),
            "the browser of the tests visits only the server: {url}"
        );
        let mut request = self.http.request(method, url.clone());
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header("cookie", cookies.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(body) = body {
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body);
            if !self
                .headers
                .iter()
                .any(|(name, _)| *name == "sec-fetch-site")
            {
                request = request.header("sec-fetch-site", "same-origin");
            }
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        self.keep_cookies(&headers);
        let body = response.text().await.unwrap();
        Page {
            status,
            headers,
            body,
            url,
        }
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() || attributes.to_ascii_lowercase().contains("max-age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// Follows redirects for as long as they stay on the server.
    pub(crate) async fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..10 {
            let Some(location) = page.location() else {
                return page;
            };
            let own = Url::parse(&self.server).unwrap();
            if page.url.join(&location).unwrap().origin() != own.origin() {
                return page;
            }
            page = self.get(&location).await;
        }
        panic!("redirects without end");
    }

    /// GET, then redirects on the server.
    pub(crate) async fn visit(&mut self, address: &str) -> Page {
        let page = self.get(address).await;
        self.follow(page).await
    }

    /// Fills in the page's form: its hidden fields and ticked boxes as they are, `fields` over them, then follows.
    pub(crate) async fn submit(&mut self, page: &Page, fields: &[(&str, &str)]) -> Page {
        let (action, mut all) = page.form();
        all.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
        all.extend(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let pairs: Vec<(&str, &str)> = all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let answer = self.post(&action, &pairs).await;
        self.follow(answer).await
    }

    /// Signs in on a sign-in page.
    pub(crate) async fn log_in(&mut self, page: &Page, username: &str) -> Page {
        assert_eq!(
            page.heading_kind(),
            "login",
            "not a sign-in page: {}",
            page.body
        );
        self.submit(page, &[("username", username), ("password", PASSWORD)])
            .await
    }

    /// Allows on a consent page, every box ticked as it comes.
    pub(crate) async fn approve(&mut self, page: &Page) -> Page {
        assert_eq!(
            page.heading_kind(),
            "consent",
            "not a consent page: {}",
            page.body
        );
        self.submit(page, &[("decision", "allow")]).await
    }

    /// Denies on a consent page.
    pub(crate) async fn deny(&mut self, page: &Page) -> Page {
        assert_eq!(
            page.heading_kind(),
            "consent",
            "not a consent page: {}",
            page.body
        );
        self.submit(page, &[("decision", "deny")]).await
    }
}

impl Page {
    /// The `Location` header.
    pub(crate) fn location(&self) -> Option<String> {
        self.headers
            .get(LOCATION)
            .map(|value| value.to_str().unwrap().to_owned())
    }

    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// A parameter of the redirect, from its query or its fragment.
    pub(crate) fn returned(&self, name: &str) -> Option<String> {
        let location = Url::parse(&self.location()?).ok()?;
        let encoded = location.fragment().or(location.query()).unwrap_or_default();
        url::form_urlencoded::parse(encoded.as_bytes())
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The redirect's address without query and fragment.
    pub(crate) fn returned_to(&self) -> String {
        let mut location = Url::parse(&self.location().expect("a redirect")).unwrap();
        location.set_query(None);
        location.set_fragment(None);
        location.to_string()
    }

    /// The form's address, and its fields as the browser would send them without further ado.
    pub(crate) fn form(&self) -> (String, Vec<(String, String)>) {
        let html = Html::parse_document(&self.body);
        let form = html
            .select(&selector(FORM))
            .next()
            .unwrap_or_else(|| panic!("no form: {}", self.body));
        let attribute = |element: &ElementRef<'_>, name: &str| {
            element.attr(name).unwrap_or_default().to_owned()
        };
        let mut fields = Vec::new();
        for input in form.select(&selector("input")) {
            let kind = attribute(&input, "type");
            let is_sent = match kind.as_str() {
                "checkbox" | "radio" => input.attr("checked").is_some(),
                "submit" => false,
                _ => true,
            };
            if is_sent && input.attr("name").is_some() {
                fields.push((attribute(&input, "name"), attribute(&input, "value")));
            }
        }
        (attribute(&form, "action"), fields)
    }

    /// The value of a hidden field.
    pub(crate) fn field(&self, name: &str) -> String {
        let found = self.form().1.into_iter().find(|(n, _)| n == name);
        found
            .unwrap_or_else(|| panic!("no field {name}: {}", self.body))
            .1
    }

    /// The `scope` checkboxes: name and whether ticked.
    pub(crate) fn checkboxes(&self) -> Vec<(String, bool)> {
        let html = Html::parse_document(&self.body);
        html.select(&selector("input[type=checkbox][name=scope]"))
            .map(|input| {
                (
                    input.attr("value").unwrap().to_owned(),
                    input.attr("checked").is_some(),
                )
            })
            .collect()
    }

    /// The text of the page, blanks folded.
    pub(crate) fn text(&self) -> String {
        let html = Html::parse_document(&self.body);
        let text: Vec<&str> = html
            .select(&selector("body"))
            .next()
            .unwrap()
            .text()
            .collect();
        text.join(" ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Which page it is, by its form's address: `login`, `consent`, `choose-account`, …; `""` without a form.
    pub(crate) fn heading_kind(&self) -> String {
        let html = Html::parse_document(&self.body);
        let form = html.select(&selector(FORM)).next();
        let action = form
            .and_then(|form| form.attr("action"))
            .unwrap_or_default();
        action.rsplit('/').next().unwrap_or_default().to_owned()
    }
}

/// The form that a page is about: neither the way out in its frame, nor what a script fills.
const FORM: &str = "form[method=post]:not(.out):not([data-passkey])";

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}
