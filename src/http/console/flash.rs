//! What the page after a change says, once: one of these sentences and a name.

use serde::{Deserialize, Serialize};

use super::guard::{AREA, Admin};
use crate::http::flash;

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
    InvitationMailed,
    InvitationWithdrawn,
    FactorsRemoved,
    UpstreamRemoved,
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
            Self::InvitationMailed => ("An invitation is on its way to ", "."),
            Self::InvitationWithdrawn => ("The invitation of ", " is withdrawn."),
            Self::FactorsRemoved => (
                "",
                " has no passkey, authenticator app or recovery code any more.",
            ),
            Self::UpstreamRemoved => ("The account elsewhere of ", " is no longer linked."),
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

/// A sentence with a name in it.
#[derive(Debug)]
pub(crate) struct Message {
    pub before: &'static str,
    pub name: String,
    pub after: &'static str,
}

/// What the cookie says, if it is ours, of this session and new.
pub(super) fn read(admin: &Admin) -> Option<Message> {
    let session = &admin.signed_in.session;
    let (done, name) = flash::read::<Done>(&admin.request, &admin.web, AREA, session)?;
    let (before, after) = done.words();
    Some(Message {
        before,
        name,
        after,
    })
}
