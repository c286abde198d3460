//! Tests of the settings: where they come from, what each wrong one is told, and that struct, reference and example file agree.

use std::path::Path;

use super::load::load_from;
use super::*;

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn options(env: &[(&str, &str)]) -> LoadOptions {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    LoadOptions {
        file: None,
        env: env.iter().map(owned).collect(),
    }
}

/// With a `placet.toml` of this text, and this environment.
pub(super) fn load_both(toml: &str, env: &[(&str, &str)]) -> Result<Config, String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("placet.toml"), toml).unwrap();
    let place = format!("{}/", folder.path().display());
    load_from(folder.path(), &options(env)).map_err(|error| error.to_string().replace(&place, ""))
}

pub(super) fn load_env(env: &[(&str, &str)]) -> Result<Config, String> {
    load_both("", env)
}

pub(super) fn load_toml(toml: &str) -> Result<Config, String> {
    load_both(toml, &[])
}

#[test]
fn nothing_given_is_the_default() {
    let folder = tempfile::tempdir().unwrap();
    let config = load_from(
        folder.path(),
        &options(&[("PATH", "/bin"), ("PLACET_LISTEN", "")]),
    );
    assert_eq!(config.unwrap(), Config::default());
    assert!(Config::default().warnings().is_empty());
    assert!(Config::default().max_connections() >= 8);
    assert!(Config::default().hash_threads() >= 1);
}

#[test]
fn the_environment_comes_before_the_file() {
    let toml = "listen = \"0.0.0.0:1\"\nname = \"File\"\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n\
                [tokens]\naccess_ttl = \"5m\"\nid_ttl = \"1m 30s\"\n[database]\nmigrate = false\n";
    let env = [
        ("PLACET_NAME", "007"),
        ("PLACET_TOKENS__ACCESS_TTL", "20m"),
        ("PLACET_DATABASE__MAX_CONNECTIONS", "40"),
        (
            "PLACET_OUTGOING__ALLOW_HOSTS",
            " Localhost:9000, [::1]:80 ,",
        ),
        ("PLACET_SECRET_KEY", KEY),
        ("PLACET_DATABASE__SYNCHRONOUS", "full"),
        ("PLACET_LOG_FORMAT", "json"),
        ("PLACET_TEST_POSTGRES_URL", "postgres://x"),
        ("PLACET_BIN", "/x"),
    ];
    let config = load_both(toml, &env).unwrap();
    assert_eq!(config.listen, "0.0.0.0:1");
    assert_eq!(config.name, "007");
    assert_eq!(config.tokens.access_ttl, 20 * MINUTE);
    assert_eq!(config.tokens.id_ttl, Duration::from_secs(90));
    assert_eq!(config.tokens.code_ttl, MINUTE);
    assert!(!config.database.migrate);
    assert_eq!(config.max_connections(), 40);
    assert_eq!(config.outgoing.allow_hosts, ["localhost:9000", "[::1]:80"]);
    assert_eq!(
        config.trusted_proxies,
        ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()]
    );
    assert_eq!(config.secret_key.unwrap().expose()[31], 31);
    assert_eq!(config.database.synchronous, Synchronous::Full);
    assert_eq!(config.log_format, LogFormat::Json);
}

#[test]
fn the_named_file_must_exist_and_is_the_only_one_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("placet.toml"),
        "name = \"Working folder\"",
    )
    .unwrap();
    let named = folder.path().join("other.toml");
    std::fs::write(&named, "workers = 3").unwrap();
    let read = |file: Option<PathBuf>, env: &[(&str, &str)]| {
        load_from(
            folder.path(),
            &LoadOptions {
                file,
                ..options(env)
            },
        )
    };
    let by_env = read(None, &[("PLACET_CONFIG", named.to_str().unwrap())]).unwrap();
    assert_eq!((by_env.workers, by_env.name.as_str()), (3, "Placet"));
    let by_flag = read(Some(named), &[("PLACET_CONFIG", "/nonexistent")]).unwrap();
    assert_eq!(by_flag, by_env);
    let missing = read(Some("/nonexistent/x.toml".into()), &[])
        .unwrap_err()
        .to_string();
    assert_eq!(
        missing,
        "/nonexistent/x.toml: cannot be read: No such file or directory (os error 2)"
    );
}

