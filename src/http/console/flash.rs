//! What the page after a change says, once: one of these sentences and a name, sealed in a cookie for this session, so that
//! nobody outside can make the console say anything.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::guard::Admin;
use crate::http::cookies;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Done {
    ClientChanged,
    ClientDisabled,
    ClientEnabled,
    ClientRemoved,
    SecretRemoved,
    RoleAdded,
    RoleChanged,
    RoleRemoved,
    ResourceAdded,
    ResourceChanged,
    ResourceRemoved,
    ScopeAdded,
    ScopeChanged,
    ScopeRemoved,
    UserAdded,
    UserChanged,
    UserDisabled,
    UserEnabled,
    UserRemoved,
    PasswordSet,
    ResetLinkMailed,
    SessionEnded,
    SessionsEnded,
    GrantRevoked,
    ConsentWithdrawn,
    RegistrationTokenRemoved,
    KeysMade,
    KeyRemoved,
    Mended,
}

impl Done {
    /// The sentence, in two parts around the name.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::ClientChanged | Self::ResourceChanged | Self::UserChanged => ("", " is changed."),
            Self::ClientDisabled => ("", " is disabled."),
            Self::ClientEnabled => ("", " is enabled."),
            Self::ClientRemoved | Self::ResourceRemoved | Self::UserRemoved => ("", " is gone."),
            Self::SecretRemoved => ("The secret ", " is gone."),
            Self::RoleAdded => ("The role ", " is there."),
            Self::RoleChanged => ("The role ", " is changed."),
            Self::RoleRemoved => ("The role ", " is gone."),
            Self::ResourceAdded => ("", " is registered."),
            Self::ScopeAdded => ("The scope ", " is registered."),
            Self::ScopeChanged => ("The scope ", " has its new words."),
            Self::ScopeRemoved => ("The scope ", " is gone."),
            Self::UserAdded => ("", " has an account now."),
            Self::UserDisabled => ("", " is disabled, and signed out everywhere."),
            Self::UserEnabled => ("", " is enabled, and may sign in again."),
            Self::PasswordSet => ("", " has a new password, and is signed out everywhere."),
            Self::ResetLinkMailed => ("A link to set a password is on its way to ", "."),
            Self::SessionEnded => ("A session of ", " is ended."),
            Self::SessionsEnded => ("", " is signed out everywhere."),
            Self::GrantRevoked => ("The access of ", " is revoked."),
            Self::ConsentWithdrawn => ("What was allowed to ", " is taken back."),
            Self::RegistrationTokenRemoved => ("The registration token ", " is gone."),
            Self::KeysMade => ("There are new keys: ", "."),
            Self::KeyRemoved => ("The key ", " is gone."),
            Self::Mended => ("", " is changed. The same request works now."),
        }
    }
}

/// The cookie must not name its subject at length.
const MAX_NAME: usize = 120;
/// For how long a message is news.
const NEWS_SECONDS: i64 = 60;

#[derive(Serialize, Deserialize)]
struct Kept {
    done: Done,
    name: String,
    at: i64,
}

/// A sentence with a name in it.
#[derive(Debug)]
pub(crate) struct Message {
    pub before: &'static str,
    pub name: String,
    pub after: &'static str,
}

fn context(admin: &Admin) -> Vec<u8> {
    let id = admin.signed_in.session.id.0;
    [b"console flash 1 ".as_slice(), id.as_bytes()].concat()
}

/// The cookie's value.
pub(super) fn seal(admin: &Admin, done: Done, name: &str) -> String {
    let kept = Kept {
        done,
        name: name.chars().take(MAX_NAME).collect(),
        at: admin.app().clock.now().timestamp(),
    };
    let plain = serde_json::to_vec(&kept).unwrap_or_default();
    let sealed = admin.app().crypto.requests.seal(&context(admin), &plain);
    URL_SAFE_NO_PAD.encode(sealed)
}

/// What the cookie says, if it is ours, of this session and new.
pub(super) fn read(admin: &Admin) -> Option<Message> {
    let value = cookies::get(&admin.request, &admin.web, cookies::FLASH)?;
    let bytes = URL_SAFE_NO_PAD.decode(value).ok()?;
    let plain = admin.app().crypto.requests.open(&context(admin), &bytes)?;
    let kept: Kept = serde_json::from_slice(&plain).ok()?;
    let age = admin.app().clock.now().timestamp() - kept.at;
    let (before, after) = kept.done.words();
    (age < NEWS_SECONDS).then_some(Message {
        before,
        name: kept.name,
        after,
    })
}
