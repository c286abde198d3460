//! What each wrong setting is told: the whole line, word for word.

use super::tests::{load_env, load_toml};

const WRONG_IN_FILE: &[(&str, &str)] = &[
    (
        "listen = \"8080\"",
        "listen (placet.toml): \"8080\" is not an address and a port; for example listen = \"127.0.0.1:8080\"",
    ),
    (
        "listen = \"localhost:99999\"",
        "listen (placet.toml): \"localhost:99999\" is not an address and a port; for example listen = \"127.0.0.1:8080\"",
    ),
    (
        "listen = 8080",
        "listen (placet.toml): \"8080\" is not an address and a port; for example listen = \"127.0.0.1:8080\"",
    ),
    (
        "listen = [\"127.0.0.1:8080\"]",
        "listen (placet.toml): must be a single value; for example listen = \"127.0.0.1:8080\"",
    ),
    (
        "issuer = \"http://id.example.com\"",
        "issuer (placet.toml): http is for loopback hosts only; use https; for example issuer = \"https://id.example.com\"",
    ),
    (
        "issuer = \"https://id.example.com/\"",
        "issuer (placet.toml): must not end in a slash; for example issuer = \"https://id.example.com\"",
    ),
    (
        "name = \" \"",
        "name (placet.toml): must have 1 to 100 characters on one line; for example name = \"Placet\"",
    ),
    (
        "branding.accent = \"teal\"",
        "branding.accent (placet.toml): \"teal\" is not a colour as #rrggbb; for example branding.accent = \"#0f6a5b\"",
    ),
    (
        "branding.accent = \"#ffcc00\"",
        "branding.accent (placet.toml): has a contrast of 1.4 to the page, and text needs 4.5; #876c00 would do; for example branding.accent = \"#0f6a5b\"",
    ),
    (
        "branding.accent_dark = \"#003366\"",
        "branding.accent_dark (placet.toml): has a contrast of 1.3 to the page, and text needs 4.5; #6b88a6 would do; for example branding.accent_dark = \"#6fcdb6\"",
    ),
    (
        "branding.logo_file = \"/nowhere/logo.svg\"",
        "branding.logo_file (placet.toml): there is no such file; for example branding.logo_file = \"/etc/placet/logo.svg\"",
    ),
    (
        "branding.privacy_uri = \"javascript:alert(1)\"",
        "branding.privacy_uri (placet.toml): \"javascript:alert(1)\" is no https, http or mailto address; for example branding.privacy_uri = \"https://example.com/privacy\"",
    ),
    (
        "[sign_up]\nmode = \"open\"",
        "mail.transport: must be set with sign_up.mode = \"open\", which proves addresses by mail; for example mail.transport = \"smtp\"",
    ),
    (
        "[sign_up]\nmode = \"all\"",
        "sign_up.mode (placet.toml): \"all\" is not one of off, invitation, open; for example sign_up.mode = \"off\"",
    ),
    (
        "[sign_up]\nroles = [\"member\", \"admin\"]",
        "sign_up.roles (placet.toml): must not have admin: anyone could make themselves an administrator; for example sign_up.roles = [\"member\"]",
    ),
    (
        "[sign_up]\nroles = [\"a b\"]",
        "sign_up.roles (placet.toml): \"a b\" is no role, which has 1 to 64 of the characters A-Z a-z 0-9 . _ - :; for example sign_up.roles = [\"member\"]",
    ),
    (
        "[sign_up]\nallowed_email_domains = [\"ada@example.com\"]",
        "sign_up.allowed_email_domains (placet.toml): \"ada@example.com\" is no domain; for example sign_up.allowed_email_domains = [\"example.com\"]",
    ),
    (
        "database_url = \"mysql://root@db/x\"",
        "database_url (placet.toml): the URL must begin with sqlite: or postgres:; for example database_url = \"sqlite://data/placet.db\"",
    ),
    (
        "database_url = \"postgres://u:p/w@db/x\"",
        "database_url (placet.toml): not a URL; if the password has special characters, percent-encode them or put it into database_password; for example database_url = \"sqlite://data/placet.db\"",
    ),
    (
        "database_url = \"sqlite://\"",
        "database_url (placet.toml): the URL names no file; for example database_url = \"sqlite://data/placet.db\"",
    ),
    (
        "secret_key = \"c2hvcnQ=\"",
        "secret_key (placet.toml): not 32 bytes in base64; for example secret_key = \"<output of: openssl rand -base64 32>\"",
    ),
    (
        "trusted_proxies = \"10.0.0.1\"",
        "trusted_proxies (placet.toml): must be a list; for example trusted_proxies = [\"10.0.0.0/8\", \"192.168.1.7\"]",
    ),
    (
        "trusted_proxies = [\"10.0.0.1\", \"proxy\"]",
        "trusted_proxies (placet.toml): \"proxy\" is not an IP address or network; for example trusted_proxies = [\"10.0.0.0/8\", \"192.168.1.7\"]",
    ),
    (
        "workers = -1",
        "workers (placet.toml): \"-1\" is not a whole number from 0 to 256; for example workers = 0",
    ),
    (
        "log = \"placet=loud\"",
        "log (placet.toml): \"placet=loud\" is not a log filter: error parsing level filter: expected one of \"off\", \"error\", \"warn\", \"info\", \"debug\", \"trace\", or a number 0-5; for example log = \"info\"",
    ),
    (
        "log_format = \"xml\"",
        "log_format (placet.toml): \"xml\" is not one of text, json; for example log_format = \"text\"",
    ),
    (
        "[database]\nmigrate = \"yes\"",
        "database.migrate (placet.toml): \"yes\" is neither true nor false; for example database.migrate = true",
    ),
    (
        "[database]\nmax_connections = 4294967297",
        "database.max_connections (placet.toml): 4294967297 is above the most allowed, 1000; for example database.max_connections = 0",
    ),
    (
        "[outgoing]\nallow_hosts = [\"http://localhost\"]",
        "outgoing.allow_hosts (placet.toml): \"http://localhost\" is not host:port; for example outgoing.allow_hosts = [\"localhost:9000\"]",
    ),
    (
        "[outgoing]\nextra_ca_file = \"/nonexistent.pem\"",
        "outgoing.extra_ca_file (placet.toml): there is no such file; for example outgoing.extra_ca_file = \"/etc/ssl/certs/example-ca.pem\"",
    ),
    (
        "[tokens]\naccess_ttl = 600",
        "tokens.access_ttl (placet.toml): \"600\" is not a duration: a number with its unit (s, m, h or d); for example tokens.access_ttl = \"10m\"",
    ),
    (
        "[tokens]\naccess_ttl = \"ten minutes\"",
        "tokens.access_ttl (placet.toml): \"ten minutes\" is not a duration: a number with its unit (s, m, h or d); for example tokens.access_ttl = \"10m\"",
    ),
    (
        "[tokens]\ncode_ttl = \"11m\"",
        "tokens.code_ttl (placet.toml): 11m is above the most allowed, 10m; for example tokens.code_ttl = \"60s\"",
    ),
    (
        "[tokens]\nrefresh_retry_window = \"2m\"",
        "tokens.refresh_retry_window (placet.toml): 2m is above the most allowed, 60s; for example tokens.refresh_retry_window = \"10s\"",
    ),
    (
        "[tokens]\nrefresh_max_ttl = \"1d\"",
        "tokens.refresh_max_ttl (placet.toml): must not be shorter than tokens.refresh_idle_ttl; for example tokens.refresh_max_ttl = \"365d\"",
    ),
    (
        "[sessions]\nidle_ttl = \"15d\"",
        "sessions.idle_ttl (placet.toml): must not be longer than sessions.max_ttl; for example sessions.idle_ttl = \"12h\"",
    ),
    (
        "[requests]\nttl = \"1m\"",
        "requests.ttl (placet.toml): 1m is below the least allowed, 5m; for example requests.ttl = \"60m\"",
    ),
    (
        "[password]\nmin_length = 7",
        "password.min_length (placet.toml): 7 is below the least allowed, 8; for example password.min_length = 8",
    ),
    (
        "[password_hash]\nmemory_kib = 2097152",
        "password_hash.memory_kib (placet.toml): 2097152 is above the most allowed, 1048576; for example password_hash.memory_kib = 19456",
    ),
    (
        "[password_hash]\nparallelism = 8\nmemory_kib = 63",
        "password_hash.memory_kib (placet.toml): must be at least 8 times password_hash.parallelism; for example password_hash.memory_kib = 19456",
    ),
    (
        "[sign_in]\nattempts_per_account = 101",
        "sign_in.attempts_per_account (placet.toml): must not be more than sign_in.attempts_per_account_everywhere; for example sign_in.attempts_per_account = 10",
    ),
    (
        "[sign_in]\nattempts_per_address = 1001",
        "sign_in.attempts_per_address (placet.toml): must not be more than sign_in.attempts_per_network; for example sign_in.attempts_per_address = 100",
    ),
    (
        "[registration]\nscope = [\"openid\", \"placet:admin\"]",
        "registration.scope (placet.toml): must not have placet:admin, placet:read or any other scope that begins with placet:; clients that register themselves do not administer; for example registration.scope = [\"openid\", \"profile\", \"email\", \"address\", \"phone\", \"offline_access\"]",
    ),
    (
        "[keys]\nrotate_every = \"12h\"",
        "keys.rotate_every (placet.toml): must be 0s, or at least 1d and longer than keys.publish_before_use; for example keys.rotate_every = \"90d\"",
    ),
    (
        "[keys]\nrotate_every = \"7d\"\npublish_before_use = \"7d\"",
        "keys.rotate_every (placet.toml): must be 0s, or at least 1d and longer than keys.publish_before_use; for example keys.rotate_every = \"90d\"",
    ),
    (
        "[keys]\nrotate_every = \"off\"",
        "keys.rotate_every (placet.toml): \"off\" is not a duration: a number with its unit (s, m, h or d); for example keys.rotate_every = \"90d\"",
    ),
    (
        "[sweep]\nbatch = 2.5",
        "sweep.batch (placet.toml): \"2.5\" is not a whole number from 1 to 10000; for example sweep.batch = 500",
    ),
    (
        "admin_username = \"ada\"",
        "admin_password: must be given together with admin_username; for example admin_password = \"<yours>\"",
    ),
    (
        "admin_email = \"ada@example.com\"",
        "admin_username: must be given together with admin_password and admin_email; for example admin_username = \"admin\"",
    ),
    (
        "admin_username = \"ada\"\nadmin_password = \"short\"",
        "admin_password (placet.toml): must have at least password.min_length characters; for example admin_password = \"<yours>\"",
    ),
    (
        "database_password = \"x\"",
        "database_password (placet.toml): database_url is a SQLite file, which takes no password; for example database_password = \"<yours>\"",
    ),
    (
        "database_password = \"x\"\ndatabase_url = \"postgres://u:p@db/x\"",
        "database_password (placet.toml): database_url holds a password already; give one of the two; for example database_password = \"<yours>\"",
    ),
    (
        "database_password = \"x\"\ndatabase_url = \"postgres://db/x\"",
        "database_password (placet.toml): database_url has no user name and host that the password could be for; for example database_password = \"<yours>\"",
    ),
    (
        "tokens = \"10m\"",
        "tokens (placet.toml): is a section; write its settings under [tokens]",
    ),
    (
        "name = ",
        "placet.toml: TOML parse error at line 1, column 8: string values must be quoted, expected literal string",
    ),
    (
        "name = \"a\"\nname = \"b\"",
        "placet.toml: TOML parse error at line 2, column 1: duplicate key",
    ),
];

