//! From the members of a request to client metadata (RFC 7591 §2, OIDC Registration §2): defaults, what this server has not, and what a client
//! may not give itself (S149). The rules of the fields themselves stand in `model::client`.

use std::str::FromStr;

use oauth2_types::requests::GrantType;
use url::Url;

use super::fields::{Fields, fault, shown};
use crate::app::App;
use crate::config::RegistrationSettings;
use crate::model::client::{
    ApplicationType, ClientMetadata, IdTokenAlg, MetadataError, is_deceptive, localized_field,
    response_type,
};
use crate::model::redirect_uri::{RedirectKind, RedirectUri};
use crate::model::scope::{RESERVED_PREFIX, Scopes};
use crate::model::signing_key::SigningAlg;
use crate::oauth::error::{Error, ErrorCode};

/// What a client might rely on and would not get. Every other member that is unknown is left out, as RFC 7591 §2 wants it.
const NOT_SUPPORTED: [&str; 8] = [
    "id_token_encrypted_response_alg",
    "id_token_encrypted_response_enc",
    "userinfo_encrypted_response_alg",
    "userinfo_encrypted_response_enc",
    "introspection_encrypted_response_alg",
    "introspection_encrypted_response_enc",
    "request_object_encryption_alg",
    "request_object_encryption_enc",
];

/// The metadata that a request asks for, checked. `before` is what the client has: it may keep what an administrator added.
pub(super) fn read(
    app: &App,
    fields: Fields<'_>,
    before: Option<&ClientMetadata>,
) -> Result<ClientMetadata, Error> {
    refuse_unsupported(fields)?;
    let policy = Policy {
        settings: &app.config.registration,
        before,
    };
    let mut metadata = ClientMetadata {
        application_type: parsed(fields, "application_type")?.unwrap_or_default(),
        redirect_uris: fields.parsed("redirect_uris", RedirectUri::parse)?,
        token_endpoint_auth_method: parsed(fields, "token_endpoint_auth_method")?
            .unwrap_or_default(),
        jwks: fields.get("jwks").cloned(),
        contacts: fields.parsed("contacts", contact)?,
        subject_type: parsed(fields, "subject_type")?.unwrap_or_default(),
        request_uris: fields.parsed("request_uris", plain)?,
        default_max_age: fields.seconds("default_max_age")?,
        require_auth_time: fields.flag("require_auth_time")?,
        default_acr_values: fields.parsed("default_acr_values", plain)?,
        post_logout_redirect_uris: fields
            .parsed("post_logout_redirect_uris", RedirectUri::parse)?,
        // Only administrators give these.
        resources: before
            .map(|before| before.resources.clone())
            .unwrap_or_default(),
        resource_server_of: before
            .map(|before| before.resource_server_of.clone())
            .unwrap_or_default(),
        ..ClientMetadata::default()
    };
    metadata.client_name = match fields.text("client_name")? {
        Some(name) => name.trim().to_owned(),
        None => name_of(&metadata.redirect_uris),
    };
    put_localized(&mut metadata, fields)?;
    put_grants(&mut metadata, fields)?;
    put_links(&mut metadata, fields)?;
    put_algs(&mut metadata, fields)?;
    policy.check_grants(&metadata)?;
    metadata.scope = policy.scope(app, fields)?;
    check_application_type(&metadata)?;
    metadata
        .check()
        .map_err(|error| fault(error.field, &shown(&error.fault)))?;
    Ok(metadata)
}

fn refuse_unsupported(fields: Fields<'_>) -> Result<(), Error> {
    if fields.has("software_statement") {
        return Err(Error::new(
            ErrorCode::UnapprovedSoftwareStatement,
            "software_statement: this server approves none; give its claims as plain metadata",
        ));
    }
    match NOT_SUPPORTED.into_iter().find(|name| fields.has(name)) {
        None => Ok(()),
        Some(name) => Err(fault(
            name,
            "encryption is not supported; leave it out, TLS protects the way",
        )),
    }
}

fn parsed<T: FromStr<Err = MetadataError>>(
    fields: Fields<'_>,
    name: &'static str,
) -> Result<Option<T>, Error> {
    let Some(text) = fields.text(name)? else {
        return Ok(None);
    };
    let value = text
        .parse()
        .map_err(|error: MetadataError| fault(name, &shown(&error.fault)))?;
    Ok(Some(value))
}

fn contact(text: &str) -> Result<String, &'static str> {
    let is_good = text.len() <= 254 && !text.chars().any(is_deceptive);
    is_good
        .then(|| text.to_owned())
        .ok_or("it is not an address of at most 254 characters on one line")
}

