//! Invitations: the list of those that nobody has accepted yet, making one, withdrawing one.

use actix_web::http::StatusCode;
use actix_web::web::{self, Path};
use actix_web::{HttpResponse, Scope};

use super::confirm::Question;
use super::flash::Done;
use super::form::{self, Choice, Field, Form, Refusal};
use super::frame::{Page, Section};
use super::guard::{Admin, Answer, Posted};
use super::listing::Listing;
use super::pieces::{Cell, Fact, Link, Moment, Notice, Piece, Table};
use super::users::{gives_admin, refusal};
use crate::admin::invitations::{self, NewInvitation};
use crate::admin::roles;
use crate::admin::users::Delivery;
use crate::http::routes::resource;
use crate::model::invitation::Invitation;
use crate::oauth::params::Params;
use crate::texts::Language;

const FIRST: &str = "invitations";
const COLUMNS: [&str; 5] = ["E-mail", "Roles", "Sent", "Ends", "Action"];

/// Their addresses.
pub(super) fn routes(scope: Scope) -> Scope {
    let both = "GET, POST";
    scope
        .service(resource("/invitations", "GET").route(web::get().to(list)))
        .service(
            resource("/new/invitation", both)
                .route(web::get().to(new))
                .route(web::post().to(add)),
        )
        .service(
            resource("/invitations/{id}/withdraw", both)
                .route(web::get().to(ask))
                .route(web::post().to(withdraw)),
        )
}

async fn list(admin: Admin) -> Answer {
    let listing = Listing::read(&admin, admin.at(&[FIRST]), &[]);
    let found = invitations::find(admin.app(), &listing.paging).await;
    let found = found.map_err(|error| admin.failed(error))?;
    let table = Table::new("Invitations", &COLUMNS)
        .rows(found.items.iter().map(|one| row(&admin, one)))
        .empty(vec![Cell::text(
            "Nobody is invited who has not accepted yet.",
        )]);
    let page = admin
        .page(Section::Users, "Invitations")
        .up("Users", admin.at(&["users"]))
        .lead("Whoever is invited makes an account of their own by a link, once.")
        .action("Invite a person", admin.at(&["new", "invitation"]));
    let page = with_notice(&admin, page);
    Ok(admin.show(&page.with(listing.paged(table, &found))))
}

fn row(admin: &Admin, invitation: &Invitation) -> Vec<Cell> {
    let id = invitation.id.to_string();
    let terms = &invitation.terms;
    let withdraw = Link::new("Withdraw", admin.at(&[FIRST, &id, "withdraw"]));
    vec![
        Cell::text(&invitation.email),
        if terms.roles.is_empty() {
            Cell::muted("none")
        } else {
            Cell::Tags(terms.roles.clone())
        },
        Cell::text(if terms.is_mailed {
            "by mail"
        } else {
            "by hand"
        }),
        Cell::time(invitation.expires_at),
        Cell::Link(withdraw.about(&invitation.email)),
    ]
}

/// By the settings nobody can accept any.
fn with_notice(admin: &Admin, page: Page) -> Page {
    if admin.app().config.sign_up.is_by_invitation() {
        return page;
    }
    let mut notice =
        Notice::bad("Nobody can be invited, nor accept an invitation: sign_up.mode is off.");
    notice.link = Some(Link::new("Settings", admin.at(&["settings"])));
    page.with(notice)
}

async fn new(admin: Admin) -> Answer {
    show(&admin, None).await
}

async fn add(admin: Admin, posted: Posted) -> Answer {
    if gives_admin(&posted, None) {
        admin.recent()?;
    }
    let delivery = if form::is_ticked(&posted, "mail") {
        Delivery::Mail
    } else {
        Delivery::ByHand
    };
    let new = NewInvitation {
        email: form::text(&posted, "email"),
        username: Some(form::text(&posted, "username")),
        name: Some(form::text(&posted, "name")),
        roles: posted.all("roles").to_vec(),
        locale: Some(form::text(&posted, "locale")),
        delivery,
    };
    match invitations::add(admin.app(), &admin.by(), new).await {
        Ok((invitation, Some(link))) => Ok(made(&admin, &invitation, link.expose())),
        Ok((invitation, None)) => {
            let list = admin.at(&[FIRST]);
            Ok(admin.done(Done::InvitationMailed, &invitation.email, &list))
        }
        Err(error) => {
            let refusal = refusal(error).map_err(|error| admin.failed(error))?;
            show(&admin, Some((&posted, &refusal))).await
        }
    }
}