#[test]
fn wrong_values_in_the_file() {
    for (toml, line) in WRONG_IN_FILE {
        assert_eq!(load_toml(toml).unwrap_err(), *line);
    }
}

const UNKNOWN_IN_FILE: &[(&str, &str)] = &[
    (
        "lisen = \"x\"",
        "lisen (placet.toml): there is no such setting; did you mean listen = \"127.0.0.1:8080\"?",
    ),
    (
        "Listen = \"x\"",
        "Listen (placet.toml): there is no such setting; did you mean listen = \"127.0.0.1:8080\"?",
    ),
    (
        "access_ttl = \"5m\"",
        "access_ttl (placet.toml): there is no such setting; did you mean tokens.access_ttl = \"10m\"?",
    ),
    (
        "colour = \"blue\"",
        "colour (placet.toml): there is no such setting; placet.example.toml lists them all",
    ),
    (
        "[tokens]\nacces_ttl = \"5m\"",
        "tokens.acces_ttl (placet.toml): there is no such setting; did you mean tokens.access_ttl = \"10m\"?",
    ),
    (
        "[token]\naccess_ttl = \"5m\"",
        "token.access_ttl (placet.toml): there is no such setting; did you mean tokens.access_ttl = \"10m\"?",
    ),
    (
        "[colours]\nsky = \"blue\"",
        "colours.sky (placet.toml): there is no such setting; placet.example.toml lists them all",
    ),
    (
        "[colours]",
        "colours (placet.toml): there is no such setting; placet.example.toml lists them all",
    ),
    (
        "[listen]\nport = 1",
        "listen (placet.toml): must be a single value; for example listen = \"127.0.0.1:8080\"",
    ),
];

