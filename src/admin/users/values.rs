//! What administrators give and see of users.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::admin::{Result, invalid};
use crate::model::claims::{self, ClaimChange, UserClaims};
use crate::model::id::UserId;
use crate::model::secret::Secret;
use crate::model::user::User;
use crate::storage::UserChange;

/// A person to be given an account.
#[derive(Debug, Clone, Default)]
pub struct NewUser {
    pub username: String,
    pub email: Option<String>,
    pub is_email_verified: bool,
    pub name: Option<String>,
    pub roles: Vec<String>,
    /// Standard claims, by name, or by `address.` and a member's; the first administrator gets them by a change.
    pub claims: Vec<(String, String)>,
    /// Without one nobody can sign in, until one is set.
    pub password: Option<Secret<String>>,
}

/// A change; a field that is `None` stays as it is, an empty text or list takes a value away.
#[derive(Debug, Clone, Default)]
pub struct UserFields {
    pub email: Option<String>,
    pub is_email_verified: Option<bool>,
    pub name: Option<String>,
    pub roles: Option<Vec<String>>,
    /// The language of the pages, a tag.
    pub locale: Option<String>,
    /// The claims to change, as in [`NewUser`]; an empty text takes one away.
    pub claims: Vec<(String, String)>,
}

/// A user as administrators see one.
#[derive(Debug, Serialize)]
pub struct UserView<'a> {
    id: UserId,
    username: &'a str,
    email: Option<&'a str>,
    email_verified: bool,
    name: Option<&'a str>,
    roles: &'a [String],
    /// Left out in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<&'a Map<String, Value>>,
    has_password: bool,
    second_factors: Vec<&'static str>,
    disabled: bool,
    created_at: chrono::DateTime<chrono::Utc>,
}

impl<'a> UserView<'a> {
    /// With the claims.
    pub fn with_claims(user: &'a User, claims: &'a UserClaims) -> Self {
        Self {
            claims: Some(&claims.values),
            ..Self::from(user)
        }
    }
}

impl<'a> From<&'a User> for UserView<'a> {
    fn from(user: &'a User) -> Self {
        Self {
            id: user.id,
            username: &user.username,
            email: user.email.as_deref(),
            email_verified: user.is_email_verified,
            name: user.name.as_deref(),
            roles: &user.roles,
            claims: None,
            has_password: user.password_hash.is_some(),
            second_factors: user.second_factors(),
            disabled: !user.is_enabled(),
            created_at: user.created_at,
        }
    }
}

/// Checks claims as they were typed, and against what is stored.
pub(in crate::admin) fn check_claims(
    given: &[(String, String)],
    stored: &Map<String, Value>,
) -> Result<Vec<ClaimChange>> {
    let changes = given
        .iter()
        .map(|(name, text)| claims::check(name, text))
        .collect::<std::result::Result<Vec<ClaimChange>, _>>()
        .map_err(|error| invalid(error.name, error.fault))?;
    let mut after = stored.clone();
    claims::apply(&mut after, &changes);
    let is_verified = changes.contains(&("phone_number_verified", Some(Value::Bool(true))));
    if is_verified && !after.contains_key("phone_number") {
        return Err(invalid(
            "phone_number_verified",
            "there is no phone number; give one with --claim phone_number=…",
        ));
    }
    Ok(changes)
}

/// Takes out of a change what is so already; the names of what is left.
pub(super) fn leave_what_is_so(
    change: &mut UserChange,
    user: &User,
    claims: &Map<String, Value>,
) -> Vec<&'static str> {
    let mut after = claims.clone();
    claims::apply(&mut after, &change.claims);
    if after == *claims {
        change.claims.clear();
    }
    change.email.take_if(|email| *email == user.email);
    // A new address is unverified until it is said to be.
    let was_verified = user.is_email_verified && change.email.is_none();
    change
        .is_email_verified
        .take_if(|is_verified| *is_verified == was_verified);
    change.name.take_if(|name| *name == user.name);
    change.roles.take_if(|roles| *roles == user.roles);
    change.locale.take_if(|locale| *locale == user.locale);
    let mut left = Vec::new();
    left.extend(change.email.is_some().then_some("email"));
    left.extend(change.is_email_verified.map(|_| "email_verified"));
    left.extend(change.name.is_some().then_some("name"));
    left.extend(change.roles.is_some().then_some("roles"));
    left.extend(change.locale.is_some().then_some("locale"));
    left.extend(change.claims.iter().map(|(name, _)| *name));
    left
}
