//! What clients of every source have in common: ids, redirect URIs, grants and response types that fit together, scopes.

use std::collections::BTreeSet;

use super::fields::Fields;
use super::report::Report;
use super::{Imported, Source};
use crate::admin::clients::ClientFields;
use crate::admin::resources::NewResource;
use crate::admin::scopes::NewScope;
use crate::model::client::{AuthMethod, response_type};
use crate::model::id::ClientId;
use crate::model::redirect_uri::RedirectUri;
use crate::model::resource::check_uri;
use crate::model::scope::{OFFLINE_ACCESS, RESERVED_PREFIX, Scopes, is_built_in};
use crate::model::secret::Secret;

/// Fewer characters than a secret of 128 random bits has: the hash that is kept of secrets is quick, and such a one could be guessed.
const MIN_SECRET: usize = 22;

/// The id, or one that may be a client's here.
pub(super) fn id(
    source: Source,
    given: &str,
    fields: &Fields,
    report: &mut Report,
) -> Option<String> {
    let Err(error) = ClientId::parse(given) else {
        return Some(given.to_owned());
    };
    let other = format!("{}-{given}", source.as_str());
    if ClientId::parse(&other).is_err() {
        let mend = "the client was left out; register it with another: placet client add";
        fields.note(report, "client_id", error.to_string(), mend);
        return None;
    }
    let why = format!("{error}; it is {other} here");
    let mend = format!("set client_id to {other} in the app");
    fields.note(report, "client_id", why, mend);
    Some(other)
}

/// The URIs that may be registered.
pub(super) fn redirect_uris(
    fields: &Fields,
    field: &str,
    uris: Vec<String>,
    report: &mut Report,
) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for uri in uris {
        match RedirectUri::parse(&uri) {
            Ok(_) if kept.contains(&uri) => {}
            Ok(_) => kept.push(uri),
            Err(error) => {
                let flag = if field.contains("logout") {
                    "--post-logout-redirect-uri"
                } else {
                    "--redirect-uri"
                };
                let mend = format!(
                    "find out which the app sends, and give them all: placet client update ID {flag} …"
                );
                fields.note(report, field, format!("{uri}: {error}"), mend);
            }
        }
    }
    kept
}

/// The grants and response types that are left of those wanted, so that each has what it needs (RFC 7591 §2.1); false where
/// no grant is left.
pub(super) fn flows(
    fields: &Fields,
    client: &mut ClientFields,
    wanted: (Vec<String>, Vec<String>),
    report: &mut Report,
) -> bool {
    let (grants, types) = wanted;
    let mut grants = known_grants(fields, grants, report);
    let mut types = known_types(fields, types, report);
    if client.redirect_uris.as_ref().is_none_or(Vec::is_empty) {
        keep_what_needs_no_redirect_uri(fields, &mut grants, report);
    }
    let has = |grants: &[String], name: &str| grants.iter().any(|grant| grant == name);
    let (has_code, has_implicit) = (has(&grants, "authorization_code"), has(&grants, "implicit"));
    types.retain(|name| {
        name.split(' ').all(|word| {
            if word == "code" {
                has_code
            } else {
                has_implicit
            }
        })
    });
    if has_code && !types.iter().any(|name| name.starts_with("code")) {
        types.insert(0, "code".to_owned());
    }
    let is_hybrid = types.iter().any(|name| name != "code");
    grants.retain(|grant| grant != "implicit" || is_hybrid);
    if has(&grants, "refresh_token") && !has_code && !has(&grants, "password") {
        let why = "refresh_token goes with authorization_code or password alone";
        fields.note(
            report,
            "grant_types",
            why,
            "nothing: no other grant gives refresh tokens",
        );
        grants.retain(|grant| grant != "refresh_token");
    }
    if client.token_endpoint_auth_method.as_deref() == Some("none")
        && has(&grants, "client_credentials")
    {
        let why = "a public client cannot have client_credentials (RFC 6749 section 4.4)";
        let mend = "register a second client for the service: placet client add";
        fields.note(report, "grant_types", why, mend);
        grants.retain(|grant| grant != "client_credentials");
    }
    let is_left = !grants.is_empty();
    if !is_left {
        let mend = "the client was left out; register it by hand: placet client add";
        fields.note(
            report,
            "grant_types",
            "none is left that it could use here",
            mend,
        );
    }
    client.grants = Some(grants);
    client.response_types = Some(types);
    is_left
}

