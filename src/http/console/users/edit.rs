//! An account and its roles: made, and changed.

use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::{at, find};
use crate::admin::managed::Kind;
use crate::admin::users::{self, NewUser, UserFields};
use crate::admin::{AdminError, roles};
use crate::http::console::flash::Done;
use crate::http::console::form::{self, Choice, Field, Form, Refusal};
use crate::http::console::frame::Section;
use crate::http::console::guard::{Admin, Answer, Posted, Stop};
use crate::http::console::managed::Lock;
use crate::model::secret::Secret;
use crate::model::user::{ADMIN_ROLE, User};
use crate::oauth::params::Params;

/// The form for a new one.
pub(super) async fn new(admin: Admin) -> Answer {
    show_new(&admin, None).await
}

/// Adds one.
pub(super) async fn add(admin: Admin, posted: Posted) -> Answer {
    if gives_admin(&posted, None) {
        admin.recent()?;
    }
    if let Some(refusal) = differ(&posted) {
        return show_new(&admin, Some((&posted, &refusal))).await;
    }
    let new = NewUser {
        username: form::text(&posted, "username"),
        email: Some(form::text(&posted, "email")),
        is_email_verified: form::is_ticked(&posted, "email_verified"),
        name: Some(form::text(&posted, "name")),
        roles: posted.all("roles").to_vec(),
        claims: Vec::new(),
        password: posted
            .get("password")
            .map(|password| Secret::new(password.to_owned())),
    };
    let pool = &admin.web.identity.passwords;
    match users::add(admin.app(), pool, &admin.by(), new).await {
        Ok(user) => Ok(admin.done(
            Done::UserAdded,
            user.display_name(),
            &at(&admin, &user.id.to_string(), &[]),
        )),
        Err(error) => {
            let refusal = refusal(error).map_err(|error| admin.failed(error))?;
            show_new(&admin, Some((&posted, &refusal))).await
        }
    }
}

/// The form for one that is there.
pub(super) async fn get(admin: Admin, id: Path<String>) -> Answer {
    let (user, _) = find(&admin, &id).await?;
    show(&admin, (&id, &user), None).await
}

/// Changes one.
pub(super) async fn post(admin: Admin, id: Path<String>, posted: Posted) -> Answer {
    let (user, _) = find(&admin, &id).await?;
    if gives_admin(&posted, Some(&user)) {
        admin.recent()?;
    }
    let fields = UserFields {
        email: Some(form::text(&posted, "email")),
        is_email_verified: Some(form::is_ticked(&posted, "email_verified")),
        name: Some(form::text(&posted, "name")),
        roles: Some(posted.all("roles").to_vec()),
        locale: None,
        claims: Vec::new(),
    };
    let by = admin.by_form(&posted)?;
    match users::change(admin.app(), &by, &user.id.to_string(), fields).await {
        Ok(user) => Ok(admin.done(
            Done::UserChanged,
            user.display_name(),
            &at(&admin, &id, &[]),
        )),
        Err(error) => {
            let refusal = refusal(error).map_err(|error| admin.failed(error))?;
            show(&admin, (&id, &user), Some((&posted, &refusal))).await
        }
    }
}

/// Whoever gets or loses the role that opens the console is asked about with the password given lately.
pub(in crate::http::console) fn gives_admin(posted: &Params, user: Option<&User>) -> bool {
    let is_after = posted.all("roles").iter().any(|role| role == ADMIN_ROLE);
    is_after != user.is_some_and(User::is_admin)
}

/// The password was not typed the same twice.
pub(super) fn differ(posted: &Params) -> Option<Refusal> {
    let is_same = posted.get("password") == posted.get("again");
    (!is_same).then(|| Refusal::new("again", "The two are not the same."))
}

