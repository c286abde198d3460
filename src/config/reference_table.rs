//! The table of all settings. To add one: a field in `mod.rs`, a row here, and `PLACET_TEST_BLESS=1 cargo test example` for the example file.

use super::reference::{Kind, Setting};

const fn given(
    key: &'static str,
    kind: Kind,
    default: &'static str,
    help: &'static str,
) -> Setting {
    Setting {
        key,
        default: Some(default),
        example: default,
        kind,
        help,
    }
}

const fn unset(
    key: &'static str,
    kind: Kind,
    example: &'static str,
    help: &'static str,
) -> Setting {
    Setting {
        key,
        default: None,
        example,
        kind,
        help,
    }
}

impl Setting {
    /// Where the default is not what one would write.
    const fn such_as(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }
}

const fn range(min: u64, max: u64) -> Kind {
    Kind::Number { min, max }
}

const fn span(min: &'static str, max: &'static str) -> Kind {
    Kind::Duration { min, max }
}

/// In the order of the example file. Examples of secrets are refused where they can be, so that no copied one is ever in use.
pub(super) const SETTINGS: &[Setting] = &[
    given("listen", Kind::Text, "127.0.0.1:8080", "Address and port to listen on. Port 0 takes any free one."),
    given("issuer", Kind::Text, "http://localhost:8080", "This server's URL as browsers and clients see it, and its name in tokens. Must be https unless its host is loopback; no query, no fragment, no slash at the end. Clients compare it byte for byte, so do not change it later.").such_as("https://id.example.com"),
    given("name", Kind::Text, "Placet", "The installation's name, shown on its pages."),
    given("locale", Kind::Choice(&["en", "de", "fr", "es", "pt", "it", "pl", "ja", "zh-Hans", "ar"]), "en", "The language of pages for browsers that ask for none of these, and of mails to people whose language nobody knows: they have chosen none, and did not make their account themselves.").such_as("de"),
    given("database_url", Kind::Secret, "sqlite://data/placet.db", "Where the data is: a SQLite file, or postgres://user@host/database. The plain variable DATABASE_URL is read too."),
    unset("database_url_file", Kind::Text, "/run/secrets/database_url", "A file that holds database_url."),
    unset("database_password", Kind::Secret, "<yours>", "The password for a Postgres database_url that has a user name but no password in it. It is percent-encoded for you."),
    unset("database_password_file", Kind::Text, "/run/secrets/database_password", "A file that holds database_password."),
    unset("secret_key", Kind::Secret, "<output of: openssl rand -base64 32>", "32 random bytes in base64, from `openssl rand -base64 32`. Protects signing keys at rest, and cookies. On SQLite it is made beside the database on the first run; on Postgres it must be given, the same to every node."),
    unset("secret_key_file", Kind::Text, "/run/secrets/secret_key", "A file that holds secret_key."),
    unset("admin_username", Kind::Text, "admin", "Makes the first administrator at start, for containers; without it a set-up link is printed. Does nothing once there is one."),
    unset("admin_password", Kind::Secret, "<yours>", "The first administrator's password."),
    unset("admin_password_file", Kind::Text, "/run/secrets/admin_password", "A file that holds admin_password."),
    unset("admin_email", Kind::Text, "admin@example.com", "The first administrator's e-mail address."),
    unset("trusted_proxies", Kind::List, "10.0.0.0/8,192.168.1.7", "IP addresses and networks of the proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; from anyone else they are ignored. X-Forwarded-Host is never read."),
    given("workers", range(0, 256), "0", "Threads that serve requests; 0: one for each core."),
    given("shutdown_timeout", span("0s", "5m"), "10s", "How long running requests may go on after the signal to stop."),
    given("log", Kind::Text, "info", "What is logged: error, warn, info, debug or trace, also by module, such as \"info,placet::oauth=debug\"."),
    given("log_format", Kind::Choice(&["text", "json"]), "text", "How log lines are written."),
    unset("branding.logo_file", Kind::Text, "/etc/placet/logo.svg", "The installation's logo, at the head of its pages: PNG, JPEG, GIF, WebP or SVG, at most 64 KiB."),
    unset("branding.accent", Kind::Text, "#0f6a5b", "The colour of links and main buttons, as #rrggbb. It must be readable on a light page (contrast 4.5, WCAG 2.2), and the start says what would be if it is not."),
    unset("branding.accent_dark", Kind::Text, "#6fcdb6", "The same on dark pages. Where it is left out it is made of branding.accent."),
    unset("branding.privacy_uri", Kind::Text, "https://example.com/privacy", "The installation's privacy notice, at the foot of its pages."),
    unset("branding.terms_uri", Kind::Text, "https://example.com/terms", "The installation's terms."),
    unset("branding.help_uri", Kind::Text, "mailto:help@example.com", "Where people find help."),
    given("database.max_connections", range(0, 1000), "0", "Connections to the database; 0: 4 for each core, at least 8. Mind Postgres' own limit when there are several nodes."),
    given("database.synchronous", Kind::Choice(&["normal", "full"]), "normal", "SQLite: with normal a loss of power may undo the last commits (never more); with full it may not, and each write waits for the disk."),
    given("database.migrate", Kind::Switch, "true", "Whether `placet serve` applies the schema; if not, run `placet migrate` before."),
    unset("outgoing.allow_hosts", Kind::List, "localhost:9000", "host:port values that this server may call though they are loopback or private; plain http is allowed for these. For tests and closed networks."),
    unset("outgoing.extra_ca_file", Kind::Text, "/etc/ssl/certs/example-ca.pem", "A PEM file of certificate authorities to believe besides the usual ones, for calls that this server makes."),
    Setting { example: "smtp", ..given("mail.transport", Kind::Choice(&["none", "smtp", "file"]), "none", "How mail leaves: not at all (then nothing that needs it is offered, such as setting a forgotten password), by a mail server, or as files in mail.folder, for development.") },
    unset("mail.from", Kind::Text, "Acme <id@acme.example>", "Whom mails are from: an address, or a name with one."),
    unset("mail.smtp_url", Kind::Secret, "smtps://placet@mail.example.com", "The mail server: smtps://host (TLS from the start, port 465), smtp+starttls://host (TLS by STARTTLS, port 587) or smtp://host (no TLS, port 25); with user name and, percent-encoded, password where it wants them. Certificates are checked; see outgoing.extra_ca_file."),
    unset("mail.smtp_url_file", Kind::Text, "/run/secrets/smtp_url", "A file that holds mail.smtp_url."),
    unset("mail.smtp_password", Kind::Secret, "<yours>", "The password for a mail.smtp_url that has a user name but no password in it."),
    unset("mail.smtp_password_file", Kind::Text, "/run/secrets/smtp_password", "A file that holds mail.smtp_password."),
    given("mail.allow_plain", Kind::Switch, "false", "Whether smtp:// without TLS may lead to another machine than this one. Whoever listens in between then reads the links."),
    given("mail.folder", Kind::Text, "data/mail", "Where mail.transport = \"file\" puts mails, as .eml files."),
    given("tokens.access_ttl", span("1s", "24h"), "10m", "How long an access token is good, unless the resource says otherwise."),
    given("tokens.refresh_idle_ttl", span("1m", "3650d"), "30d", "A refresh token that is not used for this long is dead."),
    given("tokens.refresh_max_ttl", span("1m", "3650d"), "365d", "After this long a person must sign in again, however often the refresh token was used."),
    given("tokens.refresh_retry_window", span("0s", "60s"), "10s", "Within this long the refresh token before the newest may come once more, because the answer was lost, and is answered again; later it counts as stolen and ends the whole family."),
    given("tokens.code_ttl", span("1s", "10m"), "60s", "How long an authorization code is good."),
    given("tokens.id_ttl", span("1s", "24h"), "10m", "How long an ID token is good."),
    given("sessions.idle_ttl", span("1m", "365d"), "12h", "A browser that did nothing for this long must sign in again."),
    given("sessions.max_ttl", span("1m", "365d"), "14d", "A browser must sign in again after this long at any rate."),
    given("requests.ttl", span("5m", "24h"), "60m", "How long a sign-in or consent page may stay open before one must start anew at the application."),
    given("password.min_length", range(8, 64), "8", "The least number of characters in a new password. 15 is the usual advice where there is no second factor."),
    given("password.min_strength", range(0, 4), "2", "How hard to guess a new password must be, by zxcvbn: 0 takes any, 1 refuses what is on the lists of common passwords, 2 what is guessed in under a hundred million tries, 4 asks for ten billion."),
    given("password_hash.memory_kib", range(8, 1_048_576), "19456", "Memory for one password hash (argon2id), in KiB; each hashing thread keeps this much. Existing hashes are renewed at the next sign-in."),
    given("password_hash.iterations", range(1, 100), "2", "Passes over that memory."),
    given("password_hash.parallelism", range(1, 64), "1", "Lanes of that memory; 8 KiB are needed for each."),
    given("password_hash.threads", range(0, 256), "0", "Threads that hash passwords; 0: one for each core."),
    given("password_hash.queue", range(1, 100_000), "256", "How many sign-ins may wait for such a thread; the next one is told to try again shortly."),
    given("sign_in.attempts_per_account", range(1, 1000), "10", "Wrong passwords for one account from one address within the window; then that address must wait."),
    given("sign_in.attempts_per_account_everywhere", range(1, 100_000), "100", "Wrong passwords for one account from all addresses together within the window."),
    given("sign_in.attempts_per_address", range(1, 100_000), "100", "Wrong passwords from one address for all accounts together within the window."),
    given("sign_in.attempts_per_network", range(1, 1_000_000), "1000", "The same from all addresses around it together: an IPv4 /24, an IPv6 /48."),
    given("sign_in.window", span("10s", "24h"), "15m", "How long a wrong password counts."),
    given("second_factor.required", Kind::Switch, "false", "Whether everybody must have a second factor: a passkey, or an app that shows codes. Whoever has none is led to set one up; whoever has one is always asked for it."),
    unset("second_factor.required_for_roles", Kind::List, "admin", "Only people with one of these roles must have a second factor."),
    given("sign_up.mode", Kind::Choice(&["off", "invitation", "open"]), "off", "Whether people make accounts themselves: not at all, where an administrator invited them, or anyone who can read mail at the address that they give; invitations work with open too. Open needs mail."),
    unset("sign_up.allowed_email_domains", Kind::List, "example.com", "With mode open: the domains of the addresses that may sign up, each named in full; none: all. Whoever was invited may have any."),
    unset("sign_up.roles", Kind::List, "member", "The roles of everybody who signs up uninvited; those that are not there yet are made. Never admin."),
    given("sign_up.invitation_ttl", span("1h", "90d"), "7d", "How long an invitation is good."),
    unset("upstream.file", Kind::Text, "/etc/placet/providers.toml", "A TOML file of [[provider]] tables: providers such as Google, Microsoft, GitHub or another Placet with whose accounts people may sign in here. What stands in it: docs/upstream.md."),
    given("registration.mode", Kind::Choice(&["closed", "token", "open"]), "closed", "Whether clients may register themselves: not at all, with an initial access token from `placet registration-token add`, or freely within the limits below."),
    given("registration.scope", Kind::List, "openid,profile,email,address,phone,offline_access", "The scopes that a client may register for itself; it gets all of them where it names none."),
    given("registration.allow_legacy_response_types", Kind::Switch, "false", "Whether such a client may have the implicit and hybrid response types, which put tokens into addresses."),
    given("registration.max_clients", range(1, 1_000_000), "10000", "How many clients that registered themselves there may be."),
    given("registration.max_per_hour_per_address", range(1, 100_000), "20", "With mode open: how many clients one address may register within an hour. It also bounds how often a client may change its registration."),
    given("registration.unused_ttl", span("5m", "365d"), "7d", "A client that registered itself and that nobody has allowed anything within this time is removed."),
    given("keys.publish_before_use", span("5m", "7d"), "10m", "How long a new signing key is in the key set before it signs, so that everyone who keeps a copy of the set has it in time. Copies are good for half of that, at most 5m."),
    given("keys.rotate_every", span("0s", "3650d"), "90d", "How long a signing key signs until its successor does, which the server makes by itself; at least 1d. 0s turns that off: then keys change by `placet key rotate` alone."),
    given("account.profile_editable", Kind::Switch, "true", "Whether people may change their name, picture, phone number, postal address and the like under /account; the language of the pages they may always choose."),
    given("account.deletable", Kind::Switch, "false", "Whether people may delete their account themselves, with all that is theirs; the last administrator may not."),
    given("audit.retention", span("1d", "3650d"), "365d", "How long audit events are kept; they go by the day."),
    given("audit.export", Kind::Text, "off", "Where audit events are written to as lines of JSON, beside the database: off, stdout, or the path of a file, which is appended to and may be rotated away.").such_as("/var/log/placet/audit.jsonl"),
    given("errors.keep", range(0, 1_000_000), "10000", "How many refused requests are remembered, without their secrets, so that /admin/errors and `placet explain` can say what was wrong; the oldest go first. 0: none."),
    given("errors.max_age", span("1h", "365d"), "7d", "How long a refused request is remembered."),
    given("sweep.interval", span("1s", "1h"), "10s", "How often what has expired is deleted."),
    given("sweep.batch", range(1, 10_000), "500", "How many rows one transaction deletes at most."),
];
