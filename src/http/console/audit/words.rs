//! What happened, in words for people.

use crate::model::event::EventKind;

/// A few words for each kind.
pub(super) const fn of(kind: EventKind) -> &'static str {
    match kind {
        EventKind::SetupCompleted => "First administrator made",
        EventKind::SignInSucceeded => "Signed in",
        EventKind::SignInFailed => "Sign-in failed",
        EventKind::SignInThrottled => "Sign-in held back after too many tries",
        EventKind::SignedOut => "Signed out",
        EventKind::SessionEnded => "Session ended",
        EventKind::ConsentGranted => "App was allowed something",
        EventKind::ConsentDenied => "App was refused something",
        EventKind::ConsentWithdrawn => "What an app was allowed was taken back",
        EventKind::GrantCreated => "App got access",
        EventKind::GrantRevoked => "App lost access",
        EventKind::CodeReplayed => "Code used twice",
        EventKind::RefreshTokenReplayed => "Refresh token used twice",
        EventKind::TokenRevoked => "Token revoked",
        other => of_things(other),
    }
}

const fn of_things(kind: EventKind) -> &'static str {
    match kind {
        EventKind::ClientAdded => "Client registered",
        EventKind::ClientUpdated => "Client changed",
        EventKind::ClientRemoved => "Client removed",
        EventKind::ClientSecretAdded => "Client secret made",
        EventKind::ClientSecretRemoved => "Client secret removed",
        EventKind::RegistrationTokenAdded => "Registration token made",
        EventKind::RegistrationTokenRemoved => "Registration token removed",
        EventKind::UserAdded => "User added",
        EventKind::UserUpdated => "User changed",
        EventKind::UserDisabled => "User disabled",
        EventKind::UserEnabled => "User enabled",
        EventKind::UserRemoved => "User removed",
        EventKind::PasswordSet => "Password set",
        EventKind::PasswordChanged => "Password changed by its owner",
        EventKind::PasswordResetRequested => "Link to set a password made",
        EventKind::PasswordReset => "Password set by a link",
        EventKind::EmailChangeRequested => "Address to be proved",
        EventKind::EmailVerified => "Address proved",
        EventKind::SignUpRequested => "Account asked for",
        EventKind::SignedUp => "Signed up",
        EventKind::InvitationMade => "Person invited",
        EventKind::InvitationWithdrawn => "Invitation withdrawn",
        EventKind::MailGivenUp => "Mail given up",
        EventKind::FactorAdded => "Second factor added",
        EventKind::FactorRemoved => "Second factor removed",
        EventKind::RecoveryCodesMade => "Recovery codes made",
        EventKind::RecoveryCodeUsed => "Recovery code used",
        EventKind::UpstreamLinked => "Account elsewhere linked",
        EventKind::UpstreamUnlinked => "Account elsewhere unlinked",
        EventKind::UpstreamFailed => "Sign-in elsewhere failed",
        EventKind::RoleAdded => "Role added",
        EventKind::RoleUpdated => "Role changed",
        EventKind::RoleRemoved => "Role removed",
        EventKind::ScopeAdded => "Scope registered",
        EventKind::ScopeUpdated => "Scope changed",
        EventKind::ScopeRemoved => "Scope removed",
        EventKind::ResourceAdded => "Resource registered",
        EventKind::ResourceUpdated => "Resource changed",
        EventKind::ResourceRemoved => "Resource removed",
        EventKind::KeyCreated => "Signing key made",
        EventKind::KeyRemoved => "Signing key removed",
        EventKind::SecretKeyChanged => "Secret key changed",
        EventKind::FileApplied => "File applied",
        EventKind::AuditSwept => "Old events swept",
        // What is said of people, above.
        other => other.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_words_for_every_kind() {
        for kind in EventKind::all() {
            assert_ne!(of(*kind), kind.as_str());
        }
    }
}
