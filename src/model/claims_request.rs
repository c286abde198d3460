//! What a client asks by the `claims` parameter (OIDC Core §5.5), as far as we have such claims: kept with the code and the grant.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::acr::Acr;
use super::claims;
use super::scope::Scopes;

/// The claims asked for one by one, by where they are to go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimsRequest {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub userinfo: BTreeMap<String, Wanted>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub id_token: BTreeMap<String, Wanted>,
    /// The authentication context that is told, where a weaker one than was shown was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<Acr>,
}

/// How one claim is wanted. Whether it is essential changes nothing: what is there and allowed is always given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Only with one of these values; none: with any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
}

impl Wanted {
    /// Whether a value is one of those asked for.
    pub fn is_met_by(&self, value: &Value) -> bool {
        self.values.is_empty() || self.values.contains(value)
    }
}

impl ClaimsRequest {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.userinfo.is_empty() && self.id_token.is_empty() && self.acr.is_none()
    }

    /// The scopes whose claims are asked for: their words are what a person is asked to allow.
    pub fn scopes(&self) -> Scopes {
        let names = self.userinfo.keys().chain(self.id_token.keys());
        let scopes: Vec<&str> = names.filter_map(|name| claims::scope_of(name)).collect();
        Scopes::parse(&scopes.join(" ")).unwrap_or_default()
    }

    /// What is left of it where only the claims of these scopes are allowed; `None`: nothing.
    #[must_use]
    pub fn within(&self, scopes: &Scopes) -> Option<Self> {
        let keep = |members: &BTreeMap<String, Wanted>| {
            let is_allowed =
                |name: &str| claims::scope_of(name).is_some_and(|scope| scopes.contains(scope));
            let kept = members.iter().filter(|(name, _)| is_allowed(name));
            kept.map(|(name, wanted)| (name.clone(), wanted.clone()))
                .collect()
        };
        let left = Self {
            userinfo: keep(&self.userinfo),
            id_token: keep(&self.id_token),
            acr: self.acr,
        };
        (!left.is_empty()).then_some(left)
    }
}
