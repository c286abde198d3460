//! One client of the plan: its metadata as far as it fits, and its secret.

use std::collections::HashSet;

use serde_json::json;

use super::super::ImportedClient;
use super::Plan;
use crate::admin::clients::{ClientFields, fields};
use crate::admin::{AdminError, By, Result, invalid};
use crate::app::{App, Registry};
use crate::crypto;
use crate::model::client::{AuthMethod, Client, ClientBranding, ClientMetadata, Registration};
use crate::model::event::EventKind;
use crate::model::id::ClientId;
use crate::model::secret::Secret;
use crate::random;
use crate::storage::Change;

impl Plan {
    pub(super) async fn client(
        &mut self,
        (app, by, registry): (&App, &By, &Registry),
        mut imported: ImportedClient,
        makes_secrets: bool,
        secrets: &mut HashSet<[u8; 32]>,
    ) -> Result<()> {
        let given = imported.new.id.clone().unwrap_or_default();
        let id =
            ClientId::parse(&given).map_err(|error| invalid("client_id", error.to_string()))?;
        let is_twice = self.added.clients.contains(&given);
        if is_twice || app.store.find_client(&given).await?.is_some() {
            self.kept.clients.push(given);
            return Ok(());
        }
        let Some(metadata) = self.metadata_of(registry, &mut imported) else {
            return Ok(());
        };
        let now = app.clock.now();
        let mut client = Client {
            id,
            is_first_party: imported.new.fields.is_first_party.unwrap_or(false),
            required_acr: None,
            branding: ClientBranding::default(),
            is_consent_always_asked: false,
            registration: Registration::Administrator,
            disabled_at: imported.is_disabled.then_some(now),
            secrets: Vec::new(),
            created_at: now,
            sweep_at: None,
            version: 1,
            metadata,
        };
        let method = client.metadata.token_endpoint_auth_method;
        let secret = self.secret(&given, method, (imported.secret, makes_secrets), secrets);
        if let Some(secret) = secret {
            client
                .secrets
                .push(app.crypto.client_secret(&client.metadata, &secret, now));
        }
        let detail = json!({ "name": client.metadata.client_name });
        let mut event = by.event(app, EventKind::ClientAdded, detail);
        event.client_id = Some(client.id.clone());
        self.added.clients.push(given);
        self.metadata.push(client.metadata.clone());
        self.step(Change::AddClient(Box::new(client)), event);
        Ok(())
    }

    /// The metadata, without the optional fields that do not fit; `None` where the client has to be left out.
    fn metadata_of(
        &mut self,
        registry: &Registry,
        imported: &mut ImportedClient,
    ) -> Option<ClientMetadata> {
        let given = imported.new.id.clone().unwrap_or_default();
        loop {
            let error = match fields::new_metadata(registry, &imported.new) {
                Ok(metadata) => return Some(metadata),
                Err(error) => error,
            };
            let AdminError::Invalid { field, fault } = error else {
                return None;
            };
            let thing = ("client", given.as_str());
            let name = &mut imported.new.fields.name;
            if field == "client_name" && name.as_ref() != Some(&given) {
                let why = format!("{fault}; it is called by its client_id here");
                let mend = "give it a name: placet client update ID --name";
                self.report.note(thing, field, why, mend);
                *name = Some(given.clone());
            } else if take_away(&mut imported.new.fields, field) {
                let mend = "the field was left out; give it by hand: placet client update ID";
                self.report.note(thing, field, fault, mend);
            } else {
                let mend = "the client was left out; register it by hand: placet client add";
                self.report.note(thing, field, fault, mend);
                return None;
            }
        }
    }

    /// The secret that is kept, which is new where it had none that may be.
    fn secret(
        &mut self,
        id: &str,
        method: AuthMethod,
        (given, makes_secrets): (Option<Secret<String>>, bool),
        known: &mut HashSet<[u8; 32]>,
    ) -> Option<Secret<String>> {
        if !method.has_secret() {
            return None;
        }
        if let Some(given) = given {
            if known.insert(crypto::sha256(given.expose().as_bytes())) {
                return Some(given);
            }
            let mend = "set the new secret in the app; it is printed once, when the import is done";
            let why = "another client of the file has the same secret";
            self.report.note(("client", id), "secret", why, mend);
        }
        if !makes_secrets {
            let mend = "make one when it is needed: placet client secret ID";
            self.report.note(
                ("client", id),
                "secret",
                "it has none, so it cannot prove itself",
                mend,
            );
            return None;
        }
        let new = random::token("placet_cs_");
        self.new_secrets.push((id.to_owned(), new.clone()));
        Some(new)
    }
}

/// Takes away a field that a client can do without; false where it is none, or empty already.
fn take_away(fields: &mut ClientFields, name: &str) -> bool {
    let text = match name {
        "client_uri" => &mut fields.client_uri,
        "logo_uri" => &mut fields.logo_uri,
        "policy_uri" => &mut fields.policy_uri,
        "tos_uri" => &mut fields.tos_uri,
        "jwks" => &mut fields.jwks,
        "jwks_uri" => &mut fields.jwks_uri,
        "backchannel_logout_uri" => &mut fields.backchannel_logout_uri,
        "frontchannel_logout_uri" => &mut fields.frontchannel_logout_uri,
        "id_token_signed_response_alg" => &mut fields.id_token_signed_response_alg,
        "userinfo_signed_response_alg" => &mut fields.userinfo_signed_response_alg,
        "request_object_signing_alg" => &mut fields.request_object_signing_alg,
        "token_endpoint_auth_signing_alg" => &mut fields.token_endpoint_auth_signing_alg,
        "sector_identifier_uri" if fields.subject_type.as_deref() == Some("pairwise") => {
            &mut fields.subject_type
        }
        "sector_identifier_uri" => &mut fields.sector_identifier_uri,
        "contacts" => return fields.contacts.take().is_some(),
        "request_uris" => return fields.request_uris.take().is_some(),
        _ => return false,
    };
    text.take().is_some()
}