/// The link, this once: no redirect, because nothing may keep it on the way.
fn made(admin: &Admin, invitation: &Invitation, link: &str) -> HttpResponse {
    let until = Moment::new(invitation.expires_at).people;
    let page = admin
        .page(
            Section::Users,
            format!("The invitation of {}", invitation.email),
        )
        .up("Invitations", admin.at(&[FIRST]))
        .with(Notice {
            is_bad: false,
            text: "The link is shown this once. Give it to the one whom it is for: whoever has it can make the account.".to_owned(),
            link: None,
        })
        .with(Piece::Facts(vec![
            Fact::new("Link", Cell::code(link)),
            Fact::new("Works until", Cell::text(until)),
        ]));
    admin.show(&page)
}

async fn show(admin: &Admin, sent: Option<(&Params, &Refusal)>) -> Answer {
    let (typed, refused) = (sent.map(|sent| sent.0), sent.map(|sent| sent.1));
    let all = roles::list(admin.app()).await;
    let all = all.map_err(|error| admin.failed(error))?;
    let choices = all
        .iter()
        .map(|role| Choice::new(&role.name, &role.name).help(form::sentence(&role.description)));
    let has_mail = admin.app().mailer.is_set_up();
    let mail = Field::tick("mail", "Mail the link to them").help(if has_mail {
        "Whoever opens it shows by that that the address is theirs. Else the link is shown here once, to be handed over."
    } else {
        "Mail is not set up, so the link is shown here once, to be handed over."
    });
    let languages = Language::ALL.map(|it| Choice::new(it.tag(), it.own_name()));
    let languages = languages.into();
    let form = Form::new(admin, admin.at(&["new", "invitation"]), "Invite")
        .field(
            Field::typed("email", "E-mail address", "email")
                .help("The address of the account. An invitation of the same address from before ends.")
                .required()
                .value(typed, ""),
        )
        .field(
            Field::line("username", "Username")
                .help("A proposal: they may choose another.")
                .value(typed, ""),
        )
        .field(
            Field::line("name", "Full name")
                .help("A proposal too.")
                .value(typed, ""),
        )
        .field(
            Field::ticks("roles", "Roles", choices.collect())
                .help("What they will be here. APIs decide by it what apps get for them.")
                .value(typed, ""),
        )
        .field(mail.value(typed, if has_mail { "yes" } else { "" }))
        .field(
            Field::select("locale", "Language of the mail", languages)
                .help("They choose the language of the pages themselves.")
                .value(typed, Language::default().tag()),
        )
        .cancel(admin.at(&[FIRST]))
        .refused(typed, refused);
    let page = admin
        .page(Section::Users, "Invite a person")
        .up("Invitations", admin.at(&[FIRST]));
    let page = with_notice(admin, page).with(form);
    Ok(admin.show_as(refused.map_or(StatusCode::OK, Refusal::status), &page))
}

async fn ask(admin: Admin, id: Path<String>) -> Answer {
    admin.recent()?;
    let invitation = invitations::show(admin.app(), &id).await;
    let invitation = invitation.map_err(|error| admin.failed(error))?;
    let question = Question {
        section: Section::Users,
        title: format!("Withdraw the invitation of {}?", invitation.email),
        effects: vec![
            "Its link leads nowhere any more.".to_owned(),
            "They are not told, and may be invited again.".to_owned(),
        ],
        submit: "Withdraw",
        action: admin.at(&[FIRST, &id, "withdraw"]),
        version: None,
        back: &admin.at(&[FIRST]),
        overrides: false,
    };
    Ok(admin.show(&question.page(&admin)))
}

async fn withdraw(admin: Admin, id: Path<String>) -> Answer {
    admin.recent()?;
    let invitation = invitations::show(admin.app(), &id).await;
    let invitation = invitation.map_err(|error| admin.failed(error))?;
    let done = invitations::withdraw(admin.app(), &admin.by(), &id).await;
    done.map_err(|error| admin.failed(error))?;
    let list = admin.at(&[FIRST]);
    Ok(admin.done(Done::InvitationWithdrawn, &invitation.email, &list))
}