fn keep_what_needs_no_redirect_uri(fields: &Fields, grants: &mut Vec<String>, report: &mut Report) {
    let needs_one = |grant: &String| grant == "authorization_code" || grant == "implicit";
    if grants.iter().any(needs_one) {
        let why = "no redirect URI is left, so nobody can be sent back to the app; its grants for that were left out";
        let mend = "give one, and the grants again: placet client update ID --redirect-uri … --grant authorization_code --grant refresh_token";
        fields.note(report, "redirect_uris", why, mend);
        let has_password = grants.iter().any(|grant| grant == "password");
        grants.retain(|grant| !needs_one(grant) && (has_password || grant != "refresh_token"));
    }
}

fn known_grants(fields: &Fields, grants: Vec<String>, report: &mut Report) -> Vec<String> {
    const KNOWN: [&str; 5] = [
        "authorization_code",
        "refresh_token",
        "client_credentials",
        "password",
        "implicit",
    ];
    let mut kept: Vec<String> = Vec::new();
    for grant in grants {
        if !KNOWN.contains(&grant.as_str()) {
            let why = format!("there is no grant {grant} here");
            fields.note(report, "grant_types", why, "use another grant in the app");
        } else if !kept.contains(&grant) {
            kept.push(grant);
        }
    }
    for grant in ["password", "implicit"] {
        if kept.iter().any(|kept| kept == grant) {
            let why = format!("{grant} is legacy (RFC 9700 section 2); it was taken as it was");
            let mend = "move the app to authorization_code, then take the grant away";
            fields.note(report, "grant_types", why, mend);
        }
    }
    kept
}

fn known_types(fields: &Fields, types: Vec<String>, report: &mut Report) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in types {
        match response_type(&name) {
            Some(known) if kept.iter().any(|kept| kept == known) => {}
            Some(known) => kept.push(known.to_owned()),
            None => {
                let why = format!("there is no response type {name:?} here");
                fields.note(report, "response_types", why, "use code in the app");
            }
        }
    }
    kept
}

/// The scopes that the client may ask for. New ones get words for the consent page, which somebody should look at.
pub(super) fn scope(fields: &Fields, names: Vec<String>, imported: &mut Imported) -> String {
    let mut kept: BTreeSet<String> = BTreeSet::new();
    for name in names {
        let name = if name == "offline" {
            let mend = "ask for offline_access in the app";
            let why = "Hydra's offline is offline_access here (OIDC Core section 11)";
            fields.note(&mut imported.report, "scope", why, mend);
            OFFLINE_ACCESS.to_owned()
        } else {
            name
        };
        if define_scope(fields, &name, None, imported) {
            kept.insert(name);
        }
    }
    kept.into_iter().collect::<Vec<_>>().join(" ")
}

/// Makes a scope known; false where it cannot be one.
pub(super) fn define_scope(
    fields: &Fields,
    name: &str,
    words: Option<String>,
    imported: &mut Imported,
) -> bool {
    let report = &mut imported.report;
    if name.starts_with(RESERVED_PREFIX) {
        let why = format!("{name}: names that begin with {RESERVED_PREFIX} are this server's own");
        fields.note(report, "scope", why, "use another name in the app");
        return false;
    }
    let is_one = Scopes::parse(name).is_ok_and(|scopes| scopes.len() == 1 && scopes.contains(name));
    if !is_one || name.len() > 100 {
        let why = format!("{name:?} is not one scope value (RFC 6749 section 3.3)");
        fields.note(report, "scope", why, "use another name in the app");
        return false;
    }
    if is_built_in(name) || imported.scopes.iter().any(|scope| scope.name == name) {
        return true;
    }
    if words.is_none() {
        let mend = format!(
            "say what the app will be able to do: placet scope add {name} --description \"…\""
        );
        let why = "the file has no words for the consent page";
        report.note(("scope", name), "description", why, mend);
    }
    imported.scopes.push(NewScope {
        name: name.to_owned(),
        description: words.unwrap_or_else(|| format!("use {name:?}")),
        is_required: None,
        descriptions: None,
    });
    true
}

