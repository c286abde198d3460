//! What the consent page shows: the app, the account, each permission in words, and for how long.

use actix_web::HttpRequest;
use askama::Template;
use url::Url;

use super::Question;
use super::items::{ScopeGroup, Words};
use super::own::Own;
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::client_logo;
use crate::http::pages::layout::{Layout, web_only};
use crate::http::web::Web;
use crate::model::client::Registration;
use crate::model::consent::{LIMITED, Lasting};
use crate::model::redirect_uri::RedirectKind;
use crate::model::scope::OFFLINE_ACCESS;
use crate::texts::{Message, Texts};

/// Asks whether an app may use the person's account.
#[derive(Template)]
#[template(path = "pages/consent.html")]
pub(super) struct ConsentPage {
    pub layout: Layout,
    /// The sealed authorization request.
    pub request: String,
    pub csrf: String,
    pub client_name: String,
    /// Its picture, on our own origin.
    pub logo_href: Option<String>,
    /// The host of the app's home page.
    pub client_host: Option<String>,
    /// The app's home page; linked only when it is `http` or `https`.
    pub client_uri: Option<String>,
    /// The host of its id, where that is an address.
    pub id_host: Option<String>,
    /// Registered by an administrator; otherwise the page says "not checked".
    pub checked: bool,
    /// Where the browser goes next: a host, or the scheme of an app.
    pub redirect_host: String,
    pub redirect_warning: Option<RedirectWarning>,
    /// Display name, or the username where there is none.
    pub account_name: String,
    pub account_username: String,
    pub account_email: Option<String>,
    /// Where "Not you?" leads.
    pub switch_href: String,
    pub groups: Vec<ScopeGroup>,
    /// Allowed before, and not asked again.
    pub kept: Vec<ScopeGroup>,
    /// In words: what was asked for and the person may not give, having none of the roles for it.
    pub left_out: Vec<String>,
    /// Nothing to choose where nothing is remembered.
    pub lastings: Vec<LastingItem>,
    /// Where the person takes a permission back, once there is such a page.
    pub connected_href: Option<String>,
    pub policy_uri: Option<String>,
    pub tos_uri: Option<String>,
}

/// What deserves a second look about where the browser goes next.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RedirectWarning {
    /// `localhost` or a loopback address: any program on this computer could answer.
    ThisDevice,
    /// A private-use scheme: an app on this device opens.
    AppOnDevice,
}

/// One choice of how long.
pub(super) struct LastingItem {
    /// The value posted.
    pub value: &'static str,
    pub label: Message,
    /// What it means.
    pub help: Vec<Message>,
    pub checked: bool,
}

impl ConsentPage {
    fn policy(&self) -> Option<&str> {
        web_only(self.policy_uri.as_deref())
    }

    fn terms(&self) -> Option<&str> {
        web_only(self.tos_uri.as_deref())
    }

    fn home(&self) -> Option<&str> {
        web_only(self.client_uri.as_deref())
    }

    fn asks_anything(&self) -> bool {
        self.groups.iter().any(|group| !group.items.is_empty())
    }

    fn has_choices(&self) -> bool {
        self.groups.iter().any(ScopeGroup::has_choices)
    }

    fn this_device(&self) -> bool {
        self.redirect_warning == Some(RedirectWarning::ThisDevice)
    }

    fn app_on_device(&self) -> bool {
        self.redirect_warning == Some(RedirectWarning::AppOnDevice)
    }

    /// The e-mail address, or the username where the display name hides it.
    fn account_detail(&self) -> Option<&str> {
        self.account_email.as_deref().or_else(|| {
            (self.account_name != self.account_username).then_some(self.account_username.as_str())
        })
    }
}

