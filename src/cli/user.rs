//! `placet user`: people who sign in.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::output::{self, Failure, Output, fields, instant, joined, yes};
use super::{invitation, password, role, upstream_account};
use crate::admin::users::{self, Delivery, NewUser, UserFields, UserFilter, UserView};
use crate::admin::{By, consents};
use crate::app::App;
use crate::config::Config;
use crate::model::claims::UserClaims;
use crate::model::user::User;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Give somebody an account
    Add(Add),
    /// Everybody, or those that are asked for
    List(List),
    /// One person, by username, e-mail address or id
    Show { name: String },
    /// Change what is given; an empty value takes one away
    Update(Update),
    /// Bar the way in, and end every session and grant
    Disable { name: String },
    /// Let a disabled user sign in again
    Enable { name: String },
    /// Remove somebody with all that is theirs
    Remove { name: String },
    /// Take back what somebody allowed an app, and end what it got by that
    Disconnect {
        name: String,
        /// The app's client_id
        #[arg(long, value_name = "ID")]
        client: String,
    },
    /// Make a link with which somebody can set a password, once, within half an hour
    ResetLink {
        name: String,
        /// Mail it to the user's address instead of printing it
        #[arg(long)]
        mail: bool,
    },
    /// Invite somebody, who then chooses a username and a password
    Invite(invitation::Invite),
    /// Invitations that nobody has accepted yet
    Invitations,
    /// End an invitation: its link leads nowhere any more
    WithdrawInvitation {
        /// As `placet user invitations` shows it
        id: String,
    },
    /// Take passkeys, authenticator app and recovery codes away from somebody who lost them
    RemoveFactors { name: String },
    /// The accounts elsewhere with which somebody signs in
    UpstreamAccounts { name: String },
    /// Take one of them away
    RemoveUpstreamAccount {
        name: String,
        /// As `upstream-accounts` shows it
        #[arg(allow_hyphen_values = true)]
        id: String,
    },
    /// Set a password, and end the user's sessions
    Password {
        name: String,
        /// Read the password from the first line of stdin
        #[arg(long)]
        password_stdin: bool,
    },
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// A part of the username, the e-mail address or the full name
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Those who have this role
    #[arg(long)]
    role: Option<String>,
    /// Those who are disabled
    #[arg(long)]
    disabled: bool,
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// The username
    name: String,
    #[arg(long)]
    email: Option<String>,
    /// The address was checked to be theirs
    #[arg(long)]
    email_verified: bool,
    /// The full name
    #[arg(long = "name", id = "full_name", value_name = "NAME")]
    full_name: Option<String>,
    /// A role, in tokens as `roles` (repeat); admin opens the console
    #[arg(long = "role", alias = "roles", value_name = "ROLE")]
    roles: Vec<String>,
    /// A standard claim (repeat), such as phone_number=+442079460000 or address.locality=London
    #[arg(long = "claim", value_name = "NAME=VALUE", value_parser = claim)]
    claims: Vec<(String, String)>,
    /// Read the password from the first line of stdin; else it is asked for at the terminal
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, Args)]
pub(super) struct Update {
    name: String,
    #[arg(long)]
    email: Option<String>,
    /// The address was checked to be theirs
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    email_verified: Option<bool>,
    /// The full name
    #[arg(long = "name", id = "full_name", value_name = "NAME")]
    full_name: Option<String>,
    /// A role (repeat); those given replace the others
    #[arg(long = "role", alias = "roles", value_name = "ROLE")]
    roles: Option<Vec<String>>,
    /// A standard claim (repeat), such as phone_number=+442079460000 or address.locality=London; an empty value takes it away
    #[arg(long = "claim", value_name = "NAME=VALUE", value_parser = claim)]
    claims: Vec<(String, String)>,
}

impl Update {
    /// Who it is, and what is to be changed.
    fn fields(self) -> (String, UserFields) {
        let fields = UserFields {
            email: self.email,
            is_email_verified: self.email_verified,
            name: self.full_name,
            roles: self.roles,
            locale: None,
            claims: self.claims,
        };
        (self.name, fields)
    }
}

