//! One client of a Keycloak realm.

use serde_json::Value;

use super::super::clients;
use super::super::fields::Fields;
use super::super::report::Report;
use super::super::{Imported, ImportedClient, Source};
use super::{Realm, client_scopes};
use crate::admin::clients::{ClientFields, NewClient};

/// Clients that every realm has, for Keycloak's own pages and tools.
pub(super) const BUILT_IN: [&str; 7] = [
    "account",
    "account-console",
    "admin-cli",
    "broker",
    "realm-management",
    "security-admin-console",
    "master-realm",
];

pub(super) fn convert(value: Value, realm: &Realm, imported: &mut Imported) {
    let report = &mut imported.report;
    let Some(mut fields) = Fields::of("client", value, report) else {
        return;
    };
    let Some(given) = fields.text("clientId", report) else {
        let mend = "the client was left out; register it by hand: placet client add";
        fields.note(report, "clientId", "there is none", mend);
        return;
    };
    fields.name.clone_from(&given);
    if let Some((why, mend)) = reason_to_leave_out(&mut fields, report) {
        fields.note(report, "", why, mend);
        return;
    }
    let Some(id) = clients::id(Source::Keycloak, &given, &fields, report) else {
        return;
    };
    let mut attributes = fields.object("attributes", "client attribute", report);
    let name = fields
        .text("name", report)
        .filter(|name| !name.contains("${"));
    let mut new = ClientFields {
        name: Some(name.unwrap_or(given)),
        ..ClientFields::default()
    };
    let is_public = fields.flag("publicClient", report).unwrap_or(false);
    let secret = authentication(&mut fields, &mut attributes, (&mut new, is_public), report);
    addresses(&mut fields, &mut attributes, &mut new, report);
    answers(&mut attributes, &mut new, report);
    let wanted = flows(&mut fields, &mut attributes, report);
    let is_for_people = wanted.0.iter().any(|grant| grant != "client_credentials");
    let is_left = clients::flows(&fields, &mut new, wanted, report);
    lifetimes(&mut attributes, report);
    consent(&mut fields, is_for_people, report);
    let mut names = fields.texts("defaultClientScopes", report);
    names.extend(fields.texts("optionalClientScopes", report));
    let is_disabled = fields.flag("enabled", report) == Some(false);
    if is_left {
        let mut scopes = client_scopes(&fields, names, realm, imported);
        if is_for_people {
            // Every client of OpenID Connect may ask for it there, and no list has it.
            scopes.push("openid".to_owned());
        }
        new.scope = Some(clients::scope(&fields, scopes, imported));
        imported.clients.push(ImportedClient {
            new: NewClient {
                id: Some(id),
                is_public,
                fields: new,
            },
            secret,
            is_disabled,
        });
    }
    attributes.finish(&mut imported.report);
    fields.finish(&mut imported.report);
}

fn reason_to_leave_out(
    fields: &mut Fields,
    report: &mut Report,
) -> Option<(&'static str, &'static str)> {
    let protocol = fields.text("protocol", report);
    if BUILT_IN.contains(&fields.name.as_str()) || fields.name.ends_with("-realm") {
        return Some((
            "it is Keycloak's own",
            "nothing: this server has pages of its own",
        ));
    }
    if protocol.is_some_and(|protocol| protocol != "openid-connect") {
        return Some((
            "its protocol is not openid-connect",
            "move the app to OpenID Connect, then register it: placet client add",
        ));
    }
    if fields.flag("bearerOnly", report) == Some(true) {
        return Some((
            "it asks for no tokens, it accepts them (bearerOnly)",
            "register it as a resource: placet resource add URI --name … --scope …",
        ));
    }
    None
}