const UNKNOWN_IN_ENVIRONMENT: &[(&str, &str)] = &[
    (
        "PLACET_LISTN",
        "PLACET_LISTN: there is no such setting; did you mean PLACET_LISTEN=127.0.0.1:8080?",
    ),
    (
        "PLACET_TOKENS_ACCESS_TTL",
        "PLACET_TOKENS_ACCESS_TTL: there is no such setting; did you mean PLACET_TOKENS__ACCESS_TTL=10m?",
    ),
    (
        "PLACET_TOKENS__ACESS_TTL",
        "PLACET_TOKENS__ACESS_TTL: there is no such setting; did you mean PLACET_TOKENS__ACCESS_TTL=10m?",
    ),
    (
        "PLACET_DB_URL",
        "PLACET_DB_URL: there is no such setting; placet.example.toml lists them all",
    ),
    (
        "PLACET_FAVOURITE_COLOUR",
        "PLACET_FAVOURITE_COLOUR: there is no such setting; placet.example.toml lists them all",
    ),
];

#[test]
fn unknown_settings() {
    for (toml, line) in UNKNOWN_IN_FILE {
        assert_eq!(load_toml(toml).unwrap_err(), *line);
    }
    for (name, line) in UNKNOWN_IN_ENVIRONMENT {
        assert_eq!(load_env(&[(name, "x")]).unwrap_err(), *line);
    }
}