fn plain(text: &str) -> Result<String, &'static str> {
    let is_good =
        !text.is_empty() && text.len() <= 2000 && text.chars().all(|c| c.is_ascii_graphic());
    is_good
        .then(|| text.to_owned())
        .ok_or("it has 1 to 2000 printable ASCII characters without blanks")
}

/// A name for who gives none: where the person is sent, or the scheme of the app.
fn name_of(redirect_uris: &[RedirectUri]) -> String {
    let url = redirect_uris
        .first()
        .and_then(|uri| Url::parse(uri.as_str()).ok());
    let name = url.map(|url| match url.host_str() {
        Some(host) if matches!(url.scheme(), "https" | "http") => host.to_owned(),
        _ => url.scheme().to_owned(),
    });
    name.unwrap_or_else(|| "An app without a name".to_owned())
}

/// RFC 7591 §2: `authorization_code` and `code` unless something else is asked for; where only one of the two lists is given, the other is
/// what it needs (§2.1).
fn put_grants(metadata: &mut ClientMetadata, fields: Fields<'_>) -> Result<(), Error> {
    let known = |name: &str| {
        let found = response_type(name).map(ToOwned::to_owned);
        found.ok_or("there is no such response type")
    };
    let mut grants = Vec::new();
    for name in fields.list("grant_types")?.unwrap_or_default() {
        let Ok(grant) = name.parse::<GrantType>();
        if !grants.contains(&grant) {
            grants.push(grant);
        }
    }
    let types = fields.parsed("response_types", known)?;
    let (has_grants, has_types) = (fields.has("grant_types"), fields.has("response_types"));
    metadata.response_types = match (has_types, has_grants) {
        (true, _) => types,
        (false, true) if !grants.contains(&GrantType::AuthorizationCode) => Vec::new(),
        (false, _) => vec!["code".to_owned()],
    };
    if !has_grants {
        let wants = |is: fn(&str) -> bool| {
            let mut types = metadata.response_types.iter();
            types.any(|name| name.split(' ').any(is))
        };
        if wants(|part| part == "code") {
            grants.push(GrantType::AuthorizationCode);
        }
        if wants(|part| part != "code") {
            grants.push(GrantType::Implicit);
        }
    }
    metadata.grant_types = grants;
    Ok(())
}

/// RFC 7591 §2.2. Other fields have no languages here, and are left out like any that is unknown.
fn put_localized(metadata: &mut ClientMetadata, fields: Fields<'_>) -> Result<(), Error> {
    for member in fields.0.keys() {
        let Some((field, _)) = localized_field(member) else {
            continue;
        };
        let text = fields.text(member)?.unwrap_or_default().trim();
        metadata
            .localized
            .put(member, text)
            .map_err(|error| fault(field, &shown(&error.fault)))?;
    }
    Ok(())
}

fn put_links(metadata: &mut ClientMetadata, fields: Fields<'_>) -> Result<(), Error> {
    metadata.jwks_uri = fields.owned("jwks_uri")?;
    metadata.client_uri = fields.owned("client_uri")?;
    metadata.logo_uri = fields.owned("logo_uri")?;
    metadata.policy_uri = fields.owned("policy_uri")?;
    metadata.tos_uri = fields.owned("tos_uri")?;
    metadata.initiate_login_uri = fields.owned("initiate_login_uri")?;
    metadata.sector_identifier_uri = fields.owned("sector_identifier_uri")?;
    metadata.backchannel_logout_uri = fields.owned("backchannel_logout_uri")?;
    metadata.backchannel_logout_session_required =
        fields.flag("backchannel_logout_session_required")?;
    metadata.frontchannel_logout_uri = fields.owned("frontchannel_logout_uri")?;
    metadata.frontchannel_logout_session_required =
        fields.flag("frontchannel_logout_session_required")?;
    metadata.software_id = fields.owned("software_id")?;
    metadata.software_version = fields.owned("software_version")?;
    Ok(())
}

fn put_algs(metadata: &mut ClientMetadata, fields: Fields<'_>) -> Result<(), Error> {
    metadata.id_token_signed_response_alg =
        published(fields, "id_token_signed_response_alg")?.unwrap_or_default();
    metadata.userinfo_signed_response_alg = published(fields, "userinfo_signed_response_alg")?;
    metadata.introspection_signed_response_alg =
        published(fields, "introspection_signed_response_alg")?;
    metadata.token_endpoint_auth_signing_alg = alg(fields, "token_endpoint_auth_signing_alg")?;
    metadata.request_object_signing_alg = alg(fields, "request_object_signing_alg")?;
    Ok(())
}

