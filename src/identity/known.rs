//! Browsers that have signed in before (OWASP's "device cookie"). That is no session; it only spares the browser the throttles that strangers
//! can fill, and its person the mail about a new one. One browser may be several people's: its cookie has an entry for each.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::app::App;
use crate::crypto;
use crate::model::id::UserId;
use crate::model::user::User;
use crate::random;

/// So many people's browser one is; of more, whoever signed in longest ago is forgotten.
const PEOPLE: usize = 6;
/// Whose it is, a value of the browser's own, whether it has shown a second factor, and the proof of all that.
const ENTRY: usize = 16 + 16 + 1 + 32;

/// What a browser's cookie says of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The browser's own.
    pub(super) nonce: String,
    /// It has shown a second factor.
    pub is_mfa: bool,
}

/// The cookie that says from now on: this browser has signed in as that user. `is_mfa`: it has shown a second factor; whoever had the password
/// alone has as many cookies as they like.
pub fn with(app: &App, cookie: Option<&str>, user: &User, is_mfa: bool) -> String {
    let (id, nonce) = (user.id.0.as_bytes(), random::bytes::<16>());
    let code = code(app, user, &nonce, is_mfa);
    let entry = [id.as_slice(), &nonce, &[u8::from(is_mfa)], &code].concat();
    let others = others(cookie, user.id).into_iter();
    let entries: Vec<_> = [entry].into_iter().chain(others).take(PEOPLE).collect();
    URL_SAFE_NO_PAD.encode(entries.concat())
}

/// The cookie without that user; `None`: nothing is left of it.
pub fn without(cookie: Option<&str>, user: UserId) -> Option<String> {
    let others = others(cookie, user).concat();
    (!others.is_empty()).then(|| URL_SAFE_NO_PAD.encode(others))
}

/// What the cookie says of the browser, if it has signed in as that user.
pub fn find(app: &App, cookie: &str, user: &User) -> Option<Known> {
    let entries = entries(cookie);
    entries.iter().find_map(|entry| proven(app, entry, user))
}

/// Whether the cookie says that the browser has signed in as that user.
pub fn is_known(app: &App, cookie: &str, user: &User) -> bool {
    find(app, cookie, user).is_some()
}

fn proven(app: &App, entry: &[u8], user: &User) -> Option<Known> {
    let (id, rest) = entry.split_first_chunk::<16>()?;
    let (nonce, rest) = rest.split_first_chunk::<16>()?;
    let (shown, proof) = rest.split_first()?;
    let is_mfa = *shown == 1;
    let is_real =
        id == user.id.0.as_bytes() && crypto::equal(&code(app, user, nonce, is_mfa), proof);
    is_real.then(|| Known {
        nonce: URL_SAFE_NO_PAD.encode(nonce),
        is_mfa,
    })
}

/// Bound to when the password was set: another one makes what was before it worthless. The same one under a new hash does not.
fn code(app: &App, user: &User, nonce: &[u8], is_mfa: bool) -> [u8; 32] {
    let set_at = user.password_set_at();
    let password = set_at.map(|at| at.timestamp_micros().to_be_bytes());
    let password = password.as_ref().map_or(&[][..], |micros| micros);
    let parts = [user.id.0.as_bytes(), nonce, &[u8::from(is_mfa)], password];
    app.crypto.known_browsers.sign(&parts)
}

fn others(cookie: Option<&str>, user: UserId) -> Vec<Vec<u8>> {
    let mut entries = cookie.map(entries).unwrap_or_default();
    entries.retain(|entry| !entry.starts_with(user.0.as_bytes()));
    entries
}

/// As many as we would have written: whatever else is in it is not ours.
fn entries(cookie: &str) -> Vec<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(cookie).unwrap_or_default();
    let whole = bytes.chunks_exact(ENTRY).take(PEOPLE);
    whole.map(<[u8]>::to_vec).collect()
}