fn authentication(
    fields: &mut Fields,
    attributes: &mut Fields,
    (new, is_public): (&mut ClientFields, bool),
    report: &mut Report,
) -> Option<crate::model::secret::Secret<String>> {
    let kind = fields.text("clientAuthenticatorType", report);
    let secret = fields.text("secret", report);
    let alg = clients::alg(attributes, "token.endpoint.auth.signing.alg", report);
    if is_public {
        new.token_endpoint_auth_method = Some("none".to_owned());
        return None;
    }
    let method = match kind.as_deref() {
        None | Some("client-secret") => "client_secret_basic",
        Some("client-jwt") => "private_key_jwt",
        Some("client-secret-jwt") => "client_secret_jwt",
        Some(other) => other,
    };
    let method = clients::auth_method(fields, method, report);
    new.token_endpoint_auth_method = Some(method.as_str().to_owned());
    if method.as_str().ends_with("_jwt") {
        new.token_endpoint_auth_signing_alg = alg;
    }
    keys(attributes, new, report);
    if !method.has_secret() {
        return None;
    }
    if method.as_str() == "client_secret_basic" {
        let why = "Keycloak takes the secret in the header and in the body; here it is the header (client_secret_basic)";
        let mend = "if the app sends it in the body: placet client update ID --token-endpoint-auth-method client_secret_post";
        fields.note(report, "clientAuthenticatorType", why, mend);
    }
    clients::secret(fields, secret, report)
}

fn keys(attributes: &mut Fields, new: &mut ClientFields, report: &mut Report) {
    let uses_uri = attributes.flag("use.jwks.url", report) == Some(true);
    let uri = clients::web_link(attributes, "jwks.url", report);
    new.jwks_uri = uri.filter(|_| uses_uri);
    let uses_text = attributes.flag("use.jwks.string", report) == Some(true);
    let text = attributes.text("jwks.string", report);
    new.jwks = text.filter(|_| uses_text && new.jwks_uri.is_none());
    for field in ["jwt.credential.certificate", "jwt.credential.public.key"] {
        if attributes.value(field).is_some() {
            let why = "a certificate is no key set";
            let mend = "give its key as one: placet client update ID --jwks @FILE";
            attributes.note(report, field, why, mend);
        }
    }
}

fn addresses(
    fields: &mut Fields,
    attributes: &mut Fields,
    new: &mut ClientFields,
    report: &mut Report,
) {
    let root = fields.text("rootUrl", report);
    let root = root.filter(|root| root.starts_with("http"));
    let whole = |uri: String| match &root {
        Some(root) if uri.starts_with('/') => format!("{}{uri}", root.trim_end_matches('/')),
        _ => uri,
    };
    let uris: Vec<String> = fields
        .texts("redirectUris", report)
        .into_iter()
        .map(whole)
        .collect();
    let uris = clients::redirect_uris(fields, "redirectUris", uris, report);
    let ends = attributes
        .text("post.logout.redirect.uris", report)
        .unwrap_or_default();
    let mut after: Vec<String> = Vec::new();
    for end in ends
        .split("##")
        .filter(|end| !end.is_empty() && *end != "-")
    {
        match end {
            // As the redirect URIs; what was wrong with those is noted already.
            "+" => after.extend(uris.iter().cloned()),
            uri => after.push(whole(uri.to_owned())),
        }
    }
    let field = "attributes.post.logout.redirect.uris";
    new.post_logout_redirect_uris = Some(clients::redirect_uris(fields, field, after, report));
    web_origins(fields, &uris, report);
    new.redirect_uris = Some(uris);
    let base = fields.text("baseUrl", report).map(whole);
    new.client_uri = base.filter(|url| url.starts_with("http")).or(root.clone());
    new.logo_uri = clients::web_link(attributes, "logoUri", report);
    new.policy_uri = clients::web_link(attributes, "policyUri", report);
    new.tos_uri = clients::web_link(attributes, "tosUri", report);
    new.backchannel_logout_uri = clients::web_link(attributes, "backchannel.logout.url", report);
    new.backchannel_logout_session_required =
        attributes.flag("backchannel.logout.session.required", report);
    let is_front = fields.flag("frontchannelLogout", report) == Some(true);
    let front = clients::web_link(attributes, "frontchannel.logout.url", report);
    new.frontchannel_logout_uri = front.filter(|_| is_front);
    new.frontchannel_logout_session_required =
        attributes.flag("frontchannel.logout.session.required", report);
}

/// Browsers may call from the origins of the redirect URIs, and from nowhere else.
fn web_origins(fields: &mut Fields, uris: &[String], report: &mut Report) {
    let is_known = |origin: &String| {
        origin == "+"
            || uris.iter().any(|uri| {
                let rest = uri.strip_prefix(origin.trim_end_matches('/'));
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
            })
    };
    for origin in fields.texts("webOrigins", report) {
        if !is_known(&origin) {
            let why = format!(
                "{origin}: no redirect URI is there, and browsers may call from the origins of those alone"
            );
            let mend = "if the app runs there, register a redirect URI there";
            fields.note(report, "webOrigins", why, mend);
        }
    }
}

