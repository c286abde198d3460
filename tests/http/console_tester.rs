//! The authorization tester: it says what a real request would come to, changes nothing, and gives nothing away.

use std::collections::{BTreeMap, BTreeSet};

use placet::admin::clients::{ClientFields, NewClient};
use placet::admin::resources::{self, NewResource};
use placet::admin::roles;
use placet::admin::users::{self, UserFields};
use scraper::{Html, Selector};
use serde_json::Value;

use super::console::{add_administrator, sign_in};
use super::support::client::{Tokens, decode_jwt};
use super::support::requests::{new_client, new_public_client};
use super::support::{Browser, Client, Page, TestServer};
use super::userinfo::told;
use crate::support::database::on_both;

const PHOTOS: &str = "https://photos.example/";
const CALLBACK: &str = "https://app.example/callback";
/// What differs from one token to the next.
const OWN: [&str; 6] = ["iat", "exp", "jti", "auth_time", "at_hash", "c_hash"];

/// Photos, whose `photos:write` is for editors; an app for them; root, an administrator and no editor, signed in.
async fn gallery(server: &TestServer) -> (Client, Browser) {
    add_administrator(server, "root").await;
    for (scope, words) in [
        ("photos:read", "see photos"),
        ("photos:write", "write photos"),
    ] {
        server.add_scope(scope, words).await;
    }
    roles::put(&server.app, &TestServer::by(), "editor", "may write")
        .await
        .unwrap();
    let editors = BTreeSet::from(["editor".to_owned()]);
    let new = NewResource {
        uri: PHOTOS.to_owned(),
        name: Some("Photos".to_owned()),
        scope: "photos:read photos:write".to_owned(),
        scope_roles: BTreeMap::from([("photos:write".to_owned(), editors)]),
        ..NewResource::default()
    };
    resources::add(&server.app, &TestServer::by(), new)
        .await
        .unwrap();
    let client = app(server, ClientFields::default()).await;
    let root = sign_in(server, "root").await;
    (client, root)
}

async fn app(server: &TestServer, change: ClientFields) -> Client {
    let mut new = new_client("Album", &[CALLBACK]);
    new.fields = ClientFields {
        name: new.fields.name,
        redirect_uris: new.fields.redirect_uris,
        scope: Some("openid profile email photos:read photos:write offline_access".to_owned()),
        resources: Some(vec![PHOTOS.to_owned()]),
        ..change
    };
    server.add_client(new).await
}

/// Sends the tester's form. Asserts that no row came or went, and that nothing on the page could be used.
async fn attempt(
    server: &TestServer,
    root: &mut Browser,
    client: &Client,
    fields: &[(&str, &str)],
) -> Page {
    let form = root
        .get(&format!("/admin/tester?client_id={}", client.id))
        .await;
    assert_eq!(form.status, 200, "{}", form.text());
    let csrf = form.field("csrf");
    let mut all = vec![("csrf", csrf.as_str()), ("client_id", &client.id)];
    all.extend(fields);
    let before = server.database.row_counts().await;
    let page = root.post("/admin/tester", &all).await;
    assert_eq!(
        server.database.row_counts().await,
        before,
        "a trial leaves nothing behind"
    );
    assert_eq!(page.status, 200, "{}", page.text());
    assert_useless(&page);
    page
}

/// Nothing that looks like a token, a code or a secret of ours.
#[track_caller]
fn assert_useless(page: &Page) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    for word in page.body.split(|c| !is_part(c)) {
        let is_secret = word.starts_with("placet_") && word.len() > 20;
        let is_jwt = word.starts_with("eyJ") && word.matches('.').count() >= 2;
        assert!(!is_secret && !is_jwt, "{word}");
    }
}

/// The fields of a sign-in with these scopes.
fn person<'a>(scopes: &[&'a str], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("grant", "person"),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("nonce", "n-1"),
        ("pkce", "yes"),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(scopes.iter().map(|scope| ("scope", *scope)));
    fields.extend(more);
    fields
}

