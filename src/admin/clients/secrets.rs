//! The secrets of clients: a new one beside the old, and one that goes at once.

use std::time::Duration;

use serde_json::json;

use super::{ClientWithSecret, altered, event, show};
use crate::admin::managed::{self, Kind};
use crate::admin::{AdminError, By, Result, invalid, not_found};
use crate::app::{App, after};
use crate::crypto::hash_token;
use crate::model::client::ClientSecret;
use crate::model::event::EventKind;
use crate::random;

/// How long a replaced secret may live on.
const MAX_OVERLAP: Duration = Duration::from_hours(90 * 24);

/// Makes a new secret; those that there are live on for `overlap`, so that the app can change over.
pub async fn add_secret(
    app: &App,
    by: &By,
    id: &str,
    overlap: Duration,
) -> Result<ClientWithSecret> {
    let client = show(app, id).await?;
    managed::guard(app, by, Kind::Client, id).await?;
    if !client.metadata.token_endpoint_auth_method.has_secret() {
        return Err(invalid(
            "token_endpoint_auth_method",
            "the client authenticates without a secret; first give it a method: placet client update ID --token-endpoint-auth-method client_secret_basic",
        ));
    }
    if overlap > MAX_OVERLAP {
        return Err(invalid("overlap", "it is at most 90d"));
    }
    let now = app.clock.now();
    let secret = random::token("placet_cs_");
    let stored = app.crypto.client_secret(&client.metadata, &secret, now);
    let others_expire_at = after(now, overlap);
    let detail = json!({ "others_expire_at": others_expire_at });
    let event = event(app, by, EventKind::ClientSecretAdded, &client.id, detail);
    let outcome = app
        .store
        .add_client_secret((&client.id, by.expects), &stored, others_expire_at, &event)
        .await?;
    altered(outcome, id)?;
    app.refresh().await?;
    Ok(ClientWithSecret {
        client: show(app, id).await?,
        secret: Some(secret),
    })
}

/// Ends a secret at once: for one that leaked. Not the only one that lives, without which the app would be locked out.
pub async fn remove_secret(app: &App, by: &By, id: &str, secret: &str) -> Result<()> {
    let client = show(app, id).await?;
    managed::guard(app, by, Kind::Client, id).await?;
    let missing = || not_found("secret", secret);
    let mut all = client.secrets.iter();
    let found = all.find(|stored| secret_id(stored) == secret);
    let found = found.ok_or_else(missing)?;
    let mut live = client.live_secrets(app.clock.now());
    let is_only_one = live.all(|live| live.hash == found.hash);
    if is_only_one && client.metadata.token_endpoint_auth_method.has_secret() {
        return Err(AdminError::InUse {
            what: "secret",
            name: secret.to_owned(),
            mend: "the client has no other; add one first, without overlap if this one leaked"
                .into(),
        });
    }
    let detail = json!({ "secret": secret });
    let event = event(app, by, EventKind::ClientSecretRemoved, &client.id, detail);
    let outcome = app
        .store
        .remove_client_secret((&client.id, by.expects), &found.hash, &event)
        .await?;
    altered(outcome, id)?;
    app.refresh().await?;
    Ok(())
}

impl ClientWithSecret {
    /// What the secret that was just made is called, where one was.
    pub fn secret_id(&self) -> Option<String> {
        let hash = hash_token(self.secret.as_ref()?.expose());
        let mut all = self.client.secrets.iter();
        all.find(|stored| stored.hash == hash).map(secret_id)
    }
}

/// What a secret is called.
pub(super) fn secret_id(secret: &ClientSecret) -> String {
    use std::fmt::Write as _;
    let mut id = String::with_capacity(16);
    for byte in &secret.hash.as_bytes()[..8] {
        let _ = write!(id, "{byte:02x}");
    }
    id
}
