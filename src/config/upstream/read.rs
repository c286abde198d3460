//! The file of providers: read, and each checked as far as it can be without calling it. No fault repeats a secret.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use url::Url;

use super::{Protocol, Provider};
use crate::config::Config;
use crate::model::client::is_deceptive;
use crate::model::issuer::Issuer;
use crate::model::secret::Secret;

const KEY: &str = "upstream.file";
const MAX_PROVIDERS: usize = 20;
const MAX_NAME: usize = 60;
const GOOGLE: &str = "https://accounts.google.com";
const GITHUB: &str = "https://github.com";
const MICROSOFT: &str = "https://login.microsoftonline.com";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    provider: Vec<Given>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Preset {
    Google,
    Microsoft,
    #[serde(rename = "github")]
    GitHub,
    Placet,
}

/// As it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    id: String,
    preset: Option<Preset>,
    issuer: Option<String>,
    tenant: Option<String>,
    name: Option<String>,
    client_id: String,
    client_secret: Option<Secret<String>>,
    client_secret_file: Option<PathBuf>,
    scope: Option<String>,
    #[serde(default)]
    link_by_verified_email: bool,
    #[serde(default)]
    create_accounts: bool,
    #[serde(default)]
    allowed_email_domains: Vec<String>,
    #[serde(default)]
    trust_amr: bool,
}

/// Puts what the file says into the settings; the setting that cannot be, and why.
pub(in crate::config) fn load(config: &mut Config) -> Result<(), (&'static str, String)> {
    let Some(file) = &config.upstream.file else {
        return Ok(());
    };
    let shown = file.display().to_string();
    let read = read(file);
    config.upstream.providers = read.map_err(|fault| (KEY, format!("{shown}: {fault}")))?;
    Ok(())
}

fn read(file: &Path) -> Result<Vec<Provider>, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("cannot be read: {error}"))?;
    parse(&text)
}

pub(super) fn parse(text: &str) -> Result<Vec<Provider>, String> {
    // The parser's whole message quotes the text, which may be a secret.
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map(|span| text[..span.start.min(text.len())].lines().count().max(1));
        let place = line.map(|line| format!("near line {line}: "));
        let told = || format!("{}{}", place.unwrap_or_default(), error.message());
        one_bracket(text).unwrap_or_else(told)
    })?;
    if file.provider.len() > MAX_PROVIDERS {
        return Err(format!("has more than {MAX_PROVIDERS} providers"));
    }
    let mut all: Vec<Provider> = Vec::new();
    for given in file.provider {
        let id = given.id.clone();
        let fault = |fault: String| format!("provider {id:?}: {fault}");
        if all.iter().any(|other| other.id == id) {
            return Err(fault("its id is there twice".to_owned()));
        }
        all.push(provider(given).map_err(fault)?);
    }
    Ok(all)
}

/// The mistake that the parser has no good word for: a list of tables, written as one table.
fn one_bracket(text: &str) -> Option<String> {
    let mut lines = text.lines().map(str::trim);
    let nth = lines.position(|line| line == "[provider]" || line.starts_with("[provider."))?;
    Some(format!(
        "near line {}: providers are a list, each under a line of its own with two brackets on each side; for example [[provider]]",
        nth + 1
    ))
}

fn provider(given: Given) -> Result<Provider, String> {
    let is_slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if given.id.is_empty() || given.id.len() > 40 || !given.id.chars().all(is_slug) {
        return Err("id must be 1 to 40 of the characters a-z 0-9 - _".to_owned());
    }
    let (protocol, issuer) = place(&given)?;
    let needs_secret = matches!(
        given.preset,
        Some(Preset::Google | Preset::Microsoft | Preset::GitHub)
    );
    let client_secret = secret(&given)?;
    if needs_secret && client_secret.is_none() {
        return Err("client_secret_file is missing; this provider wants a secret".to_owned());
    }
    if given.client_id.is_empty() || given.client_id.chars().any(char::is_control) {
        return Err("client_id must be what the provider gave you".to_owned());
    }
    let provider = Provider {
        name: name(&given)?,
        scope: scope(&given, protocol)?,
        allowed_email_domains: domains(&given)?,
        id: given.id,
        protocol,
        issuer,
        client_id: given.client_id,
        client_secret,
        link_by_verified_email: given.link_by_verified_email,
        create_accounts: given.create_accounts,
        trust_amr: given.trust_amr,
    };
    contradiction(&provider).map_or(Ok(provider), |fault| Err(fault.to_owned()))
}

/// What it speaks, and who it is.
fn place(given: &Given) -> Result<(Protocol, String), String> {
    if given.tenant.is_some() && given.preset != Some(Preset::Microsoft) {
        return Err("tenant is for preset = \"microsoft\" alone".to_owned());
    }
    let is_fixed = |what: &str| format!("issuer is known for preset = {what:?}; leave it out");
    match given.preset {
        Some(Preset::Google) => match given.issuer {
            Some(_) => Err(is_fixed("google")),
            None => Ok((Protocol::Google, GOOGLE.to_owned())),
        },
        Some(Preset::Microsoft) => {
            if given.issuer.is_some() {
                return Err(is_fixed("microsoft") + ", and give tenant");
            }
            let tenant = tenant(given.tenant.as_deref())?;
            Ok((Protocol::Microsoft, format!("{MICROSOFT}/{tenant}/v2.0")))
        }
        Some(Preset::GitHub) => {
            let issuer = given.issuer.as_deref().unwrap_or(GITHUB);
            let issuer = issuer.strip_suffix('/').unwrap_or(issuer);
            Ok((Protocol::GitHub, checked(issuer)?))
        }
        Some(Preset::Placet) | None => match &given.issuer {
            Some(issuer) => Ok((Protocol::OpenId, checked(issuer)?)),
            None => Err("issuer is missing".to_owned()),
        },
    }
}