/// The rows of the table with that caption: the first cell and the second.
fn rows(page: &Page, caption: &str) -> BTreeMap<String, String> {
    let html = Html::parse_document(&page.body);
    let select = |text: &str| Selector::parse(text).unwrap();
    let text =
        |element: scraper::ElementRef<'_>| element.text().collect::<String>().trim().to_owned();
    let found = html.select(&select("table")).find(|table| {
        table
            .select(&select("caption"))
            .next()
            .is_some_and(|found| text(found) == caption)
    });
    let table = found.unwrap_or_else(|| panic!("no table {caption}: {}", page.text()));
    let row = |row: scraper::ElementRef<'_>| {
        let cell = select("th, td");
        let mut cells = row.select(&cell);
        (text(cells.next().unwrap()), text(cells.next().unwrap()))
    };
    table.select(&select("tbody tr")).map(row).collect()
}

/// The outcomes in order.
fn outcomes(page: &Page) -> Vec<String> {
    rows(page, "Steps")
        .into_iter()
        .map(|(step, outcome)| format!("{step}: {outcome}"))
        .collect()
}

#[track_caller]
fn assert_same(shown: &BTreeMap<String, String>, real: &Value, what: &str) {
    let written = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), ToOwned::to_owned)
    };
    let real: BTreeMap<String, String> = real
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.clone(), written(value)))
        .collect();
    let names = |all: &BTreeMap<String, String>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(shown), names(&real), "{what}");
    for (name, value) in &real {
        if !OWN.contains(&name.as_str()) {
            assert_eq!(&shown[name], value, "{what}: {name}");
        }
    }
}

/// A real sign-in of the same browser.
async fn real(client: &Client, root: &mut Browser, scope: &str) -> Tokens {
    let page = client
        .sign_in(root, "root", &[("scope", scope), ("nonce", "n-1")])
        .await;
    client
        .redeem(
            &page
                .returned("code")
                .unwrap_or_else(|| panic!("{}", page.text())),
        )
        .await
}