#[test]
fn database_url_has_an_alias_and_takes_a_password() {
    let url = |env: &[(&str, &str)]| {
        load_both("database_url = \"sqlite://file.db\"", env)
            .unwrap()
            .database_url_with_password()
            .expose()
            .clone()
    };
    assert_eq!(url(&[]), "sqlite://file.db");
    assert_eq!(
        url(&[("DATABASE_URL", "postgres://alias/x")]),
        "postgres://alias/x"
    );
    let both = [
        ("DATABASE_URL", "postgres://alias/x"),
        ("PLACET_DATABASE_URL", "postgres://u@own/x"),
    ];
    assert_eq!(url(&both), "postgres://u@own/x");
    let password = [both[1], ("PLACET_DATABASE_PASSWORD", "a/b%")];
    assert_eq!(url(&password), "postgres://u:a%2Fb%25@own/x");
}

#[test]
fn secrets_are_read_from_files() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let key = file("key", &format!("{}\n", KEY.trim_end_matches('=')));
    let password = file("password", "  spaced out\r\n");
    let empty = file("empty", "\n");
    let env = [
        ("PLACET_SECRET_KEY_FILE", key.as_str()),
        ("PLACET_ADMIN_PASSWORD_FILE", &password),
        ("PLACET_ADMIN_USERNAME", "ada"),
    ];
    // The environment's file replaces the value in placet.toml.
    let config = load_both("admin_password = \"from the toml file\"", &env).unwrap();
    assert_eq!(config.secret_key.unwrap().expose()[1], 1);
    assert_eq!(config.admin_password.unwrap().expose(), "  spaced out");

    let both = load_env(&[env[0], ("PLACET_SECRET_KEY", KEY)]).unwrap_err();
    assert!(both.starts_with("secret_key (PLACET_SECRET_KEY): is given, and so is secret_key_file; give one of the two; for example PLACET_SECRET_KEY="), "{both}");
    let both = load_toml("database_url = \"sqlite://x\"\ndatabase_url_file = \"y\"").unwrap_err();
    assert!(
        both.starts_with("database_url (placet.toml): is given, and so is database_url_file"),
        "{both}"
    );
    let missing = load_env(&[("PLACET_SECRET_KEY_FILE", "/nonexistent")]).unwrap_err();
    assert_eq!(
        missing,
        "secret_key_file (PLACET_SECRET_KEY_FILE): \"/nonexistent\" cannot be read: No such file or directory (os error 2)"
    );
    let nothing = load_env(&[("PLACET_ADMIN_PASSWORD_FILE", &empty)]).unwrap_err();
    assert!(nothing.contains("is empty"), "{nothing}");
}

#[test]
fn secret_keys_are_read_in_every_form_of_base64() {
    let bytes = [0xfb_u8; 32];
    let forms = [
        "+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s=",
        "-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s=",
        "-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s",
    ];
    for form in forms {
        assert_eq!(parse_secret_key(form).unwrap().expose(), &bytes, "{form}");
    }
    for bad in [
        "",
        "short",
        "+/v7",
        &forms[0][..40],
        &format!("{}AAAA", forms[2]),
    ] {
        assert!(parse_secret_key(bad).is_err(), "{bad}");
    }
}

#[test]
fn no_secret_is_printed() {
    // S179
    let env = [
        ("PLACET_SECRET_KEY", KEY),
        ("PLACET_ADMIN_USERNAME", "ada"),
        ("PLACET_ADMIN_PASSWORD", "hunter2-hunter2"),
        ("PLACET_DATABASE_URL", "postgres://u:hunter2@db/x"),
    ];
    let shown = format!("{:?}", load_env(&env).unwrap());
    assert!(!shown.contains("hunter2") && !shown.contains("AAEC") && shown.contains("redacted"));
    for toml in [
        "secret_key = \"hunter2\"",
        "database_url = \"mysql://u:hunter2@db\"",
        "admin_password = [\"hunter2\"]",
        "admin_password = \"hunter2\nx = 1",
    ] {
        let line = load_toml(toml).unwrap_err();
        assert!(!line.contains("hunter2"), "{line}");
    }
}

