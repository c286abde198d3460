//! Tests of the conversion: what each file gives, and what is noted.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Imported, ImportedClient, ImportedUser, Source, convert};

pub(super) const KEYCLOAK: &str =
    include_str!("../../../tests/fixtures/import/keycloak-realm.json");
pub(super) const HYDRA: &str = include_str!("../../../tests/fixtures/import/hydra-clients.json");
pub(super) const KRATOS: &str =
    include_str!("../../../tests/fixtures/import/kratos-identities.json");

fn client<'a>(imported: &'a Imported, id: &str) -> &'a ImportedClient {
    let found = imported
        .clients
        .iter()
        .find(|client| client.new.id.as_deref() == Some(id));
    found.unwrap_or_else(|| panic!("no client {id}"))
}

fn user<'a>(imported: &'a Imported, name: &str) -> &'a ImportedUser {
    let found = imported.users.iter().find(|user| user.new.username == name);
    found.unwrap_or_else(|| panic!("no user {name}"))
}

/// Whether something is said of that thing's field.
fn is_noted(imported: &Imported, name: &str, field: &str) -> bool {
    let mut notes = imported.report.notes.iter();
    notes.any(|note| note.name == name && note.field == field && !note.mend.is_empty())
}

fn texts(items: Option<&Vec<String>>) -> Vec<&str> {
    items.into_iter().flatten().map(String::as_str).collect()
}

#[test]
fn a_keycloak_realm_gives_its_clients() {
    let imported = convert(Source::Keycloak, KEYCLOAK).unwrap();
    let shop = client(&imported, "web-shop");
    let fields = &shop.new.fields;
    assert_eq!(
        texts(fields.redirect_uris.as_ref()),
        [
            "https://shop.example.com/callback",
            "https://shop.example.com/silent"
        ]
    );
    assert_eq!(
        texts(fields.post_logout_redirect_uris.as_ref()),
        ["https://shop.example.com/bye", "https://shop.example.com/"]
    );
    assert_eq!(
        texts(fields.grants.as_ref()),
        ["authorization_code", "refresh_token"]
    );
    assert_eq!(
        fields.scope.as_deref(),
        Some("address email offline_access openid orders:read phone profile")
    );
    assert_eq!(
        fields.backchannel_logout_uri.as_deref(),
        Some("https://shop.example.com/backchannel")
    );
    assert_eq!(fields.backchannel_logout_session_required, Some(true));
    assert_eq!(
        fields.client_uri.as_deref(),
        Some("https://shop.example.com/")
    );
    assert_eq!(
        shop.secret.as_ref().unwrap().expose(),
        "hvJ2pK6hYq0aS3dFgH4jK5lZ6xC7vB8n"
    );
    let words: Vec<_> = imported
        .scopes
        .iter()
        .map(|scope| (&*scope.name, &*scope.description))
        .collect();
    assert_eq!(words, [("orders:read", "see your orders")]);
}

#[test]
fn a_keycloak_realm_gives_its_clients_of_other_kinds() {
    let imported = convert(Source::Keycloak, KEYCLOAK).unwrap();
    let spa = client(&imported, "spa");
    assert!(spa.new.is_public && spa.secret.is_none());
    assert_eq!(
        texts(spa.new.fields.redirect_uris.as_ref()),
        ["https://spa.example.com/callback"]
    );
    assert_eq!(
        texts(spa.new.fields.post_logout_redirect_uris.as_ref()),
        ["https://spa.example.com/callback"]
    );
    let robot = &client(&imported, "robot").new.fields;
    assert_eq!(
        robot.token_endpoint_auth_method.as_deref(),
        Some("private_key_jwt")
    );
    assert_eq!(
        robot.jwks_uri.as_deref(),
        Some("https://robot.example.com/keys")
    );
    assert_eq!(texts(robot.grants.as_ref()), ["client_credentials"]);
    let desk = client(&imported, "old-desk");
    assert!(desk.is_disabled);
    assert_eq!(texts(desk.new.fields.response_types.as_ref()).len(), 7);
    assert!(
        client(&imported, "billing").secret.is_none(),
        "asterisks are no secret"
    );
    let ids: BTreeSet<_> = imported
        .clients
        .iter()
        .filter_map(|client| client.new.id.clone())
        .collect();
    assert_eq!(ids.len(), 6, "{ids:?}");
}

