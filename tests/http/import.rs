//! What was imported works: people sign in with the passwords that they had, apps with their secrets.

use placet::admin::import::plan::{self, Plan};
use placet::admin::import::{self, Source};
use placet::model::user::User;
use serde_json::json;

use super::support::client::basic;
use super::support::{Browser, TestServer};
use crate::support::database::on_both;

const KEYCLOAK: &str = include_str!("../fixtures/import/keycloak-realm.json");
const HYDRA: &str = include_str!("../fixtures/import/hydra-clients.json");
const KRATOS: &str = include_str!("../fixtures/import/kratos-identities.json");

/// What everybody's password is in the files.
fn old_password(name: &str) -> String {
    format!("{name}'s old p\u{e4}ssword")
}

async fn imported(server: &TestServer, source: Source, text: &str) -> Plan {
    let by = TestServer::by();
    let imported = import::convert(source, text).unwrap();
    let plan = plan::plan(&server.app, &by, source, imported, true)
        .await
        .unwrap();
    plan::apply(&server.app, &by, &plan).await.unwrap();
    plan
}

async fn stored(server: &TestServer, name: &str) -> User {
    server
        .app
        .store
        .find_user_by_name(name)
        .await
        .unwrap()
        .unwrap()
}

async fn hash(server: &TestServer, name: &str) -> String {
    stored(server, name)
        .await
        .password_hash
        .unwrap()
        .as_phc()
        .to_owned()
}

/// Whether the password opens the account.
async fn signs_in(server: &TestServer, name: &str, password: &str) -> bool {
    let mut browser = Browser::new(&server.url);
    let page = browser.get("/login").await;
    let fields = [
        ("csrf", &*page.field("csrf")),
        ("username", name),
        ("password", password),
    ];
    browser.post("/login", &fields).await;
    browser.get("/account").await.status == 200
}

