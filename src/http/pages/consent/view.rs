//! What the consent page shows: the app, the account, and each permission in words.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use crate::app::{Registry, ResourceKeys};
use crate::http::csrf::{self, Bound};
use crate::http::endpoints::client_logo;
use crate::http::pages::layout::{Layout, web_only};
use crate::http::web::Web;
use crate::model::client::Registration;
use crate::model::consent::Consent;
use crate::model::redirect_uri::RedirectKind;
use crate::model::scope::{ScopeDefinition, Scopes};
use crate::model::session::SignedIn;
use crate::model::user::User;
use crate::oauth::authorize::request::Checked;

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
    /// In words: what was asked for and the person may not give, having none of the roles for it.
    pub left_out: Vec<String>,
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

/// Permissions that belong together.
pub(super) struct ScopeGroup {
    /// "Photos API"; none for what concerns the account itself.
    pub title: Option<String>,
    pub items: Vec<ScopeItem>,
}

/// One permission in words.
pub(super) struct ScopeItem {
    /// The scope's name: the value posted, never shown.
    pub name: String,
    /// What it allows, to follow "It will be able to".
    pub description: String,
    /// An example from the account, such as a masked e-mail address.
    pub detail: Option<String>,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether an optional one starts out ticked.
    pub checked: bool,
    /// Not asked for last time.
    pub new: bool,
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

impl ScopeItem {
    /// `offline_access` gets a line that says what it means.
    fn is_offline(&self) -> bool {
        self.name == "offline_access"
    }
}

impl ScopeGroup {
    fn has_choices(&self) -> bool {
        self.items.iter().any(|item| item.optional)
    }
}

/// The facts that the page is made of.
pub(super) struct Question<'a> {
    pub(super) checked: &'a Checked,
    pub(super) signed_in: &'a SignedIn,
    pub(super) asked: &'a Scopes,
    pub(super) before: Option<&'a Consent>,
}

/// The page for these facts; `sealed` is the request as it travels.
pub(super) fn view(web: &Web, sealed: &str, question: &Question<'_>) -> ConsentPage {
    let Question {
        checked, signed_in, ..
    } = *question;
    let metadata = &checked.client.metadata;
    let user = &signed_in.user;
    let callback = &checked.reply.callback;
    let is_checked = checked.client.registration == Registration::Administrator;
    // RFC 7591 §5: whoever registers themselves may name anybody's home as theirs. What is proven is where the browser goes.
    let is_own_home = |host: &String| is_checked || *host == callback.shown_host();
    ConsentPage {
        layout: web.layout(),
        request: sealed.to_owned(),
        csrf: csrf::token(
            web,
            Bound::Session(&signed_in.session),
            &["consent", sealed],
        ),
        client_name: metadata.client_name.clone(),
        logo_href: client_logo::href(web, &checked.client),
        client_host: metadata.home_host().filter(is_own_home),
        client_uri: metadata.client_uri.clone(),
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
        groups: groups(&web.app.registry(), question),
        left_out: left_out(&web.app.registry(), question),
        connected_href: Some(web.href("/account/apps")),
        policy_uri: metadata.policy_uri.clone(),
        tos_uri: metadata.tos_uri.clone(),
    }
}

/// What is asked: first what concerns the account, then resource by resource; those that tokens are for are always
/// named, even where none of its permissions is asked for.
fn groups(registry: &Registry, question: &Question<'_>) -> Vec<ScopeGroup> {
    let asked = &question.checked.request.resources;
    let targets: Vec<_> = asked
        .iter()
        .filter_map(|uri| registry.resources.get(uri))
        .collect();
    let owner = |name: &str| {
        let is_owner = |owner: &&ResourceKeys| owner.resource.scope.contains(name);
        let own: Vec<_> = targets.iter().copied().filter(is_owner).collect();
        let owners = if own.is_empty() {
            registry
                .resources
                .values()
                .find(is_owner)
                .into_iter()
                .collect()
        } else {
            own
        };
        let names: BTreeSet<_> = owners
            .iter()
            .map(|owner| owner.resource.name.as_str())
            .collect();
        (!names.is_empty()).then(|| names.into_iter().collect::<Vec<_>>().join(", "))
    };
    let mut own = Vec::new();
    let mut named: BTreeMap<String, Vec<ScopeItem>> = BTreeMap::new();
    for scope in registry
        .scopes
        .iter()
        .filter(|scope| question.asked.contains(&scope.name))
    {
        let item = item(scope, question);
        match owner(&scope.name) {
            Some(resource) => named.entry(resource).or_default().push(item),
            None => own.push(item),
        }
    }
    for target in targets {
        let has_scope = |name: &str| target.resource.scope.contains(name);
        if !question.asked.iter().any(has_scope) {
            named
                .entry(target.resource.name.clone())
                .or_insert_with(|| vec![entry_only()]);
        }
    }
    let own = (!own.is_empty()).then_some(ScopeGroup {
        title: None,
        items: own,
    });
    let named = named.into_iter().map(|(title, items)| ScopeGroup {
        title: Some(title),
        items,
    });
    own.into_iter().chain(named).collect()
}

fn left_out(registry: &Registry, question: &Question<'_>) -> Vec<String> {
    let barred = question.checked.request.scope.minus(question.asked);
    let scopes = registry.scopes.iter();
    scopes
        .filter(|scope| barred.contains(&scope.name))
        .map(|scope| scope.description.clone())
        .collect()
}

/// A token for a resource opens its door, whatever it may do behind it.
fn entry_only() -> ScopeItem {
    ScopeItem {
        name: String::new(),
        description: "show there that it acts for you".to_owned(),
        detail: None,
        optional: false,
        checked: true,
        new: false,
    }
}

fn item(scope: &ScopeDefinition, question: &Question<'_>) -> ScopeItem {
    let was_declined = question
        .before
        .is_some_and(|before| before.declined.contains(&scope.name));
    let is_known = question
        .before
        .is_some_and(|before| before.granted.contains(&scope.name))
        || was_declined;
    ScopeItem {
        name: scope.name.clone(),
        description: scope.description.clone(),
        detail: detail(&scope.name, &question.signed_in.user),
        optional: !scope.is_required,
        checked: !was_declined,
        new: question.before.is_some() && !is_known,
    }
}

/// What the app would see, as far as it is known: the name, or the address with its middle left out.
fn detail(scope: &str, user: &User) -> Option<String> {
    match scope {
        "profile" => user.name.clone(),
        "email" => user.email.as_deref().map(masked),
        _ => None,
    }
}

fn masked(email: &str) -> String {
    let (local, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}•••@{domain}")
}