#[test]
fn what_of_a_keycloak_realm_does_not_fit_is_noted() {
    let imported = convert(Source::Keycloak, KEYCLOAK).unwrap();
    for (name, field) in [
        ("spa", "redirectUris"),
        ("spa", "webOrigins"),
        ("spa", "grant_types"),
        ("spa", "consentRequired"),
        ("billing", "secret"),
        ("everywhere", "redirectUris"),
        ("everywhere", "secret"),
        ("everywhere", "grant_types"),
        ("everywhere", "protocolMappers"),
        ("web-shop", "access.token.lifespan"),
        ("web-shop", "roles"),
        ("old-desk", "grant_types"),
        ("orders-api", ""),
        ("account", ""),
        ("https://saml.example.com/metadata", ""),
        ("5f0c2a44-6a52-4a0c-9a5a-0a6f5f6f7a11", "client_id"),
        ("admin", "name"),
        ("shop manager", "composites"),
        ("grace", "realmRoles"),
        ("edsger", "credentials"),
        ("barbara", "groups"),
        ("barbara", "federatedIdentities"),
        ("donald@example.com", "credentials"),
        ("service-account-billing", ""),
    ] {
        assert!(is_noted(&imported, name, field), "{name} {field}");
    }
    let unread = imported.report.unread_fields();
    let counted = |kind: &str, field: &str| {
        let found = unread
            .iter()
            .find(|unread| unread.kind == kind && unread.field == field);
        found.map(|unread| unread.count)
    };
    assert_eq!(counted("user attribute", "costCentre"), Some(1));
    assert_eq!(counted("client", "fullScopeAllowed"), Some(7));
    assert_eq!(counted("realm", "smtpServer"), Some(1));
    assert_eq!(counted("realm", "users"), None);
}

#[test]
fn a_keycloak_realm_gives_its_people() {
    let imported = convert(Source::Keycloak, KEYCLOAK).unwrap();
    let names: Vec<_> = imported
        .users
        .iter()
        .map(|user| &*user.new.username)
        .collect();
    assert_eq!(
        names,
        ["ada", "grace", "alan", "edsger", "barbara", "donald"]
    );
    let ada = user(&imported, "ada");
    assert_eq!(ada.new.name.as_deref(), Some("Ada Example"));
    assert!(ada.new.is_email_verified && ada.id.is_some());
    assert_eq!(ada.new.roles, ["editor"]);
    let claim = |name: &str| {
        let mut claims = ada.new.claims.iter();
        claims
            .find(|(known, _)| known == name)
            .map(|(_, text)| text.as_str())
    };
    assert_eq!(claim("phone_number"), Some("+44 20 7946 0000"));
    assert_eq!(claim("locale"), Some("en-GB"));
    assert_eq!(claim("given_name"), Some("Ada"));
    // Nobody administers by an import.
    assert_eq!(user(&imported, "grace").new.roles, ["shop-manager"]);
    assert!(imported.roles.iter().all(|role| role.name != "admin"));
    for (name, start) in [
        ("ada", "$pbkdf2-sha256$i=27500$"),
        ("grace", "$pbkdf2-sha512$i=30000$"),
        ("alan", "$pbkdf2-sha1$i=20000$"),
        ("edsger", "$argon2id$v=19$m=7168,t=5,p=1$"),
    ] {
        let hash = user(&imported, name).password_hash.as_ref().unwrap();
        assert!(hash.as_phc().starts_with(start), "{name}");
    }
    let barbara = user(&imported, "barbara");
    assert!(barbara.is_disabled && !barbara.new.is_email_verified);
    assert!(user(&imported, "donald").password_hash.is_none());
}