// The setting is right, the file is not: an example of the setting would lead astray.
#[test]
fn of_a_wrong_file_no_example_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("providers.toml");
    let line = |text: &str| {
        std::fs::write(&file, text).unwrap();
        load_toml(&format!("[upstream]\nfile = {file:?}")).unwrap_err()
    };
    let provider = "[[provider]]\nid = \"a\"\nissuer = \"https://a.example\"\nname = \"A\"\nclient_id = \"b\"\n";
    let twice = line(&format!("{provider}{provider}"));
    assert!(
        twice.ends_with("provider \"a\": its id is there twice"),
        "{twice}"
    );
    let unknown = line(&format!("{provider}colour = 1\n"));
    assert!(
        unknown.contains("unknown field `colour`") && !unknown.contains("upstream.file ="),
        "{unknown}"
    );
    let secret = load_env(&[("PLACET_MAIL__SMTP_PASSWORD_FILE", "/run/secrets/none")]).unwrap_err();
    assert!(
        secret.ends_with("cannot be read: No such file or directory (os error 2)"),
        "{secret}"
    );
}

#[test]
fn wrong_values_in_the_environment() {
    let cases: &[(&str, &str, &str)] = &[
        (
            "PLACET_TOKENS__ACCESS_TTL",
            "10",
            "tokens.access_ttl (PLACET_TOKENS__ACCESS_TTL): \"10\" is not a duration: a number with its unit (s, m, h or d); for example PLACET_TOKENS__ACCESS_TTL=10m",
        ),
        (
            "PLACET_DATABASE__MIGRATE",
            "1",
            "database.migrate (PLACET_DATABASE__MIGRATE): \"1\" is neither true nor false; for example PLACET_DATABASE__MIGRATE=true",
        ),
        (
            "PLACET_WORKERS",
            "many",
            "workers (PLACET_WORKERS): \"many\" is not a whole number from 0 to 256; for example PLACET_WORKERS=0",
        ),
        (
            "PLACET_TRUSTED_PROXIES",
            "10.0.0.1, 10.0.0.0/33",
            "trusted_proxies (PLACET_TRUSTED_PROXIES): \"10.0.0.0/33\" is not an IP address or network; for example PLACET_TRUSTED_PROXIES=10.0.0.0/8,192.168.1.7",
        ),
        (
            "DATABASE_URL",
            "mysql://u:p@db/x",
            "database_url (DATABASE_URL): the URL must begin with sqlite: or postgres:; for example PLACET_DATABASE_URL=sqlite://data/placet.db",
        ),
        (
            "PLACET_ISSUER",
            "id.example.com",
            "issuer (PLACET_ISSUER): not an absolute http or https URL; for example PLACET_ISSUER=https://id.example.com",
        ),
        (
            "PLACET_SECRET_KEY",
            "changeme",
            "secret_key (PLACET_SECRET_KEY): not 32 bytes in base64; for example PLACET_SECRET_KEY=<output of: openssl rand -base64 32>",
        ),
    ];
    for (name, value, line) in cases {
        assert_eq!(load_env(&[(name, value)]).unwrap_err(), *line);
    }
}
