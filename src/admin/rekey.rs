//! Another secret key in place of the present one: everything that is sealed under it is sealed anew.

use serde_json::json;
use zeroize::Zeroizing;

use super::{AdminError, By, Result, invalid};
use crate::app::{App, StartError};
use crate::crypto::Crypto;
use crate::model::event::EventKind;
use crate::model::secret::Secret;
use crate::random;
use crate::storage::{self, Rekey, Rekeyed};

/// Changes the secret key of the installation, all or nothing; how many values were sealed anew. From then on `app` is of no
/// use, nor is any other process that started with the key of before: each must start with the new one.
pub async fn rekey(app: &App, by: &By, new: &Secret<[u8; 32]>) -> Result<usize> {
    let installation = app
        .store
        .installation(random::uuid(), app.clock.now())
        .await?;
    let to = Crypto::derive(new, installation.id.as_bytes()).map_err(|_| StartError::Derive)?;
    if crate::crypto::equal(&to.check, &app.crypto.check) {
        return Err(invalid("secret_key", "it is the one in use; give another"));
    }
    let reseal = |context: &[u8], sealed: &[u8]| {
        let plain = Zeroizing::new(app.crypto.at_rest.open(context, sealed)?);
        Some(to.at_rest.seal(context, &plain))
    };
    let rekey = Rekey {
        from_check: &app.crypto.check,
        to_check: &to.check,
        reseal: &reseal,
    };
    let event = by.event(app, EventKind::SecretKeyChanged, json!({}));
    match app.store.rekey(&rekey, &event).await? {
        Rekeyed::Done(number) => Ok(number),
        Rekeyed::NotTheKey => Err(storage::Error::SecretKeyChanged.into()),
        Rekeyed::Unreadable(table) => Err(AdminError::Unreadable { table }),
    }
}