/// What is signed for the client, or by it.
fn answers(attributes: &mut Fields, new: &mut ClientFields, report: &mut Report) {
    new.id_token_signed_response_alg =
        clients::published_alg(attributes, "id.token.signed.response.alg", report);
    new.userinfo_signed_response_alg =
        clients::published_alg(attributes, "user.info.response.signature.alg", report);
    new.request_object_signing_alg =
        clients::alg(attributes, "request.object.signature.alg", report);
    let texts = |text: Option<String>| {
        let texts = text.unwrap_or_default();
        texts
            .split("##")
            .filter(|text| !text.is_empty())
            .map(ToOwned::to_owned)
            .collect()
    };
    new.request_uris = Some(texts(attributes.text("request.uris", report)));
    new.default_acr_values = Some(texts(attributes.text("default.acr.values", report)));
    if let Some(method) = attributes.text("pkce.code.challenge.method", report)
        && method != "S256"
    {
        let why = format!("it is {method}; here PKCE is done with S256 (RFC 9700 section 2.1.1)");
        attributes.note(
            report,
            "pkce.code.challenge.method",
            why,
            "let the app use S256",
        );
    }
}

/// Grants and response types.
fn flows(
    fields: &mut Fields,
    attributes: &mut Fields,
    report: &mut Report,
) -> (Vec<String>, Vec<String>) {
    let mut is_on = |field: &str, default: bool| fields.flag(field, report).unwrap_or(default);
    let is_standard = is_on("standardFlowEnabled", true);
    let is_implicit = is_on("implicitFlowEnabled", false);
    let is_direct = is_on("directAccessGrantsEnabled", false);
    let is_service = is_on("serviceAccountsEnabled", false);
    // Without the attribute it is on.
    let refreshes = attributes.flag("use.refresh.tokens", report) != Some(false);
    let mut grants = Vec::new();
    let mut types = Vec::new();
    if is_standard {
        grants.push("authorization_code");
        types.push("code");
    }
    if is_implicit {
        grants.push("implicit");
        types.extend(["id_token", "id_token token", "token"]);
    }
    if is_standard && is_implicit {
        types.extend(["code id_token", "code token", "code id_token token"]);
    }
    if is_direct {
        grants.push("password");
    }
    if refreshes && (is_standard || is_direct) {
        grants.push("refresh_token");
    }
    if is_service {
        grants.push("client_credentials");
    }
    for (field, grant) in [
        (
            "oauth2.device.authorization.grant.enabled",
            "urn:ietf:params:oauth:grant-type:device_code",
        ),
        (
            "oidc.ciba.grant.enabled",
            "urn:openid:params:grant-type:ciba",
        ),
        (
            "standard.token.exchange.enabled",
            "urn:ietf:params:oauth:grant-type:token-exchange",
        ),
    ] {
        if attributes.flag(field, report) == Some(true) {
            grants.push(grant);
        }
    }
    let owned = |names: Vec<&str>| names.into_iter().map(ToOwned::to_owned).collect();
    (owned(grants), owned(types))
}

fn lifetimes(attributes: &mut Fields, report: &mut Report) {
    let names = attributes.names();
    let is_time = |name: &&String| {
        name.contains("lifespan") || name.contains("session.idle") || name.contains("session.max")
    };
    for field in names.iter().filter(is_time) {
        if let Some(value) = attributes.value(field) {
            let why = format!("it was {value}; no client has lifetimes of its own here");
            let mend = "set them for all ([tokens] in placet.toml), or the resource's --access-ttl";
            attributes.note(report, field, why, mend);
        }
    }
}

fn consent(fields: &mut Fields, is_for_people: bool, report: &mut Report) {
    let is_asked = fields.flag("consentRequired", report) == Some(true);
    if !is_asked && is_for_people {
        let why = "people were not asked for consent; here they are, once";
        let mend = "if the app is your own: placet client update ID --first-party";
        fields.note(report, "consentRequired", why, mend);
    }
    if !fields.list("protocolMappers", report).is_empty() {
        let why = "its mappers, which make claims, are not brought along";
        let mend = "standard claims come with the scopes profile, email, address, phone";
        fields.note(report, "protocolMappers", why, mend);
    }
}