/// The page for these facts; `sealed` is the request as it travels.
pub(super) fn view(
    request: &HttpRequest,
    web: &Web,
    sealed: &str,
    (question, own): (&Question, &Own),
) -> ConsentPage {
    let client = &question.checked.client;
    let layout = web.layout_towards(request, Some(&question.checked));
    let (texts, tag) = (layout.texts, layout.lang());
    let metadata = &client.metadata;
    let user = &question.signed_in.user;
    let callback = &question.checked.reply.callback;
    let is_checked = client.registration == Registration::Administrator;
    // RFC 7591 §5: whoever registers themselves may name anybody's home as theirs. What is proven is where the browser goes.
    let is_own_home = |host: &String| is_checked || *host == callback.shown_host();
    let registry = web.app.registry();
    let words = Words {
        registry: &registry,
        texts,
        question,
    };
    let bound = Bound::Session(&question.signed_in.session);
    ConsentPage {
        request: sealed.to_owned(),
        csrf: csrf::token(web, bound, &["consent", sealed, &question.shown()]),
        client_name: metadata.name_in(tag).to_owned(),
        logo_href: client_logo::href(web, client, tag),
        client_host: metadata.home_host_in(tag).filter(is_own_home),
        client_uri: metadata.client_uri_in(tag).map(ToOwned::to_owned),
        id_host: id_host(client.id.as_str()),
        checked: is_checked,
        redirect_host: callback.shown_host(),
        redirect_warning: match callback.kind() {
            RedirectKind::Web => None,
            RedirectKind::Localhost | RedirectKind::LoopbackIp => Some(RedirectWarning::ThisDevice),
            RedirectKind::PrivateUse => Some(RedirectWarning::AppOnDevice),
        },
        account_name: user.display_name().to_owned(),
        account_username: user.username.clone(),
        account_email: user.email.clone(),
        switch_href: web.href(&format!("/login?request={sealed}&switch=1")),
        groups: words.asked(own),
        kept: words.kept(),
        left_out: words.left_out(),
        lastings: lastings(texts, question),
        connected_href: Some(web.href("/account/apps")),
        policy_uri: metadata.policy_uri_in(tag).map(ToOwned::to_owned),
        tos_uri: metadata.tos_uri_in(tag).map(ToOwned::to_owned),
        layout,
    }
}

fn id_host(id: &str) -> Option<String> {
    let url = Url::parse(id).ok()?;
    let is_web = matches!(url.scheme(), "https" | "http");
    url.host_str().filter(|_| is_web).map(ToOwned::to_owned)
}

/// Until the person takes it back, unless they set an end last time: nobody's limit is lifted by a click on "Allow".
fn lastings(texts: Texts, question: &Question) -> Vec<LastingItem> {
    let limit_before = question.before.as_ref().and_then(|it| it.expires_at);
    let has_kept = !question.kept.is_empty();
    let usual = if limit_before.is_some() {
        Lasting::Limited
    } else {
        Lasting::Always
    };
    let is_offline =
        question.asked.contains(OFFLINE_ACCESS) || question.kept.contains(OFFLINE_ACCESS);
    let item = |lasting: &Lasting| {
        let mut help = Vec::new();
        let label = match lasting {
            Lasting::Always => {
                if let Some(end) = limit_before.filter(|_| has_kept) {
                    let said = texts.say("consent-lasts-always-all");
                    help.push(said.with("date", texts.date(end)));
                }
                texts.say("consent-lasts-always")
            }
            Lasting::Limited => {
                let said = if has_kept {
                    texts.say("consent-lasts-limited-all")
                } else {
                    texts.say("consent-lasts-limited-help")
                };
                help.push(said.with("date", texts.date(question.limit())));
                texts.say("consent-lasts-limited").count("days", LIMITED)
            }
            Lasting::Once => {
                let end = texts.date(question.signed_in.session.expires_at);
                let said = texts.say("consent-lasts-once-help");
                help.push(said.with("date", end));
                if is_offline {
                    help.push(texts.say("consent-lasts-once-offline"));
                }
                texts.say("consent-lasts-once")
            }
        };
        LastingItem {
            value: lasting.as_str(),
            label,
            help,
            checked: *lasting == usual,
        }
    };
    question.lastings().iter().map(item).collect()
}
