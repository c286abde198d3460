//! Secrets neither in the log (S179) nor in the database (S180), after a whole turn of the real binary with every line of
//! every module logged, those of the database driver and the HTTP server too.

use placet::admin::clients::{ClientFields, NewClient};
use placet::admin::resources::{self, NewResource};
use placet::admin::users::{self, UserFields};

use super::support::assertion::{ClientKey, hs256};
use super::support::client::{Tokens, VERIFIER, basic};
use super::support::process::Installation;
use super::support::server::PASSWORD;
use super::support::{Browser, Client, TestServer};
use crate::support::database::{Kind, TABLES, TestDatabase, on_both};
use crate::support::smtp::MailServer;

/// Each secret of the run, by name.
#[derive(Default)]
struct Secrets(Vec<(String, String)>);

impl Secrets {
    fn add(&mut self, name: &str, value: &str) {
        assert!(value.len() >= 8, "{name} is too short to look for: {value}");
        self.0.push((name.to_owned(), value.to_owned()));
    }

    fn add_tokens(&mut self, name: &str, tokens: &Tokens) {
        for member in ["access_token", "refresh_token", "id_token"] {
            if let Some(value) = tokens.json[member].as_str() {
                self.add(&format!("{member} of {name}"), value);
                // A JWT's signature is what makes it one.
                self.add(
                    &format!("end of the {member} of {name}"),
                    &value[value.len() - 40..],
                );
            }
        }
    }

    /// None of them in `text`: as it is, percent-encoded, without its prefix, or as hexadecimal digits.
    fn assert_absent(&self, text: &[u8], place: &str) {
        let text = String::from_utf8_lossy(text);
        for (name, value) in &self.0 {
            let encoded: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            let bare = value
                .rsplit_once("placet_")
                .and_then(|(_, rest)| rest.split_once('_'))
                .map_or(value.as_str(), |(_, bare)| bare);
            let hexadecimal = value
                .bytes()
                .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
            for form in [
                value.as_str(),
                &encoded,
                bare,
                &hexadecimal,
                &hexadecimal.to_uppercase(),
            ] {
                if let Some(at) = text.find(form) {
                    let before: String = text[..at].chars().rev().take(300).collect();
                    let before: String = before.chars().rev().collect();
                    panic!("{name} is in {place}: …{before}[here]");
                }
            }
        }
    }
}

