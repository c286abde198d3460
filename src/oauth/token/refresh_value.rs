//! The value of a refresh token: prefix, then base64url of grant id (16 bytes), generation (4), authentication code (32).
//!
//! The code is HMAC-SHA256 of id and generation under a key of the server's, so
//! - a successor can be computed again for a client that lost the answer, without storing it in clear,
//! - a value that this server never made is told from an old one, and so cannot end a stranger's grant,
//! - without the server's key it is as good as 256 random bits. What is stored is its SHA-256, and only that is compared.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::app::App;
use crate::crypto;
use crate::model::id::GrantId;

/// The prefix of refresh tokens.
pub(super) const PREFIX: &str = "placet_rt_";

/// What a presented value says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Presented {
    pub grant_id: GrantId,
    pub generation: i64,
    /// This server made it, at some time.
    pub is_ours: bool,
}

/// The refresh token of that generation.
pub(super) fn make(app: &App, grant_id: GrantId, generation: i64) -> String {
    let generation = u32::try_from(generation).unwrap_or(u32::MAX).to_be_bytes();
    let id = grant_id.0.as_bytes();
    let code = app.crypto.refresh_tokens.sign(&[id, &generation]);
    let mut value = String::with_capacity(PREFIX.len() + 70);
    value.push_str(PREFIX);
    URL_SAFE_NO_PAD.encode_string([id.as_slice(), &generation, &code].concat(), &mut value);
    value
}

/// Takes a value apart; `None` where it has not the form.
pub(super) fn parse(app: &App, value: &str) -> Option<Presented> {
    let bytes = URL_SAFE_NO_PAD.decode(value.strip_prefix(PREFIX)?).ok()?;
    let (id, rest) = bytes.split_first_chunk::<16>()?;
    let (generation, code) = rest.split_first_chunk::<4>()?;
    if code.len() != 32 {
        return None;
    }
    let made = app.crypto.refresh_tokens.sign(&[id, generation]);
    Some(Presented {
        grant_id: GrantId(Uuid::from_bytes(*id)),
        generation: i64::from(u32::from_be_bytes(*generation)),
        is_ours: crypto::equal(&made, code),
    })
}
