//! Reasons of the pages and of what people do on them.

use super::{Rule, rules};

pub(super) const RULES: &[Rule] = rules! {
    Nothing "the person did not allow it" => "People may say no.", "RFC 6749 §4.1.2.1", "Nothing is broken. Tell people in the app what it needs the permission for, and ask for no more than that.";
    Nothing "the person cancelled the sign-in" => "People may turn back.", "RFC 6749 §4.1.2.1", "Nothing is broken: show a way to begin again.";
    Nothing "the person cancelled the choice of account" => "People may turn back.", "RFC 6749 §4.1.2.1", "Nothing is broken: show a way to begin again.";
    Nothing "state is longer than 4096 bytes" => "state comes back unchanged, so it has to be one that can.", "OIDC RP-Initiated Logout §2", "Send a short random value.";
    Nothing "id_token_hint was issued to another client than client_id" => "Hint and client_id are the same client's.", "OIDC RP-Initiated Logout §2", "Send the ID token that this client got, or leave client_id out.";
    PostLogoutRedirectUri "post_logout_redirect_uri is not one that the client registered; they are compared character by character" => "The post_logout_redirect_uri is one of the registered ones, character by character.", "OIDC RP-Initiated Logout §3.1", "Register the address in post_logout_redirect_uris; redirect_uris do not count here.";
    Nothing "this request was answered before" => "A request is answered once.", "RFC 6749 §4.1.2", "The person went back and pressed the button again, or had the page open twice; nothing was done twice. Start again at the app.";
    Nothing "the sealed request does not open" => "The address of a page is used whole.", "RFC 6749 §10.12", "Start again at the app. The link was cut off, or comes from an installation with another secret key.";
    Nothing "the client or its redirect_uri is gone" => "What was asked for is still registered.", "RFC 9700 §4.1.3", "The client was changed, disabled or removed while the page was open. Start again at the app.";
    Nothing "the sealed request is too old" => "A page stays open for a limited time.", "RFC 6749 §10.12", "Start again at the app; requests.ttl says how long a page may stay open.";
    Nothing "the form does not belong to this session and request" => "A form is answered in the browser and session that it was made for.", "RFC 6749 §10.12, RFC 9700 §4.7", "Load the page again. It was open while somebody else signed in, or the browser keeps no cookies.";
    Nothing "the csrf value is missing or wrong" => "A form is answered in the browser and session that it was made for.", "RFC 6749 §10.12, RFC 9700 §4.7", "Load the page again and send it once more. It was open while somebody else signed in, or another site posted it.";
    Nothing "the set-up token is missing or wrong" => "The first administrator is made with the set-up link.", "Placet: set-up", "Use the link that the server prints at its start; it changes after each use.";
    Nothing "there is an administrator" => "The set-up link works while there is no administrator.", "Placet: set-up", "Sign in as the administrator, or make one with `placet user add NAME --role admin`.";
    Nothing "X-Forwarded-Proto is http, and the issuer is https" => "Pages are opened with https.", "RFC 9700 §2.6, RFC 6749 §3.1", "Redirect http to https at the proxy, and see that it sends X-Forwarded-Proto: https.";
};
