//! What a new password must be (NIST SP 800-63B §5.1.1.2, ASVS 6.2): long enough, and not what anyone would try first. Nothing about its
//! letters and digits.

use super::MAX_PASSWORD_BYTES;
use crate::config::Config;
use crate::model::user::account_key;

/// Why a password is not taken. Displayed as a line that does not repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// It has fewer characters than that.
    #[error("it has fewer than {0} characters")]
    TooShort(usize),
    #[error("it has more than {MAX_PASSWORD_BYTES} bytes")]
    TooLong,
    #[error("it is the username; anyone would try that first")]
    Name,
    #[error("it is the e-mail address; anyone would try that first")]
    Address,
}

/// Checks a new password for the person of that username and address.
pub fn check(
    config: &Config,
    (username, email): (&str, Option<&str>),
    password: &str,
) -> Result<(), Weakness> {
    let min = config.password.min_length;
    if password.chars().count() < min {
        return Err(Weakness::TooShort(min));
    }
    if password.len() > MAX_PASSWORD_BYTES {
        return Err(Weakness::TooLong);
    }
    let key = account_key(password);
    if key == account_key(username) {
        return Err(Weakness::Name);
    }
    let is_address = email.is_some_and(|email| key == account_key(email));
    if is_address {
        Err(Weakness::Address)
    } else {
        Ok(())
    }
}
