//! Refused requests: written together, read newest first, bounded in age and count.

use chrono::{DateTime, TimeDelta, Utc};
use placet::model::id::UserId;
use placet::model::refusal::Refusal;
use placet::random;
use placet::storage::{RefusalQuery, Store};
use serde_json::json;

use super::build::{after, now};
use crate::support::database::on_both;

fn refusal(id: &str, at: DateTime<Utc>, client_id: Option<&str>) -> Refusal {
    let params = json!({ "scope": "a 'b\" c", "resource": ["x", "y"] });
    Refusal {
        id: id.to_owned(),
        at,
        endpoint: "token".to_owned(),
        client_id: client_id.map(ToOwned::to_owned),
        user_id: Some(UserId(random::uuid())),
        status: 400,
        code: "invalid_grant".to_owned(),
        reason: "code is unknown".to_owned(),
        params: params.as_object().unwrap().clone(),
        address: Some("192.0.2.1".to_owned()),
        user_agent: None,
    }
}

fn all(limit: i64) -> RefusalQuery<'static> {
    RefusalQuery {
        client_id: None,
        from: after(-1000),
        to: after(1000),
        before: (after(2000), "~"),
        limit,
    }
}

async fn ids(store: &Store, query: &RefusalQuery<'_>) -> Vec<String> {
    let found = store.list_refusals(query).await.unwrap();
    found.into_iter().map(|refusal| refusal.id).collect()
}

on_both! {
    async fn refusals_are_kept_as_they_are(db: TestDatabase) {
        let (one, two) = (refusal("one", now(), Some("web")), refusal("two", after(1), None));
        db.store.add_refusals(&[one.clone(), two.clone()]).await.unwrap();
        // A flush that was thought to have failed may be tried again.
        let again = Refusal { status: 500, ..one.clone() };
        db.store.add_refusals(&[again]).await.unwrap();
        assert_eq!(db.store.find_refusal("one").await.unwrap(), Some(one));
        assert_eq!(db.store.find_refusal("two").await.unwrap(), Some(two));
        assert_eq!(db.store.find_refusal("three").await.unwrap(), None);
        assert_eq!(db.count("refused_requests").await, 2);
        db.store.add_refusals(&[]).await.unwrap();
    }

    async fn a_list_is_of_a_client_and_a_time_newest_first(db: TestDatabase) {
        let rows = [
            refusal("a", now(), Some("web")), refusal("b", now(), Some("web")), refusal("c", after(5), Some("app")),
            refusal("d", after(-5), Some("web")), refusal("e", after(7), None),
        ];
        db.store.add_refusals(&rows).await.unwrap();
        assert_eq!(ids(&db.store, &all(9)).await, ["e", "c", "b", "a", "d"]);
        assert_eq!(ids(&db.store, &all(2)).await, ["e", "c"]);
        assert_eq!(ids(&db.store, &RefusalQuery { before: (after(5), "c"), ..all(2) }).await, ["b", "a"]);
        assert_eq!(ids(&db.store, &RefusalQuery { before: (now(), "b"), ..all(9) }).await, ["a", "d"], "of one instant, by id");
        let web = RefusalQuery { client_id: Some("web"), ..all(9) };
        assert_eq!(ids(&db.store, &web).await, ["b", "a", "d"]);
        assert_eq!(ids(&db.store, &RefusalQuery { from: now(), ..web.clone() }).await, ["b", "a"]);
        assert_eq!(ids(&db.store, &RefusalQuery { to: after(-1), ..web }).await, ["d"]);
        let other_case = RefusalQuery { client_id: Some("WEB"), ..all(9) };
        assert_eq!(ids(&db.store, &other_case).await, [""; 0]);
    }

    async fn the_sweep_bounds_age_and_count(db: TestDatabase) {
        let rows: Vec<Refusal> = (0..30).map(|n| refusal(&format!("{n:02}"), after(n), None)).collect();
        db.store.add_refusals(&rows).await.unwrap();
        assert_eq!(db.store.sweep_refusals(after(4), 100, 3).await.unwrap(), 3, "a batch");
        assert_eq!(db.store.sweep_refusals(after(4), 100, 3).await.unwrap(), 2, "to that instant");
        assert_eq!(db.store.sweep_refusals(after(4), 100, 3).await.unwrap(), 0);
        assert_eq!(db.count("refused_requests").await, 25);
        // Two nodes at once do not delete more than is beyond.
        let (one, other) = tokio::join!(
            db.store.sweep_refusals(after(-9), 10, 100),
            db.store.sweep_refusals(after(-9), 10, 100),
        );
        assert_eq!(one.unwrap() + other.unwrap(), 15);
        assert_eq!(ids(&db.store, &all(99)).await.len(), 10);
        assert_eq!(ids(&db.store, &all(1)).await, ["29"], "the newest stay");
        assert_eq!(db.store.sweep_refusals(after(-9) - TimeDelta::days(9), 0, 100).await.unwrap(), 10);
    }
}