/// `OpenID` Connect Discovery §3: https, no query, no fragment; plain http on this machine alone.
fn checked(issuer: &str) -> Result<String, String> {
    let url = Url::parse(issuer).ok();
    let is_good = url.is_some_and(|url| {
        let is_plain = url.query().is_none() && url.fragment().is_none();
        let is_bare = url.username().is_empty() && url.password().is_none();
        // Our own issuer is judged by the same rule, but for the slash at its end.
        let own = issuer.strip_suffix('/').unwrap_or(issuer);
        let is_safe = url.scheme() == "https" || own.parse::<Issuer>().is_ok();
        is_plain && is_bare && is_safe && url.has_host()
    });
    if is_good {
        return Ok(issuer.to_owned());
    }
    Err(format!(
        "issuer {issuer:?} must be an https URL without query and fragment (plain http on this machine alone)"
    ))
}

/// A name that stands for many, a domain, or a tenant's id.
fn tenant(given: Option<&str>) -> Result<&str, String> {
    let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    match given {
        None => Err("tenant is missing: your directory's id, or common, organizations or consumers for people of others".to_owned()),
        Some(tenant) if !tenant.is_empty() && tenant.chars().all(legal) => Ok(tenant),
        Some(tenant) => Err(format!("tenant {tenant:?} must be an id or a domain, in lower case")),
    }
}

fn secret(given: &Given) -> Result<Option<Secret<String>>, String> {
    let Some(file) = &given.client_secret_file else {
        let inline = given.client_secret.clone();
        return match inline.as_ref().map(|secret| secret.expose().is_empty()) {
            Some(true) => Err("client_secret is empty".to_owned()),
            _ => Ok(inline),
        };
    };
    if given.client_secret.is_some() {
        return Err("client_secret and client_secret_file are both given; give one".to_owned());
    }
    let shown = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("client_secret_file {shown} cannot be read: {error}"))?;
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(format!("client_secret_file {shown} is empty"));
    }
    Ok(Some(Secret::new(text.to_owned())))
}

fn name(given: &Given) -> Result<String, String> {
    let own = match given.preset {
        Some(Preset::Google) => Some("Google"),
        Some(Preset::Microsoft) => Some("Microsoft"),
        Some(Preset::GitHub) => Some("GitHub"),
        Some(Preset::Placet) | None => None,
    };
    let name = given.name.as_deref().or(own);
    let name = name.ok_or("name is missing: it stands on the button")?;
    let is_good = !name.trim().is_empty()
        && name.chars().count() <= MAX_NAME
        && !name.chars().any(is_deceptive);
    if is_good {
        return Ok(name.to_owned());
    }
    Err(format!("name must have 1 to {MAX_NAME} visible characters"))
}

fn scope(given: &Given, protocol: Protocol) -> Result<String, String> {
    let own = match protocol {
        Protocol::GitHub => "read:user user:email",
        _ => "openid email profile",
    };
    let scope = given.scope.as_deref().unwrap_or(own);
    let legal = |c: char| c.is_ascii_graphic() && c != '"' && c != '\\' || c == ' ';
    if !scope.chars().all(legal) {
        return Err("scope must be names with blanks between them".to_owned());
    }
    let has_openid = scope.split(' ').any(|name| name == "openid");
    if protocol != Protocol::GitHub && !has_openid {
        return Err("scope must have openid".to_owned());
    }
    Ok(scope.to_owned())
}

fn domains(given: &Given) -> Result<Vec<String>, String> {
    let legal = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    let checked = given.allowed_email_domains.iter().map(|domain| {
        let is_good = domain.contains('.') && domain.chars().all(legal);
        let fault =
            || format!("allowed_email_domains: {domain:?} is no domain, such as example.com");
        is_good.then(|| domain.to_lowercase()).ok_or_else(fault)
    });
    checked.collect()
}

/// What cannot be together.
fn contradiction(provider: &Provider) -> Option<&'static str> {
    let by_address = provider.link_by_verified_email || !provider.allowed_email_domains.is_empty();
    if provider.protocol == Protocol::Microsoft && by_address {
        return Some(
            "Microsoft does not say whose an address is: link_by_verified_email and allowed_email_domains cannot be used with it; name your tenant instead",
        );
    }
    if provider.protocol == Protocol::GitHub && provider.trust_amr {
        return Some(
            "GitHub does not tell how somebody signed in: trust_amr cannot be used with it",
        );
    }
    // Anybody can have a tenant, and say in it what they like.
    (provider.is_multi_tenant() && provider.trust_amr)
        .then_some("trust_amr cannot be used with a tenant that stands for many")
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