on_both! {
    async fn a_trial_says_what_a_real_run_gives(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let (client, mut root) = gallery(&server).await;
        let scopes = ["openid", "profile", "email", "photos:read", "photos:write"];
        for _ in 0..2 {
            let page = attempt(&server, &mut root, &client, &person(&scopes, &[("resource", PHOTOS)])).await;
            let tokens = real(&client, &mut root, &scopes.join(" ")).await;
            let (header, claims) = tokens.decoded();
            assert_same(&rows(&page, "The access token: Header"), &header, "header");
            assert_same(&rows(&page, "The access token: Claims"), &claims, "access token");
            let (_, claims) = decode_jwt(tokens.json["id_token"].as_str().unwrap());
            assert_same(&rows(&page, "The ID token: Claims"), &claims, "ID token");
            assert_same(&rows(&page, "UserInfo: The answer"), &told(&server, tokens.access_token()).await, "UserInfo");
            let answer = rows(&page, "The token endpoint: The answer");
            for (name, value) in tokens.json.as_object().unwrap() {
                let is_token = name.ends_with("_token");
                let said = if is_token { answer[name].starts_with('(') } else { value.to_string().trim_matches('"') == answer[name] };
                assert!(said, "{name}: {}", answer[name]);
            }
            let answer = rows(&page, "The answer to the app: What the app gets");
            assert_eq!((answer["code"].as_str(), answer["iss"].as_str()), ("(a code)", server.url.as_str()));
            assert!(answer.contains_key("state"));
        }
    }

    async fn the_question_and_what_roles_leave_out_are_shown(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let (client, mut root) = gallery(&server).await;
        let scopes = ["openid", "email", "photos:read", "photos:write"];
        let page = attempt(&server, &mut root, &client, &person(&scopes, &[])).await;
        assert_eq!(outcomes(&page)[2], "3. Consent: asks");
        let text = page.text();
        for words in ["Write photos. photos:write left out for want of a role", "See photos. photos:read optional", "openid required"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert_eq!(rows(&page, "The access token: Claims")["scope"], "email openid photos:read");
        let nothing = attempt(&server, &mut root, &client, &person(&["photos:write"], &[])).await;
        assert!(nothing.text().contains("access_denied"), "{}", nothing.text());
        let editor = UserFields { roles: Some(vec!["admin".to_owned(), "editor".to_owned()]), ..UserFields::default() };
        users::change(&server.app, &TestServer::by(), "root", editor).await.unwrap();
        let mut root = sign_in(&server, "root").await;
        let page = attempt(&server, &mut root, &client, &person(&scopes, &[])).await;
        assert!(!page.text().contains("left out"), "{}", page.text());
        let claims = rows(&page, "The access token: Claims");
        assert_eq!(claims["scope"], "email openid photos:read photos:write");
        assert_eq!(claims["roles"], "[\"admin\",\"editor\"]");
        // Decided before: nothing is asked.
        real(&client, &mut root, &scopes.join(" ")).await;
        let page = attempt(&server, &mut root, &client, &person(&scopes, &[])).await;
        assert_eq!(outcomes(&page)[2], "3. Consent: passed");
        for (more, step) in [(("prompt", "login"), "2. The person: asks"), (("max_age", "0"), "2. The person: asks"), (("prompt", "select_account"), "2. The person: asks"), (("prompt", "consent"), "3. Consent: asks"), (("prompt", "none"), "3. Consent: passed")] {
            let page = attempt(&server, &mut root, &client, &person(&scopes, &[more])).await;
            assert!(outcomes(&page).contains(&step.to_owned()), "{more:?}: {:?}", outcomes(&page));
            assert!(page.text().contains("The ID token"), "{more:?}: it goes on");
        }
    }

    async fn a_refusal_names_its_rule(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let (client, mut root) = gallery(&server).await;
        let public = server.add_client(new_public_client("Viewer", &[CALLBACK])).await;
        for (client, fields, words) in [
            (&public, vec![("pkce", "")], ["invalid_request", "a public client must use PKCE", "RFC 7636"]),
            (&client, vec![("redirect_uri", "https://app.example/callback/")], ["invalid_request", "there is no proven way back", "RFC 9700 §4.1.3"]),
            (&client, vec![("response_type", "token")], ["unsupported_response_type", "not registered for the response type token", "Source"]),
            (&client, vec![("prompt", "none")], ["consent_required", "prompt=none was asked for", "OIDC Core §3.1.2.6"]),
            (&client, vec![("resource", "https://other.example/")], ["invalid_target", "one that the client is registered for", "RFC 8707"]),
            (&client, vec![("max_age", "soon")], ["invalid_request", "max_age must be a whole number", "OIDC Core §3.1.2.1"]),
        ] {
            let page = attempt(&server, &mut root, client, &person(&["openid"], &fields)).await;
            for word in words {
                assert!(page.text().contains(word), "{fields:?} {word}: {}", page.text());
            }
            assert!(outcomes(&page).last().unwrap().ends_with(": refused"), "{:?}", outcomes(&page));
            assert!(!page.text().contains("The token endpoint"), "{fields:?}");
        }
        assert_eq!(root.get("/admin/tester?client_id=nobody").await.status, 404);
        let chosen = root.get("/admin/tester?search=album").await;
        assert!(chosen.body.contains(&format!("/admin/tester?client_id={}", client.id)), "{}", chosen.text());
        assert!(!chosen.text().contains("Viewer"));
    }

    async fn pairwise_opaque_and_hybrid_are_shown_as_they_are(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let (_, mut root) = gallery(&server).await;
        let pairwise = app(&server, ClientFields { subject_type: Some("pairwise".to_owned()), ..ClientFields::default() }).await;
        let page = attempt(&server, &mut root, &pairwise, &person(&["openid"], &[])).await;
        let tokens = real(&pairwise, &mut root, "openid").await;
        let sub = tokens.decoded().1["sub"].as_str().unwrap().to_owned();
        let public = app(&server, ClientFields::default()).await;
        let id = real(&public, &mut root, "openid").await.decoded().1["sub"].as_str().unwrap().to_owned();
        assert_ne!(sub, id);
        for table in ["The access token: Claims", "The ID token: Claims", "UserInfo: The answer"] {
            assert_eq!(rows(&page, table)["sub"], sub, "{table}");
        }
        assert!(!page.text().contains(&id), "who it is elsewhere is not said");

        server.add_scope("vault:open", "open the vault").await;
        server.add_opaque_resource("https://vault.example/", "vault:open").await;
        let mut vault = new_client("Vault", &[CALLBACK]);
        vault.fields.scope = Some("openid profile vault:open".to_owned());
        vault.fields.resources = Some(vec!["https://vault.example/".to_owned()]);
        let vault = server.add_client(vault).await;
        let scope = ["openid", "profile", "vault:open"];
        let page = attempt(&server, &mut root, &vault, &person(&scope, &[])).await;
        let tokens = real(&vault, &mut root, &scope.join(" ")).await;
        assert!(page.text().contains("Opaque"));
        let said = vault.introspect(tokens.access_token()).await;
        assert_same(&rows(&page, "The access token: The introspection answer"), &said, "introspection");

        let mut old = new_client("Old App", &[CALLBACK]);
        old.fields.response_types = Some(["code", "code id_token token", "id_token"].map(ToOwned::to_owned).to_vec());
        old.fields.grants = Some(["authorization_code", "implicit"].map(ToOwned::to_owned).to_vec());
        let old = server.add_client(old).await;
        let page = attempt(&server, &mut root, &old, &person(&["openid"], &[("response_type", "code id_token token")])).await;
        let answer = rows(&page, "The answer to the app: What the app gets");
        assert_eq!((answer["code"].as_str(), answer["access_token"].as_str(), answer["id_token"].as_str()), ("(a code)", "(an access token)", "(an ID token)"));
        assert!(page.text().contains("by response mode fragment"));
        assert!(rows(&page, "The ID token: Claims").contains_key("c_hash"));
        let page = attempt(&server, &mut root, &old, &person(&["openid", "profile"], &[("response_type", "id_token")])).await;
        assert_eq!(rows(&page, "The ID token: Claims")["preferred_username"], "root");
        assert!(!page.text().contains("The access token"));
        let page = attempt(&server, &mut root, &old, &person(&["openid"], &[("response_type", "id_token"), ("nonce", "")])).await;
        assert!(page.text().contains("nonce is missing"), "{}", page.text());
    }

    async fn a_service_is_tried_on_its_own_behalf(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let (client, mut root) = gallery(&server).await;
        server.add_scope("jobs:run", "run jobs").await;
        let service = server.add_client(NewClient {
            fields: ClientFields {
                name: Some("Night Job".to_owned()),
                grants: Some(vec!["client_credentials".to_owned()]),
                scope: Some("jobs:run photos:read".to_owned()),
                ..ClientFields::default()
            },
            ..NewClient::default()
        }).await;
        let fields = [("grant", "client"), ("scope", "jobs:run")];
        let page = attempt(&server, &mut root, &service, &fields).await;
        let tokens = service.token(&[("grant_type", "client_credentials"), ("scope", "jobs:run")]).await;
        assert_same(&rows(&page, "The access token: Claims"), &tokens.decoded().1, "access token");
        assert_eq!(rows(&page, "The token endpoint: The answer")["access_token"], "(an access token)");
        let page = attempt(&server, &mut root, &service, &[("grant", "client"), ("scope", "openid")]).await;
        assert!(page.text().contains("invalid_scope") && outcomes(&page)[1].ends_with("refused"), "{}", page.text());
        placet::admin::clients::disable(&server.app, &TestServer::by(), &service.id).await.unwrap();
        let page = attempt(&server, &mut root, &service, &fields).await;
        assert!(page.text().contains("A disabled client may do nothing."), "{}", page.text());
        // Who is not registered for it is tried as a person's app, whatever the form says.
        let page = attempt(&server, &mut root, &client, &[("grant", "client"), ("scope", "openid")]).await;
        assert!(page.text().contains("response_type is missing"), "{}", page.text());
    }
}
