//! How surely somebody showed who they are: authentication context classes (`acr`), from the methods that were used (`amr`).

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A password (RFC 8176 §2).
pub const PWD: &str = "pwd";
/// A code that is good once.
const OTP: &str = "otp";
/// Proof of possession of a key.
const POP: &str = "pop";
/// A person was there, and touched something.
const USER: &str = "user";
/// More than one factor.
const MFA: &str = "mfa";
/// Somebody else vouched for the person, and how is not known or not believed: a factor of ours alone, and no value of RFC 8176, so tokens never
/// have it.
const UPSTREAM: &str = "upstream";
/// When somebody else asked the person is not known: not told either, and tokens then say no `auth_time`.
const UNDATED: &str = "undated";
/// What a trusted provider may say: all of RFC 8176 §2.
const REGISTERED: [&str; 19] = [
    "face", "fpt", "geo", "hwk", "iris", "kba", "mca", "mfa", "otp", "pin", "pop", "pwd", "rba",
    "retina", "sc", "sms", "swk", "tel", "user",
];

/// A class, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Acr {
    /// One factor.
    Pwd,
    /// Two factors.
    Mfa,
    /// Nothing of it is of use to whoever poses as this server (`phr` of OpenID Connect Extended Authentication Profile ACR Values 1.0).
    Phr,
}

/// The name is none of an [`Acr`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is not pwd, mfa or phr")]
pub struct UnknownAcr;

impl Acr {
    /// All, the weakest first.
    pub const ALL: [Self; 3] = [Self::Pwd, Self::Mfa, Self::Phr];

    /// The name in tokens and requests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pwd => "pwd",
            Self::Mfa => "mfa",
            Self::Phr => "phr",
        }
    }

    /// The class of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|acr| acr.as_str() == name)
    }

    /// What these methods come to. A key answers only to the address that it was made for, so whoever poses as us gets nothing
    /// from it, be there a password beside it or not.
    pub fn of(amr: &[String]) -> Self {
        let has = |method: &str| amr.iter().any(|used| used == method);
        match (has(MFA), has(POP)) {
            (true, true) => Self::Phr,
            (true, false) => Self::Mfa,
            (false, _) => Self::Pwd,
        }
    }

    /// What tokens say where these were asked for, the one wanted most first: whoever compares letter by letter finds the one that they asked
    /// for, not a stronger one (OIDC Core §5.5.1.1, RFC 9470 §5).
    #[must_use]
    pub fn told(self, wanted: &[Self]) -> Self {
        let mut met = wanted.iter().copied().filter(|acr| *acr <= self);
        met.next().unwrap_or(self)
    }

    /// The least that satisfies a list of which any one will do; `None` where none is known.
    pub fn least<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        names.into_iter().filter_map(Self::parse).min()
    }
}

impl FromStr for Acr {
    type Err = UnknownAcr;

    fn from_str(name: &str) -> Result<Self, UnknownAcr> {
        Self::parse(name).ok_or(UnknownAcr)
    }
}

/// The methods after a password alone.
pub fn password() -> Vec<String> {
    vec![PWD.to_owned()]
}

/// The methods after a passkey alone. Only one that knows its person (by a finger, a face, a PIN) is two factors.
pub fn passkey(is_user_verified: bool) -> Vec<String> {
    let own: &[&str] = if is_user_verified {
        &[POP, USER, MFA]
    } else {
        &[POP, USER]
    };
    own.iter().map(|&method| method.to_owned()).collect()
}

/// The methods after a sign-in elsewhere: what a trusted provider says of it, else no more than that there was one.
/// `is_dated`: it is known when it was.
pub fn upstream(trusted: &[String], is_dated: bool) -> Vec<String> {
    let known = |method: &&String| REGISTERED.contains(&method.as_str());
    let mut methods: Vec<String> = trusted.iter().filter(known).cloned().collect();
    methods.insert(0, UPSTREAM.to_owned());
    if !is_dated {
        methods.push(UNDATED.to_owned());
    }
    methods
}

/// Whether anything of it was shown at a time that is known: else nobody can say how long ago it was (OIDC Core §2 `auth_time`).
pub fn is_dated(amr: &[String]) -> bool {
    !amr.iter().any(|method| method == UNDATED)
}

