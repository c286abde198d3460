//! The pictures of the pages for people in `docs/images`: made anew with `PLACET_TEST_BLESS=1`, else only looked for.

use std::path::Path;

use placet::admin::localized::LocalizedFields;
use placet::admin::resources::{self, NewResource};
use placet::admin::scopes::{self, NewScope};
use placet::admin::users::NewUser;
use serde_json::json;

use super::Browser as Chromium;
use crate::http::passkeys;
use crate::http::support::authenticator::Authenticator;
use crate::http::support::requests::new_client;
use crate::http::support::{Browser, Client, TestServer};
use crate::support::database::{Kind, TestDatabase};

/// File, width, colours.
const PICTURES: [(&str, u32, &str); 6] = [
    ("sign-in.png", 560, "light"),
    ("consent-choices.png", 560, "light"),
    ("connected-apps.png", 900, "light"),
    ("account-security.png", 900, "light"),
    ("consent-phone-dark.png", 390, "dark"),
    ("consent-arabic.png", 390, "light"),
];
/// The most that one may weigh.
const MAX_BYTES: usize = 120_000;
const PHOTOS: &str = "https://photos.example/";

#[tokio::test]
async fn the_documents_have_their_pictures() {
    if std::env::var_os("PLACET_TEST_BLESS").is_some() {
        take().await;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/images");
    for (file, ..) in PICTURES {
        let picture = std::fs::read(folder.join(file));
        let picture = picture.unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(picture.starts_with(b"\x89PNG"), "{file}");
        let bytes = picture.len();
        assert!(bytes <= MAX_BYTES, "{file} has {bytes} bytes");
    }
}

async fn start() -> TestServer {
    let database = TestDatabase::new(Kind::Sqlite).await.unwrap();
    let server = TestServer::start_with(database, |config| {
        let issuer = config.issuer.as_str().replace("127.0.0.1", "localhost");
        config.issuer = issuer.parse().unwrap();
        "Acme".clone_into(&mut config.name);
    })
    .await;
    let ada = NewUser {
        username: "ada".to_owned(),
        name: Some("Ada Lovelace".to_owned()),
        email: Some("ada@acme.example".to_owned()),
        ..NewUser::default()
    };
    server.add_user_with(ada).await;
    let by = TestServer::by();
    for (name, description, arabic) in [
        ("photos:read", "see your photos", "الاطلاع على صورك"),
        (
            "photos:write",
            "add and change photos",
            "إضافة الصور وتعديلها",
        ),
    ] {
        let new = NewScope {
            name: name.to_owned(),
            description: description.to_owned(),
            is_required: None,
            descriptions: Some(serde_json::from_value(json!({ "ar": arabic })).unwrap()),
        };
        scopes::put(&server.app, &by, new).await.unwrap();
    }
    let photos = NewResource {
        uri: PHOTOS.to_owned(),
        name: Some("Photo library".to_owned()),
        names: serde_json::from_value(json!({ "ar": "مكتبة الصور" })).unwrap(),
        scope: "photos:read photos:write".to_owned(),
        ..NewResource::default()
    };
    resources::add(&server.app, &by, photos).await.unwrap();
    server
}

async fn app(server: &TestServer, name: &str, arabic: &str, host: &str) -> Client {
    let mut new = new_client(name, &[&format!("https://app.{host}/callback")]);
    let scope = "openid profile email offline_access photos:read photos:write";
    new.fields.scope = Some(scope.to_owned());
    new.fields.resources = Some(vec![PHOTOS.to_owned()]);
    new.fields.client_uri = Some(format!("https://{host}/"));
    new.fields.policy_uri = Some(format!("https://{host}/privacy"));
    new.fields.tos_uri = Some(format!("https://{host}/terms"));
    let localized = [format!("client_name#ar={arabic}")];
    new.fields.localized = LocalizedFields::parse(&localized).unwrap();
    server.add_client(new).await
}

/// Takes the picture with that number in [`PICTURES`].
async fn shoot(chromium: &Chromium, person: &Browser, number: usize, address: &str) {
    let (file, width, scheme) = PICTURES[number];
    chromium.look(width, scheme).await;
    chromium.open_as(&person.server, person, address).await;
    // Nobody types in a picture.
    let blur = "document.activeElement.blur()";
    chromium.client.execute(blur, Vec::new()).await.unwrap();
    let picture = chromium.picture(width).await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/images");
    std::fs::write(folder.join(file), picture).unwrap();
}

/// Goes through sign-in, the apps and the account, and leaves the pictures where they belong.
async fn take() {
    let Some(chromium) = Chromium::open(true).await else {
        return;
    };
    let server = start().await;
    let printer = app(&server, "Photo Printer", "طابعة الصور", "printer.example").await;
    let frame = app(&server, "Picture Frame", "إطار الصور", "frame.example").await;
    let mut ada = Browser::new(server.app.config.issuer.as_str());
    let asks = |scope| [("scope", scope), ("resource", PHOTOS)];
    let some = asks("openid profile email photos:read");
    let more = asks("openid profile email photos:read photos:write offline_access");
    let arabic = [more[0], more[1], ("ui_locales", "ar")];
    shoot(&chromium, &ada, 0, &printer.authorize_url(&some)).await;
    let page = ada.visit("/login").await;
    ada.log_in(&page, "ada").await;
    let choices = asks("openid email photos:read photos:write");
    shoot(&chromium, &ada, 1, &printer.authorize_url(&choices)).await;
    for (client, wish) in [(&printer, &some), (&frame, &more)] {
        server.advance(3600);
        let back = client.sign_in(&mut ada, "ada", wish).await;
        client.redeem(&back.returned("code").unwrap()).await;
    }
    shoot(&chromium, &ada, 2, "/account/apps").await;
    shoot(&chromium, &ada, 4, &printer.authorize_url(&more)).await;
    shoot(&chromium, &ada, 5, &printer.authorize_url(&arabic)).await;

    let key = &mut passkeys::key(&server);
    let shown = Authenticator::set_up(&server, "ada").await;
    let page = ada.visit("/account/security").await;
    if page.heading_kind() == "verify" {
        ada.submit(&page, &[("code", &shown.code(&server))]).await;
    }
    passkeys::register(&mut ada, key).await;
    let named = "UPDATE passkeys SET name = 'My laptop'";
    server.database.execute(named).await;
    shoot(&chromium, &ada, 3, "/account/security").await;
    chromium.close().await;
}
