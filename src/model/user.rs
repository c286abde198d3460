//! A user: a person who signs in.

use chrono::{DateTime, Utc};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::id::UserId;
use super::secret::PasswordHash;

/// The role that opens the console and the admin API.
pub const ADMIN_ROLE: &str = "admin";

/// A person's account.
#[derive(Debug, Clone, Serialize)]
pub struct User {
    /// `sub` in tokens.
    pub id: UserId,
    /// As it is shown.
    pub username: String,
    pub email: Option<String>,
    pub is_email_verified: bool,
    /// The full name (`name` in OIDC Core §5.1).
    pub name: Option<String>,
    /// Role names, in access tokens as `roles`.
    pub roles: Vec<String>,
    #[serde(skip)]
    pub password_hash: Option<PasswordHash>,
    /// Set: cannot sign in, and nothing that was granted works.
    pub disabled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    /// The language that the person chose (BCP 47); `None`: as the browser says. Read where pages are made.
    pub locale: Option<String>,
    /// A TOTP secret is set up. Read where people sign in.
    #[serde(skip)]
    pub has_totp: bool,
    /// A passkey is set up. Read where people sign in.
    #[serde(skip)]
    pub has_passkey: bool,
    /// Raised by every change that an administrator makes.
    #[serde(skip)]
    pub version: i64,
}

impl User {
    /// Somebody who is new here: without address, roles, or a way to sign in.
    pub const fn new(id: UserId, username: String, created_at: DateTime<Utc>) -> Self {
        Self {
            id,
            username,
            email: None,
            is_email_verified: false,
            name: None,
            roles: Vec::new(),
            password_hash: None,
            disabled_at: None,
            created_at,
            locale: None,
            has_totp: false,
            has_passkey: false,
            version: 1,
        }
    }

    /// What pages call the person: the name if there is one.
    pub fn display_name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.username)
    }

    /// What a guess at the password would begin with: the username first, then the address and the name.
    pub fn about(&self) -> Vec<&str> {
        let more = [self.email.as_deref(), self.name.as_deref()];
        let username = Some(self.username.as_str());
        [username].into_iter().chain(more).flatten().collect()
    }

    /// Whether sign-in and grants work.
    pub const fn is_enabled(&self) -> bool {
        self.disabled_at.is_none()
    }

    /// What is set up beside the password, by its name.
    pub fn second_factors(&self) -> Vec<&'static str> {
        let all = [(self.has_passkey, "passkey"), (self.has_totp, "totp")];
        let has = all.into_iter().filter(|(has, _)| *has);
        has.map(|(_, name)| name).collect()
    }

    /// Whether the person is an administrator.
    pub fn is_admin(&self) -> bool {
        self.roles.iter().any(|role| role == ADMIN_ROLE)
    }
}

/// The form under which a username or e-mail address is compared: NFKC, lower case, trimmed.
///
/// Every spelling of one account leads to one key, so that none has a throttle of its own.
pub fn account_key(value: &str) -> String {
    value
        .trim()
        .nfkc()
        .flat_map(char::to_lowercase)
        .nfkc()
        .collect()
}

/// Checks a username: 1 to 100 characters, no controls, no `@` (it would look like an e-mail address), no blanks at the ends.
pub fn check_username(value: &str) -> Result<(), &'static str> {
    let count = value.chars().count();
    if count == 0 || count > 100 || value.trim() != value {
        return Err("it has 1 to 100 characters and no blanks at its ends");
    }
    if value.chars().any(super::client::is_deceptive) {
        return Err("it has control characters or ones that turn the direction of writing");
    }
    // In the form that is compared: NFKC makes an @ of its full-width and small forms.
    if account_key(value).contains('@') {
        return Err("it must not have an @; give the address as the e-mail");
    }
    Ok(())
}

/// Checks an e-mail address as far as its form goes: something before and after one `@`, no blanks.
pub fn check_email(value: &str) -> Result<(), &'static str> {
    let is_plain =
        value.len() <= 254 && !value.chars().any(|c| c.is_whitespace() || c.is_control());
    match value.rsplit_once('@') {
        Some((local, domain))
            if is_plain && !local.is_empty() && !domain.is_empty() && !local.contains('@') =>
        {
            Ok(())
        }
        _ => Err("it is not an e-mail address"),
    }
}

/// Checks a role's name: 1 to 64 of the characters `A-Z a-z 0-9 . _ - :`.
pub fn check_role(value: &str) -> Result<(), &'static str> {
    let legal = |c: char| c.is_ascii_alphanumeric() || "._-:".contains(c);
    if value.is_empty() || value.len() > 64 || !value.chars().all(legal) {
        return Err("a role has 1 to 64 of the characters A-Z a-z 0-9 . _ - :");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{account_key, check_username};

    #[test]
    fn spellings_of_one_account_share_a_key() {
        for spelling in ["Ada", "ADA", " ada ", "\u{ff21}da", "ad\u{ff41}"] {
            assert_eq!(account_key(spelling), "ada");
        }
        assert_eq!(account_key("e\u{301}va"), account_key("\u{c9}va"));
    }

    #[test]
    fn no_username_has_the_key_of_an_address() {
        for name in [
            "ada@example.com",
            "ada\u{ff20}example.com",
            "ada\u{fe6b}example.com",
        ] {
            assert!(check_username(name).is_err(), "{name}");
        }
        assert!(check_username("ada.example.com").is_ok());
    }
}
