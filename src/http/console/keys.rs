//! Signing keys: which there are, a new one in place of the old, and one that goes at once.

use actix_web::Scope;
use actix_web::web::{self, Path};

use super::confirm::Question;
use super::flash::Done;
use super::form::{self, Choice, Field, Form};
use super::frame::Section;
use super::guard::{Admin, Answer, Posted, Stop};
use super::pieces::{Cell, Link, Piece, Shape, State, Table};
use super::words;
use crate::admin::keys::{self, KeyView};
use crate::http::routes::resource;
use crate::model::signing_key::SigningAlg;

/// Their addresses.
pub(super) fn routes(scope: Scope) -> Scope {
    let both = "GET, POST";
    scope
        .service(resource("/keys", "GET").route(web::get().to(list)))
        .service(
            resource("/keys/{action:rotate|rotate-now}", both)
                .route(web::get().to(ask_rotate))
                .route(web::post().to(rotate)),
        )
        .service(
            resource("/keys/{kid}/remove", both)
                .route(web::get().to(ask_remove))
                .route(web::post().to(remove)),
        )
}

async fn all(admin: &Admin) -> Result<Vec<KeyView>, Stop> {
    let all = keys::list(admin.app()).await;
    all.map_err(|error| admin.failed(error))
}

async fn list(admin: Admin) -> Answer {
    let all = all(&admin).await?;
    let columns = [
        "Key",
        "Algorithm",
        "State",
        "Signs from",
        "Kept until",
        "Action",
    ];
    let table = Table::new("Keys", &columns)
        .rows(all.iter().map(|key| row(&admin, key)))
        .empty(vec![Cell::text(
            "There is no key: nothing can be signed. Restart the server, which makes what is missing.",
        )]);
    let every = admin.app().config.keys.rotation();
    let lead = match every {
        Some(every) => format!(
            "What tokens are signed with. New keys come by themselves, every {}.",
            words::span(every)
        ),
        None => {
            "What tokens are signed with. No new keys come by themselves: keys.rotate_every is off."
                .to_owned()
        }
    };
    let page = admin
        .page(Section::Keys, "Keys")
        .lead(lead)
        .action("New keys", admin.at(&["keys", "rotate"]))
        .with(table)
        .with(Piece::Links(vec![Link::new(
            "New keys that sign at once",
            admin.at(&["keys", "rotate-now"]),
        )]));
    Ok(admin.show(&page))
}

fn row(admin: &Admin, key: &KeyView) -> Vec<Cell> {
    let state = match key.state {
        "current" => State::cell(Shape::Good, "current: it signs"),
        "next" => State::cell(Shape::Waits, "next: published, signs later"),
        "retired" => State::cell(Shape::Off, "retired: its tokens still work"),
        _ => State::cell(Shape::Off, "gone"),
    };
    let is_signing = key.state == "current";
    vec![
        Cell::code(&key.kid),
        Cell::text(key.alg.as_str()),
        state,
        Cell::time(key.activates_at),
        match key.expires_at {
            Some(at) => Cell::time(at),
            None => Cell::muted("until another signs"),
        },
        if is_signing {
            Cell::muted("make another first")
        } else {
            let href = admin.at(&["keys", &key.kid, "remove"]);
            Cell::Link(Link::new("Remove", href).about(&key.kid))
        },
    ]
}

async fn ask_rotate(admin: Admin, action: Path<String>) -> Answer {
    admin.recent()?;
    let mut algs: Vec<SigningAlg> = all(&admin).await?.iter().map(|key| key.alg).collect();
    algs.retain(|alg| *alg != SigningAlg::HS256);
    algs.sort_unstable();
    algs.dedup();
    let mut choices = vec![Choice::new("", "Every algorithm that there are keys of")];
    choices.extend(
        algs.iter()
            .map(|alg| Choice::new(alg.as_str(), alg.as_str())),
    );
    let is_now = *action == "rotate-now";
    let (title, submit, effects) = if is_now {
        ("New keys that sign at once?", "Make keys that sign now", vec![
            "The new keys sign from now on.".to_owned(),
            "Apps and APIs that hold an older copy of the key set refuse tokens until they fetch it anew: many do so at once, some not for hours.".to_owned(),
            "The old keys stay published until their last token has expired. One that leaked is to be removed afterwards.".to_owned(),
        ])
    } else {
        let wait = admin.app().config.keys.publish_before_use;
        let wait = words::span(wait);
        ("New keys?", "Make keys", vec![
            format!("They are published at once, and sign after {wait}. Until then all who verify tokens learn of them."),
            "The old keys stay published until their last token has expired. Nobody notices anything.".to_owned(),
        ])
    };
    let form = Form::new(&admin, admin.at(&["keys", &action]), submit)
        .field(Field::select("alg", "Of which algorithm", choices).value(None, ""))
        .cancel(admin.at(&["keys"]));
    let form = if is_now { form.dangerous() } else { form };
    let page = admin
        .page(Section::Keys, title)
        .up("Keys", admin.at(&["keys"]))
        .with(Piece::List(effects.into_iter().map(Cell::Text).collect()))
        .with(form);
    Ok(admin.show(&page))
}

async fn rotate(admin: Admin, action: Path<String>, posted: Posted) -> Answer {
    admin.recent()?;
    let alg = form::text(&posted, "alg");
    let alg = match alg.as_str() {
        "" => None,
        name => Some(name.parse().map_err(|_: String| admin.missing())?),
    };
    let made = keys::rotate(admin.app(), &admin.by(), alg, *action == "rotate-now").await;
    let made = made.map_err(|error| admin.failed(error))?;
    let algs: Vec<&str> = made.iter().map(|key| key.alg.as_str()).collect();
    Ok(admin.done(Done::KeysMade, &algs.join(", "), &admin.at(&["keys"])))
}

async fn ask_remove(admin: Admin, kid: Path<String>) -> Answer {
    admin.recent()?;
    let found = all(&admin).await?.into_iter().find(|key| key.kid == *kid);
    let key = found.ok_or_else(|| admin.missing())?;
    let effect = match key.state {
        "next" => {
            "It has signed nothing yet; nobody loses anything. The current key goes on signing."
        }
        "current" => "It signs. Make another that signs at once before.",
        _ => {
            "Tokens that it signed and that have not expired are refused from then on, by each as soon as they fetch the key set anew. People sign in again."
        }
    };
    let question = Question {
        section: Section::Keys,
        title: format!("Remove the {} key {}?", key.alg.as_str(), key.kid),
        effects: vec![effect.to_owned(), "This cannot be undone.".to_owned()],
        submit: "Remove",
        action: admin.at(&["keys", &kid, "remove"]),
        version: None,
        back: &admin.at(&["keys"]),
        overrides: false,
    };
    Ok(admin.show(&question.page(&admin)))
}

async fn remove(admin: Admin, kid: Path<String>) -> Answer {
    admin.recent()?;
    let removed = keys::remove(admin.app(), &admin.by(), &kid).await;
    removed.map_err(|error| admin.failed(error))?;
    Ok(admin.done(Done::KeyRemoved, &kid, &admin.at(&["keys"])))
}