#[test]
fn warnings_name_their_setting() {
    let env = [
        ("PLACET_LISTEN", "0.0.0.0:8080"),
        ("PLACET_ISSUER", "https://id.example.com"),
    ];
    let warnings = load_env(&env).unwrap().warnings();
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].starts_with("trusted_proxies: "));
    let with_proxy = [env[0], env[1], ("PLACET_TRUSTED_PROXIES", "10.0.0.1")];
    assert!(load_env(&with_proxy).unwrap().warnings().is_empty());
    assert!(load_env(&env[..1]).unwrap().warnings()[0].starts_with("issuer: "));
    let open = load_env(&[("PLACET_OUTGOING__ALLOW_HOSTS", "localhost:1")]).unwrap();
    assert!(open.warnings()[0].starts_with("outgoing.allow_hosts: "));
}

#[test]
fn the_struct_and_the_reference_have_the_same_settings() {
    let mut fields = Vec::new();
    let tables: std::collections::BTreeSet<&str> = reference()
        .iter()
        .filter_map(|s| s.key.split_once('.'))
        .map(|(section, _)| section)
        .collect();
    // serde's answer to an unknown field lists the known ones.
    let known = |json: String| {
        let line = serde_json::from_str::<Config>(&json)
            .unwrap_err()
            .to_string();
        line.split('`')
            .skip(3)
            .step_by(2)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    for name in known(r#"{"?": 0}"#.into()) {
        if tables.contains(name.as_str()) {
            let inner = known(format!(r#"{{"{name}": {{"?": 0}}}}"#));
            assert!(!inner.is_empty(), "{name}");
            fields.extend(inner.iter().map(|field| format!("{name}.{field}")));
        } else {
            fields.push(name);
        }
    }
    let mut documented: Vec<String> = reference().iter().map(|s| s.key.to_owned()).collect();
    let is_file_of_secret = |key: &String| {
        let of = key.strip_suffix("_file").and_then(super::reference::find);
        of.is_some_and(|setting| setting.kind == Kind::Secret)
    };
    documented.retain(|key| !is_file_of_secret(key));
    fields.sort();
    documented.sort();
    assert_eq!(fields, documented);
    for setting in reference().iter().filter(|s| s.kind == Kind::Secret) {
        assert!(super::reference::find(&format!("{}_file", setting.key)).is_some());
    }
}

#[test]
fn the_documented_defaults_are_the_defaults() {
    for setting in reference() {
        if let Some(default) = setting.default {
            let config = load_env(&[(&setting.env(), default)]);
            assert_eq!(config, Ok(Config::default()), "{}", setting.key);
        }
    }
}

#[test]
fn the_example_file_shows_every_setting_with_its_default() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("placet.example.toml");
    if std::env::var_os("PLACET_TEST_BLESS").is_some() {
        std::fs::write(&path, example_toml()).unwrap();
    }
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text == example_toml(),
        "run: PLACET_TEST_BLESS=1 cargo test example_file"
    );
    assert_eq!(load_toml(&text), Ok(Config::default()), "as it is");
    let mut shown = String::new();
    let mut section = String::new();
    let mut defaults = reference().iter().filter(|s| s.default.is_some());
    let mut all = reference().iter();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = format!("{}.", name.trim_end_matches(']'));
            shown.extend([line, "\n"]);
        }
        let Some((name, value)) = line.strip_prefix('#').and_then(|l| l.split_once(" = ")) else {
            continue;
        };
        if name.starts_with(' ') {
            continue;
        }
        let key = format!("{section}{name}");
        let setting = all.next().unwrap();
        assert_eq!(key, setting.key);
        if setting.default.is_some() {
            assert_eq!(defaults.next().unwrap().key, key);
            shown.extend([name, " = ", value, "\n"]);
        }
    }
    assert!(all.next().is_none() && defaults.next().is_none());
    assert_eq!(
        load_toml(&shown),
        Ok(Config::default()),
        "with every default taken out of its comment"
    );
}

#[test]
fn the_key_set_is_kept_for_less_time_than_keys_are_published_before_they_sign() {
    let of = |toml: &str| load_toml(toml).unwrap().keys;
    assert_eq!(of("").set_max_age(), 5 * MINUTE);
    assert_eq!(of("").rotation(), Some(90 * DAY));
    let short = of("[keys]\npublish_before_use = \"5m\"\nrotate_every = \"1d\"");
    assert_eq!(
        (short.set_max_age(), short.rotation()),
        (MINUTE * 5 / 2, Some(DAY))
    );
    let long = of("[keys]\npublish_before_use = \"7d\"\nrotate_every = \"0s\"");
    assert_eq!((long.set_max_age(), long.rotation()), (5 * MINUTE, None));
}
