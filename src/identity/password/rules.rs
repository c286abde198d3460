//! What a new password must be (OWASP ASVS 6.2): long enough, and nothing that is tried first. Which characters it is made of is nobody's
//! concern.

use zxcvbn::zxcvbn;

use super::MAX_PASSWORD_BYTES;
use crate::config::PasswordSettings;
use crate::model::secret::Secret;

use crate::model::user::account_key;

/// How much of a password is looked at: the cost grows with the square, and nobody guesses one that is longer.
const MAX_LOOKED_AT: usize = 72;

/// Why a password cannot be taken. None repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("it has fewer than {min} characters")]
    TooShort { min: usize },
    #[error("it has more than {MAX_PASSWORD_BYTES} bytes")]
    TooLong,
    #[error("it is the username; anyone would try that first")]
    IsUsername,
    /// Common, or made of common words, names, dates, keys in a row, or what is known of the person.
    #[error(
        "it would be guessed soon: it is common, or made of common parts; take several words that do not belong together"
    )]
    Guessable,
}

/// [`check`], away from the threads that serve requests: guessing takes a while.
pub async fn check_aside(
    settings: &PasswordSettings,
    password: &Secret<String>,
    about: &[&str],
) -> Result<(), Fault> {
    let (settings, password) = (settings.clone(), password.clone());
    let about: Vec<String> = about.iter().map(|&word| word.to_owned()).collect();
    let checked = tokio::task::spawn_blocking(move || {
        let about: Vec<&str> = about.iter().map(String::as_str).collect();
        check(&settings, password.expose(), &about)
    });
    // What cannot be judged is not taken.
    checked.await.unwrap_or(Err(Fault::Guessable))
}

/// Checks a new password. `about`: the username first, then what else is known of the person; a guess would begin with these.
pub fn check(settings: &PasswordSettings, password: &str, about: &[&str]) -> Result<(), Fault> {
    let min = settings.min_length;
    if password.chars().count() < min {
        return Err(Fault::TooShort { min });
    }
    if password.len() > MAX_PASSWORD_BYTES {
        return Err(Fault::TooLong);
    }
    let is_username = |name: &&str| account_key(password) == account_key(name);
    if about.first().is_some_and(is_username) {
        return Err(Fault::IsUsername);
    }
    let beginning: String = password.chars().take(MAX_LOOKED_AT).collect();
    if u8::from(zxcvbn(&beginning, about).score()) < settings.min_strength {
        return Err(Fault::Guessable);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Fault, check};
    use crate::config::PasswordSettings;

    // S47 S49
    #[test]
    fn what_is_tried_first_is_refused() {
        let settings = PasswordSettings::default();
        let about = ["ada", "ada@lovelace.example", "Ada Lovelace"];
        for common in [
            "password",
            "Password1",
            "12345678",
            "qwertyuiop",
            "letmein123",
            "iloveyou!",
            "aaaaaaaaaaaa",
            "11.11.1999",
            "adalovelace",
            "Lovelace1",
        ] {
            assert_eq!(
                check(&settings, common, &about),
                Err(Fault::Guessable),
                "{common}"
            );
        }
        for good in [
            "correct horse battery",
            "ada-takes-notes",
            "9 Kühe auf Ämtern",
            "密码在云的上面飞过",
        ] {
            assert_eq!(check(&settings, good, &about), Ok(()), "{good}");
        }
        assert_eq!(
            check(&settings, "ﾊﾝ", &about),
            Err(Fault::TooShort { min: 8 })
        );
        assert_eq!(
            check(&settings, "LongUserName", &["longusername"]),
            Err(Fault::IsUsername)
        );
        assert_eq!(
            check(&settings, &"é".repeat(513), &about),
            Err(Fault::TooLong)
        );
        // No composition rule, and long ones are taken whole.
        assert_eq!(check(&settings, &"ab cd ".repeat(100), &about), Ok(()));
    }

    #[test]
    fn the_check_can_be_turned_off() {
        let settings = PasswordSettings {
            min_strength: 0,
            ..PasswordSettings::default()
        };
        assert_eq!(check(&settings, "password", &[]), Ok(()));
    }
}
