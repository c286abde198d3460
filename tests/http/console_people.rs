//! The console's users, sessions, grants and registration tokens.

use placet::admin::grants::{self, GrantFilter};
use placet::admin::sessions::{self, SessionFilter};
use placet::admin::users::{self, NewUser, UserFields};
use placet::admin::{Paging, registration_tokens};

use super::console::{furnish, sign_in};
use super::pages::assert_protected;
use super::support::server::PASSWORD;
use super::support::{Browser, TestServer};
use crate::support::database::on_both;

/// The address that a link of this page leads to.
fn link(page: &str, part: &str) -> String {
    let found = page.split("href=\"").skip(1);
    let mut found = found.map(|rest| rest.split('"').next().unwrap());
    let found = found.find(|href| href.contains(part));
    found
        .unwrap_or_else(|| panic!("no link with {part}: {page}"))
        .to_owned()
}

on_both! {
    async fn users_are_added_changed_and_removed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        let form = root.get("/admin/new/user").await;
        let good = [("username", "ada"), ("name", "Ada Lovelace"), ("email", "ada@example.com"), ("roles", "editor"), ("password", PASSWORD), ("again", PASSWORD)];
        for (name, value, field) in [
            ("username", "", "username"), ("username", "root", "username"), ("email", "ada", "email"), ("name", "a\u{202e}b", "name"),
            ("password", "short", "again"), ("again", "another password", "again"),
        ] {
            let mut fields = good;
            fields.iter_mut().filter(|(known, _)| *known == name).for_each(|(_, old)| *old = value);
            let page = root.submit(&form, &fields).await;
            assert_eq!(page.status, 422, "{name} {value:?}: {}", page.text());
            assert!(page.body.contains(&format!("id=\"{field}-problem\"")), "{name} {value:?}: {}", page.text());
            assert!(!page.body.contains(PASSWORD), "no page repeats a password");
        }
        let short = [good[0], ("password", "short"), ("again", "short")];
        assert!(root.submit(&form, &short).await.body.contains("id=\"password-problem\""));
        let page = root.submit(&form, &good).await;
        assert!(page.text().contains("Ada Lovelace has an account now."), "{}", page.text());
        let page = root.submit(&form, &[("username", "bob"), ("email", "ADA@example.com")]).await;
        assert!(page.body.contains("id=\"email-problem\""), "{}", page.text());
        let ada = users::show(&server.app, "ada").await.unwrap();
        assert_eq!((ada.email.as_deref(), ada.is_email_verified, ada.roles.as_slice()), (Some("ada@example.com"), false, ["editor".to_owned()].as_slice()));

        let at = format!("/admin/users/{}", ada.id);
        let form = root.get(&format!("{at}/edit")).await;
        let elsewhere = UserFields { name: Some("Countess".to_owned()), ..UserFields::default() };
        users::change(&server.app, &TestServer::by(), "ada", elsewhere).await.unwrap();
        let late = root.submit(&form, &[("name", "Ada King")]).await;
        assert_eq!(late.status, 409);
        assert!(late.text().contains("Stored now: Countess"), "{}", late.text());
        let saved = root.submit(&late, &[("email_verified", "yes")]).await;
        assert!(saved.text().contains("Ada King is changed."), "{}", saved.text());
        let ada = users::show(&server.app, "ada").await.unwrap();
        assert!(ada.is_email_verified && ada.roles == ["editor"]);

        let form = root.get(&format!("{at}/claims")).await;
        let wrong = root.submit(&form, &[("birthdate", "yesterday")]).await;
        assert!(wrong.status == 422 && wrong.body.contains("id=\"birthdate-problem\""), "{}", wrong.text());
        let wrong = root.submit(&form, &[("phone_number_verified", "yes")]).await;
        assert!(wrong.text().contains("There is no phone number that could be verified."), "{}", wrong.text());
        let claims = [("given_name", "Ada"), ("birthdate", "1815-12-10"), ("address.street_address", "12 St James's\r\nSquare"), ("phone_number", "+44 20 7946 0000"), ("phone_number_verified", "yes")];
        let saved = root.submit(&form, &claims).await;
        assert_eq!(saved.url.path(), at, "{}", saved.text());
        assert!(saved.text().contains("1815-12-10"));
        let stored = users::claims_of(&server.app, &ada).await.unwrap();
        assert_eq!(stored.values["address"]["street_address"], "12 St James's\nSquare");
        let before = server.database.count("audit_events").await;
        let again = root.get(&format!("{at}/claims")).await;
        root.submit(&again, &[("address.street_address", "12 St James's\r\nSquare")]).await;
        assert_eq!(server.database.count("audit_events").await, before, "saved as it was, nothing is changed");

        let question = root.get(&format!("{at}/remove")).await;
        assert!(question.text().contains("This cannot be undone."));
        assert!(root.submit(&question, &[]).await.text().contains("Ada King is gone."));
        assert_eq!(root.get(&at).await.status, 404);
        assert_eq!(root.submit(&question, &[]).await.status, 404);
    }

    // S60
    async fn a_password_that_is_set_ends_what_was_before(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        server.add_user("ada").await;
        let mut ada = sign_in(&server, "ada").await;
        assert_eq!(ada.get("/account").await.status, 200);
        let form = root.get("/admin/users/ada/password").await;
        assert_eq!(root.submit(&form, &[("password", "a new long password"), ("again", "another")]).await.status, 422);
        let set = root.submit(&form, &[("password", "a new long password"), ("again", "a new long password")]).await;
        assert!(set.text().contains("ada has a new password"), "{}", set.text());
        assert_eq!(ada.get("/account").await.status, 303);
        let login = ada.get("/login").await;
        let wrong = ada.submit(&login, &[("username", "ada"), ("password", PASSWORD)]).await;
        assert_eq!(wrong.heading_kind(), "login");
        let page = ada.submit(&login, &[("username", "ada"), ("password", "a new long password")]).await;
        assert_eq!(page.url.path(), "/account");
        let log = server.database.texts("SELECT CAST(detail AS text) FROM audit_events".to_owned()).await;
        assert!(log.iter().all(|detail| !detail.contains("a new long")));
    }

    // S60
    async fn whoever_is_disabled_is_out_at_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        server.add_user("ada").await;
        let mut ada = sign_in(&server, "ada").await;
        let question = root.get("/admin/users/ada/disable").await;
        assert!(question.text().contains("Signed in with one browser now; that ends at once."), "{}", question.text());
        let done = root.submit(&question, &[]).await;
        assert!(done.text().contains("ada is disabled, and signed out everywhere."), "{}", done.text());
        assert_eq!(ada.get("/account").await.status, 303);
        assert!(root.get("/admin/users?state=disabled").await.body.contains(">ada<"));
        let question = root.get("/admin/users/ada/enable").await;
        root.submit(&question, &[]).await;
        sign_in(&server, "ada").await;
        // The last administrator stays one, and the page says so.
        let question = root.get("/admin/users/root/disable").await;
        assert!(question.text().contains("This is your own account."));
        let refused = root.submit(&question, &[]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("give somebody else the role admin first"), "{}", refused.text());
        assert_eq!(root.get("/admin").await.status, 200);
    }

    // Whoever makes an administrator gave the password lately.
    async fn the_role_of_administrators_is_given_with_the_password(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        server.add_user("ada").await;
        server.advance(600);
        let form = root.get("/admin/users/ada/edit").await;
        let saved = root.submit(&form, &[("roles", "editor")]).await;
        assert_eq!(saved.url.path(), "/admin/users/ada", "{}", saved.text());
        let form = root.get("/admin/users/ada/edit").await;
        let asked = root.submit(&form, &[("roles", "admin")]).await;
        assert_eq!(asked.heading_kind(), "login");
        assert!(!users::show(&server.app, "ada").await.unwrap().is_admin());
        let new = root.get("/admin/new/user").await;
        let asked = root.submit(&new, &[("username", "eve"), ("roles", "admin")]).await;
        assert_eq!(asked.heading_kind(), "login");
        assert!(users::show(&server.app, "eve").await.is_err());
    }

    // S59
    async fn sessions_and_grants_are_listed_and_ended(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        server.add_user("ada").await;
        let app = server.web_client().await;
        let mut ada = Browser::new(&server.url);
        let code = app.sign_in(&mut ada, "ada", &[("scope", "openid profile")]).await.returned("code").unwrap();
        let tokens = app.redeem(&code).await;
        let refresh = tokens.refresh_token().to_owned();

        let page = root.get("/admin/users/ada").await;
        for part in ["Signed-in browsers", "What apps hold now", "Photo Printer", "profile", "App got access", "Take back"] {
            assert!(page.text().contains(part), "{part}: {}", page.text());
        }
        let all = root.get("/admin/sessions").await;
        assert!(all.text().contains("This one, in which you are now") && all.body.contains(">ada<"));
        let hers = root.get("/admin/sessions?user=ada").await;
        assert!(!hers.text().contains("This one, in which you are now"));
        assert!(root.get("/admin/sessions?user=nobody").await.text().contains("There is nobody with"));

        let of_app = root.get(&format!("/admin/grants?client={}", app.id)).await;
        assert!(of_app.body.contains(">ada<"));
        assert!(!root.get("/admin/grants?client=web").await.body.contains(">ada<"));
        assert!(!root.get("/admin/grants?user=root").await.body.contains(">ada<"));
        let question = root.get(&link(&of_app.body, "/revoke")).await;
        assert!(question.text().contains("Revoke what Photo Printer holds of ada?"), "{}", question.text());
        let done = root.submit(&question, &[]).await;
        assert_eq!(done.url.path(), "/admin/grants");
        assert!(done.text().contains("The access of Photo Printer is revoked."), "{}", done.text());
        assert_eq!(app.refresh(&refresh).await.error(), "invalid_grant");
        let paging = Paging::default();
        assert!(grants::find(&server.app, &GrantFilter::default(), &paging).await.unwrap().items.is_empty());
        assert_eq!(root.submit(&question, &[]).await.status, 404, "once");

        let question = root.get("/admin/users/ada/apps/none/withdraw").await;
        assert_eq!(root.submit(&question, &[]).await.status, 404);
        let question = root.get(&format!("/admin/users/ada/apps/{}/withdraw", app.id)).await;
        root.submit(&question, &[]).await;
        let again = ada.visit(&app.authorize_url(&[])).await;
        assert_eq!(again.heading_kind(), "consent", "asked again");

        let question = root.get(&link(&hers.body, "/end")).await;
        let done = root.submit(&question, &[]).await;
        assert_eq!(done.url.path(), "/admin/sessions");
        assert!(done.text().contains("A session of ada is ended."), "{}", done.text());
        assert_eq!(ada.get("/account").await.status, 303);
        sign_in(&server, "ada").await;
        sign_in(&server, "ada").await;
        let question = root.get("/admin/users/ada/sign-out").await;
        assert!(question.text().contains("Signed in with 2 browsers now"), "{}", question.text());
        root.submit(&question, &[]).await;
        let left = sessions::find(&server.app, &SessionFilter::default(), &paging).await.unwrap();
        assert_eq!(left.items.len(), 1, "the administrator's own");
        for bad in ["/admin/sessions/x/end", "/admin/grants/00000000-0000-0000-0000-000000000000/revoke", "/admin/sessions?after=x", "/admin/grants?client=%00", "/admin/users?role=%00&after=%00", "/admin/users/%00", "/admin/users?search=%25_%27%00"] {
            assert!((400..500).contains(&root.get(bad).await.status.as_u16()) || bad.contains("client="), "{bad}");
        }
    }

    // S171
    async fn registration_tokens_are_shown_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        assert!(root.get("/admin/registration-tokens").await.text().contains("There is none yet."));
        let form = root.get("/admin/new/registration-token").await;
        let good = [("name", "the build server"), ("uses", "3"), ("expires", "24")];
        for (fields, field) in [([("name", ""), good[1], good[2]], "name"), ([good[0], ("uses", "0"), good[2]], "uses"), ([good[0], good[1], ("expires", "99999999999999999999")], "expires"), ([good[0], good[1], ("expires", "18446744073709551615")], "expires")] {
            let page = root.submit(&form, &fields).await;
            assert_eq!(page.status, 422, "{field}");
            assert!(page.body.contains(&format!("id=\"{field}-problem\"")), "{field}: {}", page.text());
        }
        let made = root.submit(&form, &good).await;
        assert!(made.body.contains("placet_iat_"), "{}", made.text());
        assert_protected(&made, "token");
        let twice = root.submit(&form, &good).await;
        assert_eq!(twice.status, 422, "{}", twice.text());
        let list = root.get("/admin/registration-tokens").await;
        assert!(list.text().contains("the build server") && !list.body.contains("placet_iat_"));
        let question = root.get(&link(&list.body, "/remove")).await;
        assert!(question.text().contains("The 3 apps that could still be registered"), "{}", question.text());
        assert!(root.submit(&question, &[]).await.text().contains("The registration token the build server is gone."));
        assert!(registration_tokens::list(&server.app).await.unwrap().is_empty());
        assert_eq!(root.submit(&question, &[]).await.status, 404);
    }

    async fn long_lists_come_in_parts(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        for number in 0..60 {
            let new = NewUser { username: format!("person{number}"), ..NewUser::default() };
            users::add(&server.app, &server.identity.passwords, &TestServer::by(), new).await.unwrap();
        }
        let first = root.get("/admin/users?search=person").await;
        // Name and username of each.
        let rows = |body: &str| body.matches(">person").count() / 2;
        assert_eq!(rows(&first.body), 50);
        let next = link(&first.body, "after=").replace("&amp;", "&").replace("&#38;", "&");
        let second = root.get(&next).await;
        assert_eq!(rows(&second.body), 10, "{}", second.text());
    }

    async fn whom_a_file_manages_is_locked(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut root = furnish(&server).await;
        server.add_user("ada").await;
        server.database.execute("INSERT INTO managed (kind, id, source, definition, applied_at) VALUES
            ('user', 'ada', 'people.toml', '{}', '2026-01-01T00:00:00.000000Z')").await;
        let page = root.get("/admin/users/ada").await;
        assert!(page.text().contains("Managed by people.toml"), "{}", page.text());
        assert!(!root.get("/admin/users/ada/edit").await.body.contains("name=\"email\""));
        let question = root.get("/admin/users/ada/disable").await;
        assert_eq!(root.submit(&question, &[]).await.status, 422);
        let form = root.get("/admin/users/ada/edit?override=yes").await;
        let saved = root.submit(&form, &[("name", "Ada")]).await;
        assert_eq!(saved.url.path(), "/admin/users/ada", "{}", saved.text());
        let question = root.get("/admin/users/ada/disable?override=yes").await;
        root.submit(&question, &[]).await;
        assert!(!users::show(&server.app, "ada").await.unwrap().is_enabled());
    }
}
