//! Addresses that differ from the registered ones.

use super::{Finding, list};
use crate::admin::explain::change::Change;
use crate::admin::explain::uri;
use crate::model::client::Client;
use crate::model::redirect_uri::RedirectUri;
use crate::model::refusal::Refusal;

fn texts(uris: &[RedirectUri]) -> Vec<String> {
    uris.iter().map(ToString::to_string).collect()
}

pub(super) fn redirect_uri(refusal: &Refusal, client: &Client) -> Finding {
    let name = &client.metadata.client_name;
    let known = texts(&client.metadata.redirect_uris);
    let all = || known.iter().map(String::as_str);
    let Some(sent) = refusal.param("redirect_uri") else {
        return Finding::new(format!(
            "{name} sent no redirect_uri, or several. Registered are: {}.",
            list(&known)
        ));
    };
    if refusal.endpoint != "authorize" {
        let which = if known.iter().any(|uri| uri == sent) {
            "It is registered, but the authorization request had another."
        } else {
            "It is not even registered."
        };
        return Finding::new(format!("{name} sent redirect_uri {sent}. {which}"));
    }
    if known.iter().any(|uri| uri == sent) {
        return Finding::new(format!(
            "{name} sent redirect_uri {sent}, which is registered by now: the same request works."
        ));
    }
    let Some((nearest, words)) = uri::nearest(all(), sent) else {
        return Finding::new(format!("{name} has no redirect URI, and sent {sent}."));
    };
    let what = format!(
        "redirect_uri differs from a registered one by {words}: sent {sent}, registered {nearest}."
    );
    let finding = Finding::new(what);
    if let Err(fault) = RedirectUri::parse(sent) {
        return finding.mend(format!(
            "Make the app send {nearest}. What it sent cannot be registered: {fault}."
        ));
    }
    if !uri::is_host_known(all(), sent) {
        return finding.mend(format!(
            "Make the app send {nearest}. If the address that it sent is really the app's own, register it by hand: no redirect URI of the client is on that host, and anybody can send such a request in the hope that it is added."
        ));
    }
    if !uri::is_query_known(all(), sent) {
        return finding.mend(format!(
            "Make the app send {nearest}. If the address that it sent is really the app's own, register it by hand: it has a query that no redirect URI of the client has, and anybody can send such a request, such as with the address of a page that leads elsewhere."
        ));
    }
    finding
        .mend(format!(
            "Make the app send {nearest}, or register the address that it sent."
        ))
        .change(Some(Change::AddRedirectUri(sent.to_owned())))
}

pub(super) fn post_logout(refusal: &Refusal, client: &Client) -> Finding {
    let known = texts(&client.metadata.post_logout_redirect_uris);
    let redirects = texts(&client.metadata.redirect_uris);
    let all = || known.iter().map(String::as_str);
    let Some(sent) = refusal.param("post_logout_redirect_uri") else {
        return Finding::default();
    };
    if known.iter().any(|uri| uri == sent) {
        return Finding::new(format!(
            "post_logout_redirect_uri {sent} is registered by now: the same request works."
        ));
    }
    let finding = Finding::new(match uri::nearest(all(), sent) {
        Some((nearest, words)) => format!(
            "post_logout_redirect_uri differs from a registered one by {words}: sent {sent}, registered {nearest}."
        ),
        None => format!(
            "{} has no post_logout_redirect_uri registered, and sent {sent}.",
            client.metadata.client_name
        ),
    });
    let hosts = all().chain(redirects.iter().map(String::as_str));
    if RedirectUri::parse(sent).is_err()
        || !uri::is_host_known(hosts.clone(), sent)
        || !uri::is_query_known(hosts, sent)
    {
        return finding;
    }
    finding.change(Some(Change::AddPostLogoutRedirectUri(sent.to_owned())))
}
