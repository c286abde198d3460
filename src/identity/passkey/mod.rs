//! Passkeys (`WebAuthn` Level 3): registering one, and signing in with one, as the first factor or as the second. The authenticator always
//! verifies its user, by finger, face or PIN, so that a passkey alone is two factors.

mod attempt;
mod ceremony;
mod register;

use serde_json::{Value, json};
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PublicKeyCredential,
};

pub use self::attempt::{Attempt, Outcome, attempt};
use self::ceremony::{Ceremony, Purpose};
pub use self::register::{New, Registered, begin, finish, remove, rename};
use crate::app::App;
use crate::model::factor::StoredPasskey;
use crate::model::user::User;
use crate::storage::{self, PasskeyUse};

/// Beside what the verifier keeps of a passkey: it drops them where nobody vouches for the authenticator.
const TRANSPORTS: &str = "transports";

/// A question for an authenticator.
#[derive(Debug, Clone)]
pub struct Challenge {
    /// For `navigator.credentials`: an object with `publicKey`, its bytes in base64url. `null` where this installation has no passkeys.
    pub options: Value,
    /// To be handed back with the answer.
    pub sealed: String,
}

impl Challenge {
    const fn none() -> Self {
        Self {
            options: Value::Null,
            sealed: String::new(),
        }
    }
}

/// Who answered.
#[derive(Debug)]
pub struct Verified {
    pub user: User,
    /// By finger, face or PIN; not by presence alone.
    pub is_user_verified: bool,
}

/// What an answer is.
enum Checked {
    Right(Box<Verified>),
    /// Of a passkey that is stored, to a question of ours, and not right.
    Wrong,
    /// Anything else.
    Nothing,
}

/// Whether this installation can have passkeys: its host has a name.
pub fn is_supported(app: &App) -> bool {
    ceremony::verifier(app).is_some()
}

/// Asks for whichever passkey the authenticator finds for this installation; `None` where it has none.
pub fn ask_anybody(app: &App) -> Option<Challenge> {
    challenge(app, None, &[])
}

/// Asks for a passkey: one of that person's, or whichever the authenticator finds for this installation.
pub async fn ask(app: &App, user: Option<&User>) -> storage::Result<Challenge> {
    let passkeys = match user {
        Some(user) => app.store.list_passkeys(user.id).await?,
        None => Vec::new(),
    };
    Ok(challenge(app, user, &passkeys).unwrap_or_else(Challenge::none))
}

fn challenge(app: &App, user: Option<&User>, passkeys: &[StoredPasskey]) -> Option<Challenge> {
    let (asked, state) = ceremony::verifier(app)?
        .start_discoverable_authentication()
        .ok()?;
    let mut options = json!({ "publicKey": serde_json::to_value(asked.public_key).ok()? });
    if user.is_some() {
        // WebAuthn §7.2 step 1: those of a known person's.
        options["publicKey"]["allowCredentials"] = passkeys.iter().map(descriptor).collect();
    }
    let sealed = Ceremony::new(app, user.map(|user| user.id), state).seal(app, Purpose::SignIn)?;
    Some(Challenge { options, sealed })
}

fn descriptor(passkey: &StoredPasskey) -> Value {
    use base64::Engine as _;
    let id = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&passkey.credential_id);
    let mut descriptor = json!({ "type": "public-key", "id": id });
    // WebAuthn §5.8.3: without any the browser tries all.
    let known = passkey.credential.get(TRANSPORTS);
    if let Some(known) = known.filter(|known| known.as_array().is_some_and(|all| !all.is_empty())) {
        descriptor["transports"] = known.clone();
    }
    descriptor
}

/// Judges an answer (`WebAuthn` §7.2): who it is, if it is a passkey of an enabled person's and the ceremony is theirs, in time, and not used
/// before.
async fn check(app: &App, sealed: &str, response: &str) -> storage::Result<Checked> {
    let ceremony = Ceremony::<DiscoverableAuthentication>::open(app, Purpose::SignIn, sealed);
    let answer = ceremony::answer::<PublicKeyCredential>(response);
    let (Some(ceremony), Some(answer)) = (ceremony, answer) else {
        return Ok(Checked::Nothing);
    };
    let Some(stored) = app.store.find_passkey(answer.get_credential_id()).await? else {
        return Ok(Checked::Nothing);
    };
    let verified = judge(app, (ceremony, &answer), &stored).await?;
    Ok(verified.map_or(Checked::Wrong, |verified| {
        Checked::Right(Box::new(verified))
    }))
}

async fn judge(
    app: &App,
    (ceremony, answer): (Ceremony<DiscoverableAuthentication>, &PublicKeyCredential),
    stored: &StoredPasskey,
) -> storage::Result<Option<Verified>> {
    let Some(user) = app.store.find_user(stored.user_id).await? else {
        return Ok(None);
    };
    let is_whom_asked = ceremony.user_id.is_none_or(|id| id == user.id);
    if !is_whom_asked || !is_handle_of(answer, &ceremony, &user) || !user.is_enabled() {
        return Ok(None);
    }
    let Some(mut passkey) = read(stored)? else {
        return Ok(None);
    };
    let hash = ceremony.hash();
    let once = ceremony.once(&hash);
    let Some(result) = verify(app, answer, ceremony, &passkey) else {
        return Ok(None);
    };
    let is_changed = result.needs_update() && passkey.update_credential(&result) == Some(true);
    let credential = serde_json::to_value(&passkey).ok().map(|mut credential| {
        if let Some(known) = stored.credential.get(TRANSPORTS) {
            credential[TRANSPORTS] = known.clone();
        }
        credential
    });
    let done = PasskeyUse {
        passkey: stored,
        credential: credential.as_ref().filter(|_| is_changed),
        ceremony: once,
    };
    if !app.store.use_passkey(&done, app.clock.now()).await? {
        return Ok(None);
    }
    Ok(Some(Verified {
        user,
        is_user_verified: result.user_verified(),
    }))
}

/// `WebAuthn` §7.2 step 6: the handle is the person's id; where nobody was asked for by name there must be one.
fn is_handle_of(
    answer: &PublicKeyCredential,
    ceremony: &Ceremony<DiscoverableAuthentication>,
    user: &User,
) -> bool {
    match answer.get_user_unique_id() {
        Some(handle) => handle == user.id.0.as_bytes(),
        None => ceremony.user_id.is_some(),
    }
}

fn read(stored: &StoredPasskey) -> storage::Result<Option<Passkey>> {
    serde_json::from_value(stored.credential.clone())
        .map(Some)
        .map_err(|_| storage::Error::Corrupt("passkeys.credential"))
}

fn verify(
    app: &App,
    answer: &PublicKeyCredential,
    ceremony: Ceremony<DiscoverableAuthentication>,
    passkey: &Passkey,
) -> Option<AuthenticationResult> {
    ceremony::verifier(app)?
        .finish_discoverable_authentication_v2(answer, ceremony.state, passkey)
        .ok()
}