/// In the words of a page, not of the command line.
pub(in crate::http::console) fn refusal(error: AdminError) -> Result<Refusal, AdminError> {
    match error {
        AdminError::Invalid {
            field: "email_verified",
            ..
        } => Ok(Refusal::new(
            "email_verified",
            "There is no e-mail address that could be verified.",
        )),
        AdminError::Invalid {
            field: "phone_number_verified",
            fault,
        } if fault.starts_with("there is no") => Ok(Refusal::new(
            "phone_number_verified",
            "There is no phone number that could be verified.",
        )),
        AdminError::AlreadyThere { what: "user", .. } => Ok(Refusal::new(
            "username",
            "Somebody has that username already.",
        )),
        AdminError::AlreadyThere { .. } => Ok(Refusal::new(
            "email",
            "Somebody has that e-mail address already.",
        )),
        error => Refusal::of(error),
    }
}

async fn show_new(admin: &Admin, sent: Option<(&Params, &Refusal)>) -> Answer {
    let (typed, refused) = (sent.map(|sent| sent.0), sent.map(|sent| sent.1));
    let min = admin.app().config.password.min_length;
    let form = Form::new(admin, admin.at(&["new", "user"]), "Add user")
        .field(
            Field::line("username", "Username")
                .help("What they sign in with, beside the e-mail address. It cannot be changed later.")
                .required()
                .value(typed, ""),
        )
        .fields(account(admin, None, typed).await?)
        .fields([
            Field::typed("password", "Password", "password")
                .help(format!("At least {min} characters. Without one they cannot sign in until one is set."))
                .autocomplete("new-password"),
            Field::typed("again", "The same password again", "password")
                .autocomplete("new-password"),
        ])
        .cancel(admin.at(&["users"]))
        .refused(typed, refused);
    let page = admin
        .page(Section::Users, "New user")
        .up("Users", admin.at(&["users"]))
        .with(form);
    Ok(admin.show_as(refused.map_or(StatusCode::OK, Refusal::status), &page))
}

async fn show(
    admin: &Admin,
    (id, user): (&str, &User),
    sent: Option<(&Params, &Refusal)>,
) -> Answer {
    let (typed, refused) = (sent.map(|sent| sent.0), sent.map(|sent| sent.1));
    let href = at(admin, id, &["edit"]);
    let form = Form::new(admin, href.clone(), "Save")
        .version(user.version)
        .fields(account(admin, Some(user), typed).await?)
        .cancel(at(admin, id, &[]))
        .refused(typed, refused);
    let page = admin
        .page(Section::Users, "Account and roles")
        .up(user.display_name(), at(admin, id, &[]));
    let lock = Lock::of(admin, (Kind::User, &user.username), typed).await?;
    let page = lock.put(page, form, &href);
    Ok(admin.show_as(refused.map_or(StatusCode::OK, Refusal::status), &page))
}

async fn account(
    admin: &Admin,
    user: Option<&User>,
    typed: Option<&Params>,
) -> Result<Vec<Field>, Stop> {
    let all = roles::list(admin.app()).await;
    let all = all.map_err(|error| admin.failed(error))?;
    let choices = all
        .iter()
        .map(|role| Choice::new(&role.name, &role.name).help(form::sentence(&role.description)));
    let text = |of: fn(&User) -> Option<&String>| user.and_then(of).cloned().unwrap_or_default();
    let is_verified = user.is_some_and(|user| user.is_email_verified);
    let has = user.map(|user| user.roles.join("\n")).unwrap_or_default();
    Ok(vec![
        Field::line("name", "Full name")
            .help("As it is shown to them and told to apps.")
            .value(typed, text(|user| user.name.as_ref())),
        Field::typed("email", "E-mail address", "email")
            .value(typed, text(|user| user.email.as_ref())),
        Field::tick("email_verified", "The address is verified")
            .help("Apps may rely on it: tick it only if you know that the address is theirs.")
            .value(typed, if is_verified { "yes" } else { "" }),
        Field::ticks("roles", "Roles", choices.collect())
            .help("What they are here. APIs decide by it what apps get for them.")
            .value(typed, has),
    ])
}