/// Everything that a client and a browser do in a day: what goes well and what is refused.
async fn a_whole_run(
    installation: &Installation,
    web: &Client,
    legacy: &Client,
    secrets: &mut Secrets,
) {
    let mut browser = Browser::new(&installation.url);
    let (state, nonce) = ("state-of-the-client-1234567", "nonce-of-the-client-1234567");
    let asked = [
        ("scope", "openid profile offline_access"),
        ("state", state),
        ("nonce", nonce),
    ];
    let page = browser.visit(&web.authorize_url(&asked)).await;
    secrets.add("form cookie", &browser.cookies["placet_browser"].clone());
    secrets.add("csrf value", &page.field("csrf"));
    secrets.add("sealed request", &page.field("request"));
    let page = browser
        .submit(
            &page,
            &[("username", "ada"), ("password", "a wrong password typed")],
        )
        .await;
    secrets.add("wrong password", "a wrong password typed");
    // A password in the wrong field.
    let page = browser
        .submit(
            &page,
            &[
                ("username", "my-secret-in-the-wrong-field"),
                ("password", "x"),
            ],
        )
        .await;
    secrets.add(
        "password in the field of the name",
        "my-secret-in-the-wrong-field",
    );
    let page = browser.log_in(&page, "ada").await;
    secrets.add("session cookie", &browser.cookies["placet_session"].clone());
    secrets.add(
        "cookie of a known browser",
        &browser.cookies["placet_known"].clone(),
    );
    let page = browser.approve(&page).await;
    let code = page.returned("code").unwrap();
    secrets.add("code", &code);
    let wrong = "wrong-verifier-wrong-verifier-wrong-verifier-wrong";
    secrets.add("wrong verifier", wrong);
    assert_eq!(
        web.redeem_with(&code, &[("code_verifier", wrong)])
            .await
            .status,
        400
    );
    let tokens = web.redeem(&code).await;
    tokens.assert_granted("the code");
    secrets.add_tokens("the code", &tokens);
    let refreshed = web.refresh(tokens.refresh_token()).await;
    secrets.add_tokens("the refresh", &refreshed);
    assert_eq!(web.refresh(tokens.refresh_token()).await.status, 200);
    let last = web.refresh(refreshed.refresh_token()).await;
    secrets.add_tokens("the second refresh", &last);
    assert_eq!(
        web.refresh(tokens.refresh_token()).await.status,
        400,
        "a replay"
    );
    assert_eq!(web.redeem(&code).await.status, 400, "a replay of the code");
    let own = legacy.token(&[("grant_type", "client_credentials")]).await;
    own.assert_granted("client_credentials");
    secrets.add_tokens("the client", &own);
    let by_password = legacy.password("ada", PASSWORD).await;
    by_password.assert_granted("password");
    secrets.add_tokens("the password grant", &by_password);
    assert_eq!(
        legacy
            .password("ada", "another wrong password")
            .await
            .status,
        400
    );
    secrets.add("wrong password of the grant", "another wrong password");
    let form = (
        "content-type",
        "application/x-www-form-urlencoded".to_owned(),
    );
    let wrong = "placet_cs_wrong-client-secret-0123456789";
    secrets.add("wrong client secret", wrong);
    let answer = web
        .post_token(
            &[form.clone(), ("authorization", basic(&web.id, wrong))],
            "grant_type=x",
        )
        .await;
    assert_eq!(answer.status, 401);
    // What should never come this way, in addresses and in bodies of the wrong form.
    secrets.add("secret in an address", "secret-in-the-address");
    for path in [
        "/token?client_secret=secret-in-the-address",
        "/nowhere/secret-in-the-address",
        "/authorize?state=secret-in-the-address",
        "/login?password=secret-in-the-address",
    ] {
        browser.get(path).await;
        browser.post(path, &[("password", PASSWORD)]).await;
    }
    let json = format!(r#"{{"grant_type":"password","password":"{PASSWORD}"}}"#);
    web.post_token(&[("content-type", "application/json".to_owned())], json)
        .await;
    web.post_token(
        &[form],
        format!("password={PASSWORD}&password={PASSWORD}&grant_type=%ff"),
    )
    .await;
    let account = browser.visit("/account").await;
    let html = scraper::Html::parse_document(&account.body);
    let field = scraper::Selector::parse("form.out input[name=csrf]").unwrap();
    let csrf = html.select(&field).next().unwrap().attr("value").unwrap();
    browser.post("/account/sign-out", &[("csrf", csrf)]).await;
}

/// Somebody who forgot their password: a mail that is refused, one that arrives, the link opened and used.
async fn a_forgotten_password(
    installation: &Installation,
    mails: &MailServer,
    secrets: &mut Secrets,
) {
    let change = UserFields {
        email: Some("grace@mailbox-of-grace.example".to_owned()),
        ..UserFields::default()
    };
    installation.add_user("grace").await;
    let by = TestServer::by();
    users::change(&installation.app, &by, "grace", change)
        .await
        .unwrap();
    let mut browser = Browser::new(&installation.url);
    let page = browser.get("/forgot").await;
    mails.refuse(550);
    browser.submit(&page, &[("name", "grace")]).await;
    mails.wait_for_attempts(1).await;
    mails.refuse(0);
    browser
        .submit(&page, &[("name", "grace@mailbox-of-grace.example")])
        .await;
    let mail = mails.next().await;
    secrets.add("link to set a password", &mail.token());
    let page = browser.get(&mail.link()).await;
    browser.submit(&page, &[("password", "short")]).await;
    let page = browser
        .submit(&page, &[("password", "the new password of grace")])
        .await;
    assert_eq!(page.status, 200, "{}", page.text());
    secrets.add("new password", "the new password of grace");
    browser.get(&mail.link()).await;
    mails.next().await;
}

/// Somebody who signs up, and goes on to the app that waits.
async fn a_sign_up(
    installation: &Installation,
    (client, mails): (&Client, &MailServer),
    secrets: &mut Secrets,
) {
    let mut browser = Browser::new(&installation.url);
    let login = browser.visit(&client.authorize_url(&[])).await;
    let sealed = login.field("request");
    let page = browser.get(&format!("/sign-up?request={sealed}")).await;
    browser
        .submit(&page, &[("email", "joan@mailbox-of-grace.example")])
        .await;
    let mail = mails.next().await;
    secrets.add("link to sign up", &mail.token());
    secrets.add("password of joan", "the password of joan");
    let page = browser.get(&mail.link()).await;
    let fields = [("username", "joan"), ("password", "the password of joan")];
    let page = browser.submit(&page, &fields).await;
    assert_eq!(page.heading_kind(), "consent", "{}", page.text());
    browser.get(&mail.link()).await;
}

/// Clients that authenticate by assertions: taken, replayed and forged ones.
async fn assertions(installation: &Installation, secrets: &mut Secrets) {
    let of = |method: &str, jwks: Option<String>| NewClient {
        fields: ClientFields {
            name: Some("Signing".to_owned()),
            token_endpoint_auth_method: Some(method.to_owned()),
            jwks,
            resources: Some(vec!["https://old.example/".to_owned()]),
            ..ClientFields::default()
        },
        ..NewClient::default()
    };
    let key = ClientKey::new("k1");
    let by_key = of("private_key_jwt", Some(key.jwks()));
    let by_key = installation.add_client(by_key).await;
    let by_secret = installation.add_client(of("client_secret_jwt", None)).await;
    let secret = by_secret.secret.clone().unwrap();
    secrets.add("secret for an HMAC", &secret);
    let claims = |client: &Client, jti: &str| {
        let exp = installation.app.clock.now().timestamp() + 60;
        let aud = &installation.url;
        serde_json::json!({"iss": client.id, "sub": client.id, "aud": aud, "exp": exp, "jti": jti})
    };
    let (first, second) = ("id-of-an-assertion-1", "id-of-an-assertion-2");
    let forged = ClientKey::new("k1").jwt(&claims(&by_key, first));
    let signed = key.jwt(&claims(&by_key, first));
    let authenticated = hs256(&secret, &claims(&by_secret, second));
    for (client, assertion, statuses) in [
        (&by_key, &forged, [401, 401]),
        (&by_key, &signed, [200, 401]),
        (&by_secret, &authenticated, [200, 401]),
    ] {
        secrets.add("assertion", assertion);
        secrets.add("end of an assertion", &assertion[assertion.len() - 40..]);
        for status in statuses {
            let answer = client.assert(assertion, &[]).await;
            assert_eq!(answer.status, status, "{}", answer.json);
        }
    }
    secrets.add("jti", first);
    secrets.add("jti", second);
}

/// Every row of a table.
pub(crate) async fn dump_of(database: &TestDatabase, table: &str) -> String {
    let cell = match database.kind {
        // Every column as text, bytes as hexadecimal digits.
        Kind::Postgres => format!("SELECT CAST(t AS text) FROM {table} t"),
        Kind::Sqlite => {
            let columns = database
                .texts(format!("SELECT name FROM pragma_table_info('{table}')"))
                .await;
            let joined: Vec<String> = columns
                .iter()
                .map(|name| format!("quote({name})"))
                .collect();
            format!("SELECT {} FROM {table}", joined.join(" || ',' || "))
        }
    };
    database.texts(cell).await.join("\n")
}

pub(super) async fn dump(database: &TestDatabase) -> Vec<u8> {
    let mut all = Vec::new();
    for table in TABLES {
        all.extend_from_slice(table.as_bytes());
        all.extend_from_slice(dump_of(database, table).await.as_bytes());
        all.push(b'\n');
    }
    if database.kind == Kind::Sqlite {
        let file = database.url.strip_prefix("sqlite://").unwrap();
        for name in [file.to_owned(), format!("{file}-wal")] {
            all.extend(std::fs::read(name).unwrap());
        }
    }
    all
}

on_both! {
    // S73, S179, S180
    async fn no_secret_of_a_run_is_in_log_or_database(db: TestDatabase) {
        let installation = Installation::new(db).await;
        installation.add_user("ada").await;
        let made = resources::add(&installation.app, &TestServer::by(), NewResource {
            uri: "https://old.example/".to_owned(),
            alg: Some("HS256".to_owned()),
            ..NewResource::default()
        })
        .await
        .unwrap();
        let of = |name: &str, redirect: bool, grants: &[&str], resources: &[&str]| NewClient {
            fields: ClientFields {
                name: Some(name.to_owned()),
                redirect_uris: redirect.then(|| vec!["https://app.example/callback".to_owned()]),
                grants: Some(grants.iter().map(|&grant| grant.to_owned()).collect()),
                scope: Some("openid profile offline_access".to_owned()),
                resources: Some(resources.iter().map(|&uri| uri.to_owned()).collect()),
                ..ClientFields::default()
            },
            ..NewClient::default()
        };
        let web = installation.add_client(of("Web", true, &["authorization_code", "refresh_token"], &[])).await;
        let legacy = installation
            .add_client(of("Old", false, &["password", "refresh_token", "client_credentials"], &["https://old.example/"]))
            .await;
        let mut secrets = Secrets::default();
        secrets.add("password", PASSWORD);
        secrets.add("verifier", VERIFIER);
        secrets.add("resource secret", made.secret.unwrap().expose());
        for client in [&web, &legacy] {
            let secret = client.secret.clone().unwrap();
            let header = basic(&client.id, &secret);
            secrets.add("client secret", &secret);
            secrets.add("Basic credentials", header.strip_prefix("Basic ").unwrap());
        }
        secrets.add("the secret key", "CQkJCQkJCQkJCQkJ");

        let mails = MailServer::start().await;
        let url = mails.url();
        let mut server = installation
            .start(&[
                ("PLACET_LOG", "trace"),
                ("PLACET_SIGN_UP__MODE", "open"),
                ("PLACET_MAIL__TRANSPORT", "smtp"),
                ("PLACET_MAIL__FROM", "Acme <id@acme.example>"),
                ("PLACET_MAIL__SMTP_URL", &url.replace("//", "//placet@")),
                ("PLACET_MAIL__SMTP_PASSWORD", "password-of-the-mail-server"),
            ])
            .await;
        secrets.add("password of the mail server", "password-of-the-mail-server");
        a_whole_run(&installation, &web, &legacy, &mut secrets).await;
        a_forgotten_password(&installation, &mails, &mut secrets).await;
        a_sign_up(&installation, (&web, &mails), &mut secrets).await;
        assertions(&installation, &mut secrets).await;
        let metrics = reqwest::get(format!("{}/metrics", server.url)).await.unwrap().text().await.unwrap();
        secrets.assert_absent(metrics.as_bytes(), "/metrics");
        let said = server.said();
        assert!(said.contains("sqlx") && said.contains("TRACE") && said.lines().count() > 100, "the log was really that loud: {said:.3000}");
        secrets.assert_absent(said.as_bytes(), "the log");
        // Nor whom mails go to; the driver of the database alone repeats what is looked for.
        for line in said.lines().filter(|line| line.contains("mailbox-of-grace")) {
            assert!(line.contains("sqlx"), "{line}");
        }

        secrets.assert_absent(&dump(&installation.database).await, "the database");
        server.kill();
        secrets.assert_absent(&dump(&installation.database).await, "the database after the end");
        // The search itself works: what may be there is found.
        let text = String::from_utf8_lossy(&dump(&installation.database).await).into_owned();
        for known in ["ada", &web.id, "refresh_token_replayed", "$argon2id$"] {
            assert!(text.contains(known), "{known}");
        }
    }
}
