//! A resource (RFC 8707): an API that accepts our access tokens; and a set of them, as a grant has it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize, Serializer};
use url::Url;

use super::localized::Localized;
use super::scope::{self, Scopes};
use super::signing_key::SigningAlg;
use super::user::ADMIN_ROLE;

/// A registered resource, as every node caches it.
#[derive(Debug, Clone, Serialize)]
pub struct Resource {
    /// Its identifier: the `aud` of its tokens.
    pub uri: String,
    /// What the consent page calls it.
    pub name: String,
    /// The same in other languages.
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub names: Localized,
    /// The scopes that are its own: tokens for others do not carry them.
    pub scope: Scopes,
    /// What its tokens are signed with.
    pub alg: SigningAlg,
    /// Lifetime of its tokens in seconds; `None`: the server's default.
    pub access_ttl_seconds: Option<i64>,
    /// What its tokens look like.
    pub format: TokenFormat,
    /// The shared secret of an HS256 resource, sealed under the secret key.
    #[serde(skip)]
    pub secret_sealed: Option<Vec<u8>>,
    /// Which of its scopes are for people with certain roles alone; one of these roles is enough. Other scopes are for everyone.
    pub scope_roles: BTreeMap<String, BTreeSet<String>>,
    /// Which of a person's roles its tokens name.
    pub token_roles: TokenRoles,
    /// Raised by every change; 0 for the resource that comes with the installation.
    #[serde(skip)]
    pub version: i64,
}

/// Which of a person's roles a resource wants to hear of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenRoles {
    /// Every one.
    #[default]
    All,
    /// Those that decide about one of its scopes.
    Own,
    /// None.
    None,
}

impl TokenRoles {
    /// The name on the command line and in storage.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Own => "own",
            Self::None => "none",
        }
    }
}

impl Resource {
    /// Whether it comes with the installation; only the admin API does.
    pub const fn is_built_in(&self) -> bool {
        self.version == 0
    }

    /// Whether someone with these roles may have that scope here.
    pub fn permits(&self, scope: &str, roles: &[String]) -> bool {
        let wanted = self.scope_roles.get(scope);
        wanted.is_none_or(|wanted| roles.iter().any(|role| wanted.contains(role)))
    }

    /// The roles of a person that its tokens name.
    pub fn roles_told<'a>(&self, roles: &'a [String]) -> Vec<&'a str> {
        let decides = |role: &str| {
            self.scope_roles
                .values()
                .any(|wanted| wanted.contains(role))
        };
        let is_told = |role: &&str| match self.token_roles {
            TokenRoles::All => true,
            TokenRoles::Own => decides(role),
            TokenRoles::None => false,
        };
        roles.iter().map(String::as_str).filter(is_told).collect()
    }
}

/// The resource that comes with the installation: the admin API. People need the role `admin` for it.
pub fn admin_api(issuer: &str) -> Resource {
    let administrators = BTreeSet::from([ADMIN_ROLE.to_owned()]);
    Resource {
        uri: admin_api_uri(issuer),
        name: "Administration".to_owned(),
        names: Localized::default(),
        scope: Scopes::parse(&format!("{} {}", scope::ADMIN, scope::ADMIN_READ))
            .unwrap_or_default(),
        alg: SigningAlg::ES256,
        access_ttl_seconds: None,
        format: TokenFormat::Jwt,
        secret_sealed: None,
        scope_roles: [scope::ADMIN, scope::ADMIN_READ]
            .map(|name| (name.to_owned(), administrators.clone()))
            .into(),
        token_roles: TokenRoles::Own,
        version: 0,
    }
}

/// The admin API's identifier, and its address.
pub fn admin_api_uri(issuer: &str) -> String {
    format!("{}/api/v1", issuer.trim_end_matches('/'))
}

/// What access tokens look like to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenFormat {
    /// RFC 9068: it validates them itself.
    #[default]
    Jwt,
    /// It can only ask about them (RFC 7662).
    Opaque,
}

impl TokenFormat {
    /// The name on the command line and in storage.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jwt => "jwt",
            Self::Opaque => "opaque",
        }
    }
}

/// The resources that a request or a grant is about, by URI; written with single blanks between, which no URI has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Resources(BTreeSet<String>);

impl Resources {
    /// Whether `uri` is one of them.
    pub fn contains(&self, uri: &str) -> bool {
        self.0.contains(uri)
    }

    /// The URIs, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The URI, where there is exactly one.
    pub fn only(&self) -> Option<&str> {
        self.iter().next().filter(|_| self.len() == 1)
    }

    /// As a column that may be empty holds it.
    pub fn to_stored(&self) -> Option<String> {
        (!self.is_empty()).then(|| self.to_string())
    }
}

impl<S: Into<String>> FromIterator<S> for Resources {
    fn from_iter<I: IntoIterator<Item = S>>(uris: I) -> Self {
        Self(uris.into_iter().map(Into::into).collect())
    }
}

impl From<String> for Resources {
    fn from(text: String) -> Self {
        text.split(' ').filter(|uri| !uri.is_empty()).collect()
    }
}

impl From<Option<String>> for Resources {
    fn from(stored: Option<String>) -> Self {
        stored.unwrap_or_default().into()
    }
}

impl From<Resources> for String {
    fn from(resources: Resources) -> Self {
        resources.to_string()
    }
}

impl std::fmt::Display for Resources {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, uri) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(uri)?;
        }
        Ok(())
    }
}

/// Writes resources as a list of URIs.
pub(super) fn as_list<S: Serializer>(
    resources: &Resources,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(resources.iter())
}

/// Checks a resource identifier: an absolute URI without fragment (RFC 8707 §2).
pub fn check_uri(uri: &str) -> Result<(), &'static str> {
    if uri.is_empty() || uri.len() > 2000 || !uri.chars().all(|c| c.is_ascii_graphic()) {
        return Err("it is not 1 to 2000 characters of ASCII without blanks");
    }
    if uri.contains('#') {
        return Err("it must not have a fragment (RFC 8707 section 2)");
    }
    Url::parse(uri).map_err(|_| "it is not an absolute URI such as https://api.example.com")?;
    Ok(())
}
