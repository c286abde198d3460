//! The revision rises with every administrative change that nodes keep a copy of, and with nothing else.

use placet::crypto::ChainKey;
use placet::model::event::EventKind;
use placet::model::grant::Grant;
use placet::model::signing_key::SigningAlg;
use placet::model::user::User;
use placet::random;
use placet::storage::{NewIssue, Store, UserChange, UserTerms};

use super::build::{self, after, client_id, event, now};
use super::grants::step;
use crate::support::database::on_both;

async fn revision(store: &Store) -> i64 {
    store.revision().await.unwrap()
}

/// Runs a verb and checks by how much the revision rose.
macro_rules! rises {
    ($store:expr, $by:expr, $verb:expr) => {{
        let before = revision($store).await;
        $verb.await.unwrap();
        assert_eq!(
            revision($store).await - before,
            $by,
            "{}",
            stringify!($verb)
        );
    }};
}

on_both! {
    async fn every_administrative_change_raises_it(db: TestDatabase) {
        let s = &db.store;
        s.installation(random::uuid(), now()).await.unwrap();
        assert_eq!(revision(s).await, 1);
        let any = || event(EventKind::UserUpdated);
        let (client, scope) = (build::client("web"), build::scope("read"));
        let resource = build::resource("https://a.example");
        rises!(s, 1, s.add_client(&client, &any()));
        rises!(s, 1, s.update_client(&client, &any()));
        rises!(s, 1, s.add_client_secret((&client.id, None), &build::secret(), after(9), &any()));
        rises!(s, 1, s.put_scope(&scope, None, &any()));
        rises!(s, 1, s.put_scope(&scope, None, &any()));
        rises!(s, 1, s.add_resource(&resource, now(), &any()));
        rises!(s, 1, s.update_resource(&resource, &any()));
        rises!(s, 1, s.put_role("r", "", None, &any()));
        rises!(s, 1, s.remove_role("r", None, &any()));
        rises!(s, 1, s.add_first_key(&build::key(SigningAlg::RS256), &any()));
        rises!(s, 1, s.rotate_key(&build::key(SigningAlg::RS256), after(9), &any()));
        let (key, next) = (build::key(SigningAlg::ES256), build::key(SigningAlg::ES256));
        s.add_first_key(&key, &any()).await.unwrap();
        rises!(s, 1, s.succeed_key(&key.kid, &next, after(9), &any()));
        rises!(s, 0, s.succeed_key(&key.kid, &build::key(SigningAlg::ES256), after(9), &any()));
        rises!(s, 0, s.remove_key("none", after(99), &any()));
        let first = if key.kid < next.kid { &key } else { &next };
        rises!(s, 1, s.remove_key(&first.kid, after(99), &any()));
        rises!(s, 1, s.remove_scope("read", None, &any()));
        rises!(s, 1, s.remove_resource("https://a.example", None, &any()));
        rises!(s, 1, s.remove_client(&client.id, None, &any()));
    }

    async fn users_are_read_at_every_use_and_leave_it(db: TestDatabase) {
        let s = &db.store;
        s.installation(random::uuid(), now()).await.unwrap();
        let any = || event(EventKind::UserUpdated);
        let user = build::user("ada");
        let admin = User { roles: vec!["admin".to_owned()], ..build::user("admin") };
        let hash = admin.password_hash.clone().unwrap();
        rises!(s, 0, s.add_first_administrator(&admin, &any()));
        rises!(s, 0, s.update_user(user.id, &UserChange::default(), UserTerms::default(), &any()));
        rises!(s, 0, s.set_password(user.id, &hash, UserTerms::default(), &any()));
        rises!(s, 0, s.disable_user(user.id, UserTerms::default(), &any()));
        rises!(s, 0, s.remove_user(user.id, UserTerms::default(), &any()));
    }

    async fn what_changes_nothing_leaves_it(db: TestDatabase) {
        let s = &db.store;
        s.installation(random::uuid(), now()).await.unwrap();
        let any = || event(EventKind::UserUpdated);
        let user = build::stored_user(s, "ada").await;
        let client = build::stored_client(s, "web").await;
        let admin = User { roles: vec!["admin".to_owned()], ..build::user("admin") };
        s.add_first_administrator(&admin, &any()).await.unwrap();
        let resource = build::resource("https://a.example");
        s.add_resource(&resource, now(), &any()).await.unwrap();
        s.add_first_key(&build::key(SigningAlg::RS256), &any()).await.unwrap();
        let nobody = build::user("nobody");
        let taken = UserChange { email: Some(admin.email.clone()), ..UserChange::default() };
        rises!(s, 0, s.add_client(&client, &any()));
        rises!(s, 0, s.update_client(&build::client("none"), &any()));
        rises!(s, 0, s.remove_client(&client_id("none"), None, &any()));
        rises!(s, 0, s.add_resource(&resource, now(), &any()));
        rises!(s, 0, s.remove_resource("https://none.example", None, &any()));
        rises!(s, 0, s.update_resource(&placet::model::resource::Resource { version: 9, ..resource.clone() }, &any()));
        rises!(s, 0, s.put_role("none", "", Some(1), &any()));
        rises!(s, 0, s.remove_role("none", None, &any()));
        rises!(s, 0, s.remove_scope("none", None, &any()));
        rises!(s, 0, s.add_user(&user, &any()));
        rises!(s, 0, s.add_first_administrator(&nobody, &any()));
        rises!(s, 0, s.update_user(nobody.id, &UserChange::default(), UserTerms::default(), &any()));
        rises!(s, 0, s.update_user(user.id, &taken, UserTerms::default(), &any()));
        rises!(s, 0, s.set_password(nobody.id, user.password_hash.as_ref().unwrap(), UserTerms::default(), &any()));
        rises!(s, 0, s.disable_user(nobody.id, UserTerms::default(), &any()));
        rises!(s, 0, s.enable_user(user.id, UserTerms::default(), &any()));
        rises!(s, 0, s.remove_user(nobody.id, UserTerms::default(), &any()));
        rises!(s, 0, s.add_first_key(&build::key(SigningAlg::RS256), &any()));
        rises!(s, 0, s.installation(random::uuid(), now()));
    }

    async fn everyday_work_leaves_it(db: TestDatabase) {
        let s = &db.store;
        s.installation(random::uuid(), now()).await.unwrap();
        let any = || event(EventKind::SignInSucceeded);
        let user = build::stored_user(s, "ada").await;
        let client = build::stored_client(s, "web").await;
        let hash = user.password_hash.clone().unwrap();
        let session = build::session(user.id);
        let code = build::code_in(s, user.id, &client.id).await;
        let consent = build::consent(user.id, &client.id);
        let consented = any();
        let issue = NewIssue { code: &code, consent: Some((Some(&consent), &consented)), hears_of_logout: false };
        let grant: Grant = build::grant(user.id, &client.id);
        let refresh = build::refresh();
        rises!(s, 0, s.start_session(&session, None, None, &any()));
        rises!(s, 0, s.touch_session(session.id, now(), after(9)));
        rises!(s, 0, s.issue_code(&issue));
        rises!(s, 0, s.redeem_code(&code.hash, &build::grant_of(&code), None, &any()));
        rises!(s, 0, s.add_grant(&grant, Some(&refresh), None, &any()));
        rises!(s, 0, s.rotate_refresh_token(&step(&grant, &refresh)));
        rises!(s, 0, s.revoke_grant(grant.id, &any()));
        rises!(s, 0, s.withdraw_consent(user.id, &client.id, &any()));
        rises!(s, 0, s.end_session(&session, &any()));
        rises!(s, 0, s.count_failure(&["a".to_owned()], now(), after(9)));
        rises!(s, 0, s.clear_failures("a"));
        rises!(s, 0, s.upgrade_password_hash(user.id, &hash, &hash, now()));
        rises!(s, 0, s.set_secret_key_check(b"check"));
        rises!(s, 0, s.record(&any()));
        rises!(s, 0, s.sweep(after(9), after(9), 100));
        let key = ChainKey::new(&[1; 32]).unwrap();
        rises!(s, 0, s.begin_chain(b"sealed", &key));
        rises!(s, 0, s.chain_events(&key, 100));
        rises!(s, 0, s.sweep_events(&key, after(99), 100, &any()));
        rises!(s, 0, async { s.export_events(100, async |_| Ok(())).await.map(Result::unwrap) });
        rises!(s, 0, s.record_once("told", after(9), &any()));
        rises!(s, 0, s.add_activity(now(), &[("a", 1)]));
        rises!(s, 0, s.ping());
        rises!(s, 0, s.migrate());
    }

    async fn a_change_that_fails_leaves_it(db: TestDatabase) {
        let s = &db.store;
        s.installation(random::uuid(), now()).await.unwrap();
        let used = event(EventKind::UserUpdated);
        s.record(&used).await.unwrap();
        let before = (revision(s).await, db.row_counts().await);
        // Each fails in its last step: the event's id is taken.
        assert!(s.add_user(&build::user("ada"), &used).await.is_err());
        assert!(s.add_client(&build::client("web"), &used).await.is_err());
        assert!(s.put_scope(&build::scope("read"), None, &used).await.is_err());
        assert!(s.add_resource(&build::resource("https://a.example"), now(), &used).await.is_err());
        assert!(s.add_first_key(&build::key(SigningAlg::RS256), &used).await.is_err());
        assert_eq!((revision(s).await, db.row_counts().await), before);
    }
}