fn claim(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=');
    let (name, value) = pair.ok_or("it is written NAME=VALUE, such as nickname=Ada")?;
    Ok((name.to_owned(), value.to_owned()))
}

pub(super) async fn run(command: Command, config: Config, output: Output) -> Result<(), Failure> {
    let by = By::command_line();
    match command {
        Command::Add(new) => add(new, config, output).await,
        Command::List(which) => list(which, config, output).await,
        Command::Show { name } => {
            let app = super::open(config).await?;
            let user = users::show(&app, &name).await?;
            print(output, &app, &user).await
        }
        Command::Update(update) => {
            let app = super::open(config).await?;
            let (name, fields) = update.fields();
            let roles = fields.roles.as_deref().unwrap_or_default();
            let new_roles = role::new_ones(&app, roles).await?;
            let user = users::change(&app, &by, &name, fields).await?;
            role::note_made(&new_roles);
            print(output, &app, &user).await
        }
        Command::Disable { name } => {
            let app = super::open(config).await?;
            let user = users::disable(&app, &by, &name).await?;
            print(output, &app, &user).await
        }
        Command::Enable { name } => {
            let app = super::open(config).await?;
            let user = users::enable(&app, &by, &name).await?;
            print(output, &app, &user).await
        }
        Command::RemoveFactors { name } => remove_factors(&name, config, output).await,
        Command::UpstreamAccounts { name } => upstream_account::list(&name, config, output).await,
        Command::RemoveUpstreamAccount { name, id } => {
            upstream_account::remove((&name, &id), config, output).await
        }
        Command::Remove { name } => {
            users::remove(&super::open(config).await?, &by, &name).await?;
            output.print(&json!({ "username": name, "removed": true }), || {
                format!("removed user {name}\n")
            })
        }
        Command::Disconnect { name, client } => disconnect((&name, &client), config, output).await,
        Command::Invite(new) => invitation::invite(new, config, output).await,
        Command::Invitations => invitation::list(config, output).await,
        Command::WithdrawInvitation { id } => invitation::withdraw(&id, config, output).await,
        Command::ResetLink { name, mail } => reset_link(&name, mail, config, output).await,
        Command::Password {
            name,
            password_stdin,
        } => set_password(&name, password_stdin, config, output).await,
    }
}

async fn disconnect(
    (name, client): (&str, &str),
    config: Config,
    output: Output,
) -> Result<(), Failure> {
    let app = super::open(config).await?;
    consents::withdraw(&app, &By::command_line(), name, client).await?;
    output.print(
        &json!({ "username": name, "client_id": client, "disconnected": true }),
        || format!("{client} is disconnected from {name}\n"),
    )
}

async fn remove_factors(name: &str, config: Config, output: Output) -> Result<(), Failure> {
    let app = super::open(config).await?;
    let had = users::show(&app, name).await?.second_factors();
    let user = users::remove_factors(&app, &By::command_line(), name).await?;
    let claims = users::claims_of(&app, &user).await?;
    output.print(&UserView::with_claims(&user, &claims), || {
        joined(&had, ", ").map_or_else(
            || format!("{name} had no second factor\n"),
            |had| format!("took from {name}: {had}, and the recovery codes\n"),
        )
    })
}

async fn reset_link(
    name: &str,
    is_mailed: bool,
    config: Config,
    output: Output,
) -> Result<(), Failure> {
    let app = super::open(config).await?;
    let delivery = if is_mailed {
        Delivery::Mail
    } else {
        Delivery::ByHand
    };
    let link = users::reset_link(&app, &By::command_line(), name, delivery).await?;
    let url = (!is_mailed).then(|| link.url.expose());
    output.print(
        &json!({ "username": name, "mailed": is_mailed, "link": url, "expires_at": link.expires_at }),
        || match url {
            Some(url) => format!("{url}\n(works once, until {})\n", instant(link.expires_at)),
            None => "queued; a running server sends it\n".to_owned(),
        },
    )
}