fn alg(fields: Fields<'_>, name: &'static str) -> Result<Option<SigningAlg>, Error> {
    let Some(text) = fields.text(name)? else {
        return Ok(None);
    };
    let bad = |text: String| fault(name, &shown(&text));
    text.parse().map(Some).map_err(bad)
}

fn published(fields: Fields<'_>, name: &'static str) -> Result<Option<IdTokenAlg>, Error> {
    let wrong = || {
        fault(
            name,
            "it is one of RS256, ES256, PS256, EdDSA: verified by the published keys",
        )
    };
    match alg(fields, name).map_err(|_| wrong())? {
        None => Ok(None),
        Some(alg) => IdTokenAlg::new(alg).map(Some).ok_or_else(wrong),
    }
}

/// OIDC Registration §2, `application_type`. Unlike there a native app may have an https URI, which RFC 8252 §7.2 prefers, and a web app one on
/// this computer, as for everyone here: people develop there.
fn check_application_type(metadata: &ClientMetadata) -> Result<(), Error> {
    if metadata.application_type == ApplicationType::Native {
        return Ok(());
    }
    let has_tokens_in_addresses = metadata.may_use(&GrantType::Implicit);
    for uri in &metadata.redirect_uris {
        let text = match uri.kind() {
            RedirectKind::PrivateUse => {
                "it has a scheme of its own, which is for application_type native"
            }
            RedirectKind::Localhost | RedirectKind::LoopbackIp if has_tokens_in_addresses => {
                "a web app with the implicit grant has https alone (OIDC Registration section 2)"
            }
            _ => continue,
        };
        let uri = shown(uri.as_str());
        return Err(fault("redirect_uris", &format!("{uri}: {text}")));
    }
    Ok(())
}

/// What a client may give itself.
struct Policy<'a> {
    settings: &'a RegistrationSettings,
    before: Option<&'a ClientMetadata>,
}

impl Policy<'_> {
    fn check_grants(&self, metadata: &ClientMetadata) -> Result<(), Error> {
        let allows_legacy = self.settings.allow_legacy_response_types;
        let had = |is: &dyn Fn(&ClientMetadata) -> bool| self.before.is_some_and(is);
        for grant in &metadata.grant_types {
            let is_allowed = match grant {
                GrantType::AuthorizationCode | GrantType::RefreshToken => true,
                GrantType::Implicit => allows_legacy,
                _ => false,
            };
            if !is_allowed && !had(&|before| before.may_use(grant)) {
                let grant = shown(&grant.to_string());
                return Err(fault(
                    "grant_types",
                    &format!(
                        "{grant} is not for clients that register themselves; authorization_code and refresh_token are"
                    ),
                ));
            }
        }
        for name in &metadata.response_types {
            let is_allowed = name == "code" || allows_legacy;
            if !is_allowed && !had(&|before| before.response_types.contains(name)) {
                return Err(fault(
                    "response_types",
                    &format!("{name} is not for clients that register themselves; code is"),
                ));
            }
        }
        Ok(())
    }

    fn scope(&self, app: &App, fields: Fields<'_>) -> Result<Scopes, Error> {
        let registry = app.registry();
        let allows = |name: &str| {
            let has = |before: &ClientMetadata| before.scope.contains(name);
            let mut listed = self.settings.scope.iter();
            let is_listed = listed.any(|known| known == name) && !name.starts_with(RESERVED_PREFIX);
            is_listed || self.before.is_some_and(has)
        };
        let Some(text) = fields.text("scope")? else {
            let names = self.settings.scope.iter();
            let names: Vec<&str> = names
                .map(String::as_str)
                .filter(|name| registry.has_scope(name) && allows(name))
                .collect();
            return Scopes::parse(&names.join(" "))
                .map_err(|error| Error::server("registration.scope is no list of scopes", error));
        };
        let asked = Scopes::parse(text).map_err(|error| fault("scope", &error.to_string()))?;
        let beyond = asked
            .iter()
            .find(|name| !allows(name) || !registry.has_scope(name));
        match beyond {
            None => Ok(asked),
            Some(name) => Err(fault(
                "scope",
                &format!(
                    "{} is not for clients that register themselves; leave it out, or ask an administrator",
                    shown(name)
                ),
            )),
        }
    }
}
