//! Which factors somebody has to show, and which of them are missing: pure decisions.

use crate::config::SecondFactorSettings;
use crate::model::acr::Acr;
use crate::model::id::SessionId;
use crate::model::user::User;

/// How somebody takes a factor of theirs away.
#[derive(Debug, Clone, Copy, Default)]
pub struct Removal {
    /// One factor must be left.
    pub keeps_one: bool,
    /// Their other sessions end in the same moment: whoever takes a factor away may have lost it (ASVS 7.4.3).
    pub kept: Option<SessionId>,
}

/// What is still to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Nothing,
    /// One of these.
    Factor(Offer),
    /// Something that the person has not set up.
    Enrolment,
}

/// What may be asked for; one of them is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// A code of the person's app.
    pub has_totp: bool,
    pub has_passkey: bool,
    /// A recovery code: it stands for a second factor, but proves no key.
    pub takes_recovery: bool,
}

/// What this installation wants of the person, whatever an app asks: a second factor of whoever has one, and of whoever must
/// have one.
pub fn wanted(settings: &SecondFactorSettings, user: &User) -> Acr {
    if has_second(user) || must_have(settings, user) {
        Acr::Mfa
    } else {
        Acr::Pwd
    }
}

/// Whether the person must have a second factor.
pub fn must_have(settings: &SecondFactorSettings, user: &User) -> bool {
    let mut roles = user.roles.iter();
    settings.required || roles.any(|role| settings.required_for_roles.contains(role))
}

/// The most that the person can show.
pub const fn reachable(user: &User) -> Acr {
    if user.has_passkey {
        Acr::Phr
    } else if user.has_totp {
        Acr::Mfa
    } else {
        Acr::Pwd
    }
}

/// Whether the person has a second factor, and it was not shown: then it is asked for before anything of theirs is opened.
pub fn is_unproven(user: &User, amr: &[String]) -> bool {
    has_second(user) && Acr::of(amr) < Acr::Mfa
}

/// What is missing for `needed` after `amr` was shown.
pub fn missing(user: &User, amr: &[String], needed: Acr) -> Missing {
    if Acr::of(amr) >= needed {
        return Missing::Nothing;
    }
    let takes_codes = needed <= Acr::Mfa;
    let offer = Offer {
        has_totp: user.has_totp && takes_codes,
        has_passkey: user.has_passkey,
        takes_recovery: has_second(user) && takes_codes,
    };
    if offer.has_totp || offer.has_passkey {
        Missing::Factor(offer)
    } else {
        Missing::Enrolment
    }
}

/// Whether the person has anything of their own to show here: without it another provider alone lets them in.
pub const fn has_own(user: &User) -> bool {
    user.password_hash.is_some() || has_second(user)
}

/// Whether the password is all that they have to show.
pub const fn has_password_alone(user: &User) -> bool {
    user.password_hash.is_some() && !has_second(user)
}

/// Whether they have set up more than a password.
pub const fn has_second(user: &User) -> bool {
    user.has_totp || user.has_passkey
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;
    use crate::model::acr::{passkey, password, with_code};
    use crate::model::id::UserId;

    fn user((has_totp, has_passkey): (bool, bool), roles: &[&str]) -> User {
        User {
            id: UserId(Uuid::nil()),
            username: "ada".to_owned(),
            email: None,
            is_email_verified: false,
            name: None,
            roles: roles.iter().map(|&role| role.to_owned()).collect(),
            password_hash: None,
            disabled_at: None,
            created_at: DateTime::UNIX_EPOCH,
            locale: None,
            password_changed_at: None,
            has_totp,
            has_passkey,
            version: 1,
        }
    }

    #[test]
    fn a_second_factor_is_wanted_of_who_has_one_and_of_who_must() {
        let settings = |required, roles: &[&str]| SecondFactorSettings {
            required,
            required_for_roles: roles.iter().map(|&role| role.to_owned()).collect(),
        };
        for (has, roles, settings, acr) in [
            (
                (false, false),
                &["admin"][..],
                settings(false, &[]),
                Acr::Pwd,
            ),
            (
                (false, false),
                &["admin"],
                settings(false, &["admin"]),
                Acr::Mfa,
            ),
            (
                (false, false),
                &["editor"],
                settings(false, &["admin"]),
                Acr::Pwd,
            ),
            ((false, false), &[], settings(true, &[]), Acr::Mfa),
            ((true, false), &[], settings(false, &[]), Acr::Mfa),
            ((false, true), &[], settings(false, &[]), Acr::Mfa),
        ] {
            assert_eq!(
                wanted(&settings, &user(has, roles)),
                acr,
                "{has:?} {roles:?}"
            );
        }
    }

    #[test]
    fn only_what_is_missing_is_asked_for() {
        let offer = |has_totp, has_passkey, takes_recovery| {
            Missing::Factor(Offer {
                has_totp,
                has_passkey,
                takes_recovery,
            })
        };
        let (pwd, otp, key) = (password(), with_code(&password()), passkey(true));
        for (has, amr, needed, expected) in [
            ((false, false), &pwd, Acr::Pwd, Missing::Nothing),
            ((false, false), &pwd, Acr::Mfa, Missing::Enrolment),
            ((true, false), &pwd, Acr::Mfa, offer(true, false, true)),
            ((false, true), &pwd, Acr::Mfa, offer(false, true, true)),
            ((true, true), &pwd, Acr::Mfa, offer(true, true, true)),
            ((true, true), &pwd, Acr::Phr, offer(false, true, false)),
            ((true, true), &otp, Acr::Phr, offer(false, true, false)),
            ((true, false), &otp, Acr::Phr, Missing::Enrolment),
            ((true, false), &otp, Acr::Mfa, Missing::Nothing),
            ((true, true), &key, Acr::Phr, Missing::Nothing),
        ] {
            assert_eq!(
                missing(&user(has, &[]), amr, needed),
                expected,
                "{has:?} {amr:?} {needed:?}"
            );
        }
        assert!(is_unproven(&user((true, false), &[]), &pwd));
        assert!(!is_unproven(&user((true, false), &[]), &otp));
        assert!(!is_unproven(&user((false, false), &[]), &pwd));
    }
}