on_both! {
    async fn people_of_keycloak_sign_in_with_their_old_passwords(db: TestDatabase) {
        let server = TestServer::start(db).await;
        imported(&server, Source::Keycloak, KEYCLOAK).await;
        for (name, kind) in [
            ("ada", "$pbkdf2-sha256$"),
            ("grace", "$pbkdf2-sha512$"),
            ("alan", "$pbkdf2-sha1$"),
            ("edsger", "$argon2id$v=19$m=7168"),
        ] {
            assert!(hash(&server, name).await.starts_with(kind), "{name}");
            assert!(!signs_in(&server, name, "wrong").await, "{name}");
            assert!(hash(&server, name).await.starts_with(kind), "a wrong password changes nothing");
            assert!(signs_in(&server, name, &old_password(name)).await, "{name}");
            let now = hash(&server, name).await;
            assert!(now.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{name}: {now}");
            assert!(signs_in(&server, name, &old_password(name)).await, "{name} again");
            assert_eq!(hash(&server, name).await, now, "once is enough");
            assert!(!signs_in(&server, name, "wrong").await, "{name}");
        }
        assert!(!signs_in(&server, "barbara", &old_password("barbara")).await, "disabled there, disabled here");
        assert!(!signs_in(&server, "donald", "").await, "no password came along");
        let ada = stored(&server, "ada").await;
        assert_eq!(ada.id.to_string(), "894e63ff-b433-5d46-a1bd-323ffadf6e3a", "the subject that apps know");
        assert_eq!(ada.roles, ["editor"]);
        assert!(!stored(&server, "grace").await.is_admin());
    }

    async fn people_of_kratos_sign_in_with_their_old_passwords(db: TestDatabase) {
        let server = TestServer::start(db).await;
        imported(&server, Source::Hydra, KRATOS).await;
        for (name, kind) in [
            ("ada@example.com", "$2a$04$"),
            ("grace@example.com", "$scrypt$ln=14,r=8,p=1$"),
            ("alan@example.com", "$argon2id$v=19$m=4096"),
            ("edsger@example.com", "$argon2i$v=19$m=4096"),
        ] {
            assert!(hash(&server, name).await.starts_with(kind), "{name}");
            let password = old_password(name.split('@').next().unwrap());
            assert!(signs_in(&server, name, &password).await, "{name}");
            assert!(hash(&server, name).await.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{name}");
            assert!(signs_in(&server, name, &password).await, "{name} again");
        }
    }

    async fn a_client_of_keycloak_proves_itself_with_its_old_secret(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let plan = imported(&server, Source::Keycloak, KEYCLOAK).await;
        let token = |id: String, secret: String| {
            let url = format!("{}/token", server.url);
            async move {
                let authorization = basic(&id, &secret);
                let answer = reqwest::Client::new()
                    .post(url)
                    .header("authorization", authorization)
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body("grant_type=client_credentials")
                    .send()
                    .await
                    .unwrap();
                let status = answer.status().as_u16();
                let json: serde_json::Value = answer.json().await.unwrap();
                (status, json["error"].clone())
            }
        };
        // Its secret is right; the grant is not among its own.
        let shop = token("web-shop".to_owned(), "hvJ2pK6hYq0aS3dFgH4jK5lZ6xC7vB8n".to_owned()).await;
        assert_eq!(shop, (400, json!("unauthorized_client")));
        let wrong = token("web-shop".to_owned(), "hvJ2pK6hYq0aS3dFgH4jK5lZ6xC7vB8m".to_owned()).await;
        assert_eq!(wrong, (401, json!("invalid_client")));
        let [(id, secret)] = plan.new_secrets.as_slice() else { panic!("{:?}", plan.added) };
        assert_eq!(id, "billing");
        let billing = token(id.clone(), secret.expose().clone()).await;
        assert_eq!(billing, (200, json!(null)));
        let desk = token("old-desk".to_owned(), "0f8fad5b-d9cb-469f-a165-70867728950e".to_owned()).await;
        assert_eq!(desk, (401, json!("invalid_client")), "disabled there, disabled here");
    }

    async fn what_is_there_stays_as_it_is(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let first = imported(&server, Source::Keycloak, KEYCLOAK).await;
        assert_eq!((first.added.clients.len(), first.added.users.len()), (6, 6));
        assert!(first.kept.is_empty());
        let events = server.count_events("user_added").await;
        assert!(signs_in(&server, "ada", &old_password("ada")).await);
        let before = (hash(&server, "ada").await, server.database.row_counts().await);
        let second = imported(&server, Source::Keycloak, KEYCLOAK).await;
        assert!(second.added.is_empty() && second.new_secrets.is_empty());
        assert_eq!((second.kept.clients.len(), second.kept.users.len()), (6, 6));
        assert_eq!((hash(&server, "ada").await, server.database.row_counts().await), before);
        assert_eq!(server.count_events("user_added").await, events);
        // Another's ada: the account that is there is not hers.
        let other = imported(&server, Source::Hydra, KRATOS).await;
        assert!(other.added.users.iter().all(|name| name != "ada"));
        let is_noted = |name: &str| other.report.notes.iter().any(|note| note.name == name && note.why.contains("already"));
        assert!(is_noted("ada") && is_noted("grace"));
    }

    async fn all_of_a_file_is_stored_or_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let by = TestServer::by();
        let of = |text: &str, source| import::convert(source, text).unwrap();
        let plan = plan::plan(&server.app, &by, Source::Hydra, of(HYDRA, Source::Hydra), true).await.unwrap();
        let late = plan::plan(&server.app, &by, Source::Keycloak, of(KEYCLOAK, Source::Keycloak), true).await.unwrap();
        plan::apply(&server.app, &by, &plan).await.unwrap();
        let before = server.database.row_counts().await;
        // Both have a web-shop, and both plans were made when there was none.
        let error = plan::apply(&server.app, &by, &late).await.unwrap_err();
        assert!(error.to_string().contains("was changed meanwhile"), "{error}");
        assert_eq!(server.database.row_counts().await, before);
    }
}