#[test]
fn credentials_of_old_keycloaks_and_of_its_bcrypt_extension_are_read() {
    let realm = |credential: Value| {
        let users = json!([{ "username": "ada", "credentials": [credential] }]);
        json!({ "realm": "r", "users": users }).to_string()
    };
    let old = json!({
        "type": "password", "hashedSaltedValue": "lij5i+F+zG+cq/HXMMAFQ9FzueDl14IQaGhilmA9jNA=",
        "salt": "AAECAwQFBgcICQoLDA0ODw==", "hashIterations": 27500, "algorithm": "pbkdf2-sha256",
    });
    let bcrypt = json!({
        "type": "password",
        "secretData": r#"{"value":"$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe","salt":""}"#,
        "credentialData": r#"{"hashIterations":6,"algorithm":"bcrypt"}"#,
    });
    for (credential, start) in [(old, "$pbkdf2-sha256$i=27500$"), (bcrypt, "$2a$06$")] {
        let imported = convert(Source::Keycloak, &realm(credential)).unwrap();
        let hash = user(&imported, "ada").password_hash.as_ref().unwrap();
        assert!(hash.as_phc().starts_with(start));
    }
}

#[test]
fn hydras_clients_are_read() {
    let imported = convert(Source::Hydra, HYDRA).unwrap();
    let shop = &client(&imported, "web-shop").new.fields;
    assert_eq!(
        shop.scope.as_deref(),
        Some("email offline_access openid orders:read")
    );
    assert_eq!(shop.is_first_party, Some(true));
    assert_eq!(texts(shop.resources.as_ref()), ["https://api.example.com"]);
    assert_eq!(
        shop.token_endpoint_auth_method.as_deref(),
        Some("client_secret_post")
    );
    assert_eq!(shop.userinfo_signed_response_alg, None);
    let spa = client(&imported, "hydra-5b3c8f1e-7c1a-4a52-9b61-2f6c9a1d0e77");
    assert!(spa.new.is_public);
    assert_eq!(
        texts(spa.new.fields.redirect_uris.as_ref()),
        ["https://spa.example.com/callback"]
    );
    let billing = &client(&imported, "billing").new.fields;
    assert_eq!(texts(billing.grants.as_ref()), ["client_credentials"]);
    assert_eq!(texts(billing.response_types.as_ref()), [""; 0]);
    assert!(client(&imported, "robot").new.fields.jwks.is_some());
    for (name, field) in [
        ("web-shop", "metadata"),
        ("web-shop", "access_token_strategy"),
        ("web-shop", "authorization_code_grant_access_token_lifespan"),
        ("billing", "audience"),
        ("billing", "grant_types"),
        ("https://api.example.com", "audience"),
        ("orders:write", "description"),
    ] {
        assert!(is_noted(&imported, name, field), "{name} {field}");
    }
    assert!(!imported.report.unread_fields().is_empty());
}

#[test]
fn kratoss_identities_are_read() {
    let imported = convert(Source::Hydra, KRATOS).unwrap();
    for (name, start) in [
        ("ada-2", "$2a$04$"),
        ("grace", "$scrypt$ln=14,r=8,p=1$"),
        ("alan", "$argon2id$v=19$m=4096,t=3,p=2$"),
        ("edsger", "$argon2i$v=19$m=4096,t=3,p=1$"),
        ("barbara", "$pbkdf2-sha256$i=100000,l=32$"),
    ] {
        let user = user(&imported, name);
        assert!(
            user.password_hash
                .as_ref()
                .unwrap()
                .as_phc()
                .starts_with(start),
            "{name}"
        );
        assert!(user.new.is_email_verified && user.id.is_some(), "{name}");
    }
    assert_eq!(
        user(&imported, "grace").new.name.as_deref(),
        Some("Grace Example")
    );
    assert!(user(&imported, "barbara").is_disabled);
    let donald = user(&imported, "ada");
    assert_eq!(donald.new.email.as_deref(), Some("ada@elsewhere.example"));
    assert!(donald.password_hash.is_none() && !donald.new.is_email_verified);
    assert!(is_noted(&imported, "ada", "hashed_password"));
    assert!(is_noted(&imported, "tony@example.com", "credentials"));
}