/// The audiences as resources.
pub(super) fn resources(
    fields: &Fields,
    audience: Vec<String>,
    imported: &mut Imported,
) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for uri in audience {
        if let Err(fault) = check_uri(&uri) {
            let why = format!("{uri}: {fault}");
            let mend = "give the API a URI: placet resource add URI, placet client update ID --resource URI";
            fields.note(&mut imported.report, "audience", why, mend);
            continue;
        }
        if !imported.resources.iter().any(|known| known.uri == uri) {
            let why = "apps ask for it with the parameter resource (RFC 8707), not audience";
            let mend =
                "change the apps; give the API a name and scopes: placet resource update URI";
            imported
                .report
                .note(("resource", &uri), "audience", why, mend);
            imported.resources.push(NewResource {
                uri: uri.clone(),
                ..NewResource::default()
            });
        }
        if !kept.contains(&uri) {
            kept.push(uri);
        }
    }
    kept
}

/// The method, where there is one of that name.
pub(super) fn auth_method(fields: &Fields, name: &str, report: &mut Report) -> AuthMethod {
    name.parse().unwrap_or_else(|_| {
        let why = format!("there is no method {name} here; it is client_secret_basic");
        let mend =
            "change the app, or choose one: placet client update ID --token-endpoint-auth-method …";
        fields.note(report, "token_endpoint_auth_method", why, mend);
        AuthMethod::ClientSecretBasic
    })
}

/// A secret that may be kept.
pub(super) fn secret(
    fields: &Fields,
    given: Option<String>,
    report: &mut Report,
) -> Option<Secret<String>> {
    let given = given?;
    let mend = "set the new secret in the app; it is printed once, when the import is done";
    if !given.is_empty() && given.chars().all(|c| c == '*') {
        fields.note(
            report,
            "secret",
            "the file has asterisks in its place",
            mend,
        );
        return None;
    }
    if given.len() < MIN_SECRET {
        let why = format!("it has fewer than {MIN_SECRET} characters and could be guessed");
        fields.note(report, "secret", why, mend);
        return None;
    }
    Some(Secret::new(given))
}

/// An address that somebody calls or follows; what is none is left to the check of the whole client.
pub(super) fn web_link(fields: &mut Fields, field: &str, report: &mut Report) -> Option<String> {
    let link = fields.text(field, report)?;
    if link.starts_with("https://") || link.starts_with("http://") {
        return Some(link);
    }
    let why = format!("{link:?} is not an http or https address");
    fields.note(report, field, why, "give one: placet client update ID");
    None
}

/// The algorithm, unless it is one that is not used here.
pub(super) fn alg(fields: &mut Fields, field: &str, report: &mut Report) -> Option<String> {
    use crate::model::signing_key::SigningAlg;

    let name = fields.text(field, report)?;
    if name == "none" || name == "any" {
        return None;
    }
    if name.parse::<SigningAlg>().is_err() {
        let why = format!("there is no algorithm {name} here; the default is used");
        fields.note(report, field, why, "let the app take ES256 or RS256");
        return None;
    }
    Some(name)
}

/// [`alg`], for what is verified by the published keys: HS256 is not among them.
pub(super) fn published_alg(
    fields: &mut Fields,
    field: &str,
    report: &mut Report,
) -> Option<String> {
    let name = alg(fields, field, report)?;
    if name == "HS256" {
        let why = "HS256 is for resources here; the default is used";
        fields.note(report, field, why, "let the app take ES256 or RS256");
        return None;
    }
    Some(name)
}