/// What tokens say of these methods.
pub fn told(amr: &[String]) -> Vec<&str> {
    let methods = amr.iter().map(String::as_str);
    methods
        .filter(|method| ![UPSTREAM, UNDATED].contains(method))
        .collect()
}

/// The methods when a code is added to what was proven before. A recovery code is one too: it is good once, and stands for the
/// second factor.
pub fn with_code(amr: &[String]) -> Vec<String> {
    with(amr, &[OTP, MFA])
}

/// The methods when a code shows that its app is set up: who set it up is known no better for it, nor since when.
pub fn with_new_code(amr: &[String]) -> Vec<String> {
    let mut all = with_code(amr);
    if !is_dated(amr) {
        all.push(UNDATED.to_owned());
    }
    all
}

/// The methods when a passkey is added.
pub fn with_passkey(amr: &[String]) -> Vec<String> {
    with(amr, &[POP, USER, MFA])
}

fn with(amr: &[String], more: &[&str]) -> Vec<String> {
    let mut all = amr.to_vec();
    // `mfa` stays at the end; and what is shown here is shown at a time that we know.
    all.retain(|method| !more.contains(&method.as_str()) && method != UNDATED);
    all.extend(more.iter().map(|&method| method.to_owned()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_come_to_a_class() {
        for (amr, acr) in [
            (vec![], Acr::Pwd),
            (password(), Acr::Pwd),
            (with_code(&password()), Acr::Mfa),
            (passkey(false), Acr::Pwd),
            (passkey(true), Acr::Phr),
            (with_passkey(&password()), Acr::Phr),
            (with_passkey(&with_code(&password())), Acr::Phr),
        ] {
            assert_eq!(Acr::of(&amr), acr, "{amr:?}");
        }
        assert_eq!(
            with_passkey(&with_code(&password())),
            ["pwd", "otp", "pop", "user", "mfa"]
        );
        assert_eq!(with_code(&with_code(&password())), with_code(&password()));
    }

    #[test]
    fn a_sign_in_elsewhere_is_one_factor_unless_it_is_trusted() {
        let of = |trusted: &[&str]| {
            let trusted: Vec<String> = trusted.iter().map(|&it| it.to_owned()).collect();
            upstream(&trusted, true)
        };
        let (alone, trusted) = (of(&[]), of(&["pwd", "mfa", "upstream", "<b>"]));
        assert_eq!((Acr::of(&alone), told(&alone)), (Acr::Pwd, vec![]));
        assert_eq!(
            (Acr::of(&trusted), told(&trusted)),
            (Acr::Mfa, vec!["pwd", "mfa"])
        );
        assert_eq!(told(&with_code(&alone)), ["otp", "mfa"]);
        assert_eq!(Acr::of(&with_code(&alone)), Acr::Mfa);
        let undated = upstream(&[], false);
        assert!(is_dated(&alone) && !is_dated(&undated) && told(&undated).is_empty());
        assert_eq!(with_code(&undated), with_code(&alone));
        assert_eq!(with_new_code(&alone), with_code(&alone));
        assert_eq!(
            (
                Acr::of(&with_new_code(&undated)),
                is_dated(&with_new_code(&undated))
            ),
            (Acr::Mfa, false)
        );
    }

    #[test]
    fn what_was_asked_for_is_told() {
        for (shown, wanted, told) in [
            (Acr::Mfa, &[][..], Acr::Mfa),
            (Acr::Mfa, &[Acr::Pwd], Acr::Pwd),
            (Acr::Mfa, &[Acr::Phr, Acr::Mfa, Acr::Pwd], Acr::Mfa),
            (Acr::Pwd, &[Acr::Phr], Acr::Pwd),
        ] {
            assert_eq!(shown.told(wanted), told, "{wanted:?}");
        }
    }

    #[test]
    fn any_of_a_list_will_do() {
        assert_eq!(Acr::least(["gold", "phr", "mfa"]), Some(Acr::Mfa));
        assert_eq!(Acr::least(["gold"]), None);
        assert_eq!(Acr::least([]), None);
        assert!(Acr::Pwd < Acr::Mfa && Acr::Mfa < Acr::Phr);
        assert_eq!("phr".parse(), Ok(Acr::Phr));
        assert_eq!("PHR".parse::<Acr>(), Err(UnknownAcr));
    }
}