async fn add(new: Add, config: Config, output: Output) -> Result<(), Failure> {
    let password = if new.password_stdin {
        Some(password::from_stdin()?)
    } else {
        password::from_terminal()?
    };
    let pool = password::pool(&config)?;
    let new = NewUser {
        username: new.name,
        email: new.email,
        is_email_verified: new.email_verified,
        name: new.full_name,
        roles: new.roles,
        claims: new.claims,
        password,
    };
    let app = super::open(config).await?;
    let new_roles = role::new_ones(&app, &new.roles).await?;
    let user = users::add(&app, &pool, &By::command_line(), new).await?;
    role::note_made(&new_roles);
    print(output, &app, &user).await
}

async fn set_password(
    name: &str,
    is_stdin: bool,
    config: Config,
    output: Output,
) -> Result<(), Failure> {
    let password = if is_stdin {
        Some(password::from_stdin()?)
    } else {
        password::from_terminal()?
    };
    let Some(password) = password else {
        return Err(Failure::usage(
            "password: stdin is not a terminal; give the password there with --password-stdin",
        ));
    };
    let pool = password::pool(&config)?;
    let app = super::open(config).await?;
    let user = users::set_password(&app, &pool, &By::command_line(), name, password).await?;
    print(output, &app, &user).await
}

async fn list(which: List, config: Config, output: Output) -> Result<(), Failure> {
    let app = super::open(config).await?;
    let filter = UserFilter {
        search: which.search,
        role: which.role,
        is_enabled: which.disabled.then_some(false),
    };
    let all = super::every(async |paging| users::find(&app, &filter, paging).await).await?;
    let views: Vec<UserView<'_>> = all.iter().map(UserView::from).collect();
    output.print(&views, || {
        let row = |user: &User| {
            let state = if user.is_enabled() {
                "enabled"
            } else {
                "disabled"
            };
            let email = user.email.clone().unwrap_or_default();
            [
                user.username.clone(),
                state.to_owned(),
                email,
                user.roles.join(" "),
            ]
        };
        output::table(
            ["username", "state", "email", "roles"],
            &all.iter().map(row).collect::<Vec<_>>(),
        )
    })
}

async fn print(output: Output, app: &App, user: &User) -> Result<(), Failure> {
    let claims = users::claims_of(app, user).await?;
    let elsewhere = users::upstream_accounts(app, &user.id.to_string()).await?;
    let elsewhere: Vec<String> = elsewhere.into_iter().map(|it| it.provider).collect();
    let second_factors = user.second_factors();
    let second_factors: Vec<String> = second_factors.into_iter().map(str::to_owned).collect();
    let has_way_in = users::has_way_in(app, user).await?;
    let or_none = |list: &[String]| Some(joined(list, " ").unwrap_or_else(|| "none".to_owned()));
    output.print(&UserView::with_claims(user, &claims), || {
        let mut text = fields(&[
            ("id", Some(user.id.to_string())),
            ("username", Some(user.username.clone())),
            ("email", user.email.clone()),
            (
                "email_verified",
                user.email.as_ref().map(|_| yes(user.is_email_verified)),
            ),
            ("name", user.name.clone()),
            ("roles", joined(&user.roles, " ")),
            ("locale", user.locale.clone()),
            ("second_factors", or_none(&second_factors)),
            ("upstream_accounts", or_none(&elsewhere)),
            ("claims", joined(&claim_lines(&claims), "; ")),
            ("disabled", Some(yes(!user.is_enabled()))),
            ("created_at", Some(instant(user.created_at))),
        ]);
        if !has_way_in {
            text.push_str("\nNo password is set yet, so nobody can sign in: placet user password ");
            text.push_str(&user.username);
            text.push('\n');
        }
        text
    })
}

/// `name=value`, as it is given.
fn claim_lines(claims: &UserClaims) -> Vec<String> {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let mut lines = Vec::new();
    for (name, value) in &claims.values {
        match value {
            Value::Object(members) => lines.extend(
                members
                    .iter()
                    .map(|(member, value)| format!("{name}.{member}={}", text(value))),
            ),
            value => lines.push(format!("{name}={}", text(value))),
        }
    }
    lines.sort_unstable();
    lines
}
