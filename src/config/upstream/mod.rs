//! `[upstream]`: providers elsewhere with whose accounts people may sign in here.

use std::path::PathBuf;

use serde::Deserialize;

use crate::model::secret::Secret;

mod read;

pub(super) use read::load;

/// `[upstream]`
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UpstreamSettings {
    /// TOML, of `[[provider]]` tables.
    pub file: Option<PathBuf>,
    /// What it says.
    #[serde(skip)]
    pub providers: Vec<Provider>,
}

impl UpstreamSettings {
    /// The provider that is called so.
    pub fn provider(&self, id: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.id == id)
    }
}

/// What a provider speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// OpenID Connect, found by discovery.
    OpenId,
    /// The same as Microsoft does it: one set of addresses for many tenants, each of which is an issuer of its own.
    Microsoft,
    /// The same as Google does it.
    Google,
    /// OAuth 2 with an API of its own; there is no ID token.
    GitHub,
}

impl Protocol {
    /// Whether it can be told to ask anew who somebody is, and says when it did (OIDC Core §3.1.2.1 `prompt`, `max_age`).
    pub const fn proves_anew(self) -> bool {
        matches!(self, Self::OpenId | Self::Microsoft)
    }
}

/// One `[[provider]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Provider {
    /// In addresses of ours.
    pub id: String,
    pub protocol: Protocol,
    /// Where its metadata is; of GitHub its own address.
    pub issuer: String,
    /// On the button.
    pub name: String,
    pub client_id: String,
    /// `None`: a public client, with PKCE alone.
    pub client_secret: Option<Secret<String>>,
    pub scope: String,
    /// An account of ours with the same verified address is linked without being asked.
    pub link_by_verified_email: bool,
    /// Whoever is not known gets an account.
    pub create_accounts: bool,
    /// Lower case; empty: any.
    pub allowed_email_domains: Vec<String>,
    /// Its `amr` counts here.
    pub trust_amr: bool,
}

impl Provider {
    /// An OpenID provider with nothing but what it needs.
    pub fn openid(id: &str, issuer: &str, client_id: &str) -> Self {
        Self {
            id: id.to_owned(),
            protocol: Protocol::OpenId,
            issuer: issuer.to_owned(),
            name: id.to_owned(),
            client_id: client_id.to_owned(),
            client_secret: None,
            scope: "openid email profile".to_owned(),
            link_by_verified_email: false,
            create_accounts: false,
            allowed_email_domains: Vec::new(),
            trust_amr: false,
        }
    }

    /// Whether people of any tenant of Microsoft's may come.
    pub fn is_multi_tenant(&self) -> bool {
        let mut many = ["common", "organizations"].into_iter();
        self.protocol == Protocol::Microsoft
            && many.any(|tenant| self.issuer.ends_with(&format!("/{tenant}/v2.0")))
    }
}
