//! Help, wrong usage, settings.

use super::Placet;

#[test]
fn help_and_version_go_to_stdout() {
    let placet = Placet::new();
    assert!(
        placet
            .text(&["--help"])
            .contains("Usage: placet [OPTIONS] [COMMAND]")
    );
    assert!(
        placet
            .text(&["client", "add", "--help"])
            .contains("--redirect-uri <URI>")
    );
    assert_eq!(
        placet.text(&["--version"]),
        format!("placet {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn wrong_usage_is_one_line_and_exit_code_2() {
    let placet = Placet::new();
    let cases: [(&[&str], &str); 5] = [
        (
            &["docto"],
            "unrecognized subcommand 'docto'; tip: a similar subcommand exists: 'doctor' (--help tells more)",
        ),
        (
            &["client"],
            "a command is missing; usage: placet client [OPTIONS] <COMMAND> (--help tells more)",
        ),
        (
            &["client", "add"],
            "the following required arguments were not provided: --name <NAME> (--help tells more)",
        ),
        (
            &["client", "add", "--nam", "x"],
            "unexpected argument '--nam' found; tip: a similar argument exists: '--name' (--help tells more)",
        ),
        (
            &[
                "scope",
                "add",
                "a",
                "--description",
                "x",
                "--required=perhaps",
            ],
            "invalid value 'perhaps' for '--required[=<BOOL>]' [possible values: true, false] (--help tells more)",
        ),
    ];
    for (arguments, line) in cases {
        placet.refuses(arguments, 2, line);
    }
    assert!(!placet.file("data").exists(), "nothing was made");
}

#[test]
fn a_bad_setting_is_one_line_and_exit_code_2_for_every_command() {
    let placet = Placet::new().with("PLACET_TOKENS__ACCESS_TTL", "soon");
    for arguments in [
        &["serve"][..],
        &["client", "list"],
        &["migrate"],
        &["health"],
        &["demo"],
        &[],
    ] {
        let done = placet.run(arguments);
        assert_eq!(
            (done.code, done.stdout.as_str(), done.stderr.lines().count()),
            (2, "", 1),
            "{arguments:?}"
        );
        assert!(
            done.stderr
                .starts_with("error: tokens.access_ttl (PLACET_TOKENS__ACCESS_TTL): "),
            "{}",
            done.stderr
        );
    }
    assert!(!placet.file("data").exists(), "nothing was made");
    let missing = Placet::new().run(&["--config", "none.toml", "scope", "list"]);
    assert_eq!(missing.code, 2);
    assert!(
        missing
            .stderr
            .starts_with("error: none.toml: cannot be read: "),
        "{}",
        missing.stderr
    );
}

#[test]
fn settings_come_from_the_named_file() {
    let placet = Placet::new();
    std::fs::write(
        placet.file("other.toml"),
        "database_url = \"sqlite://elsewhere/x.db\"\n",
    )
    .unwrap();
    placet.json(&["--config", "other.toml", "migrate"]);
    placet.json(&["--config", "other.toml", "scope", "list"]);
    assert!(placet.file("elsewhere/x.db").exists() && placet.file("elsewhere/secret.key").exists());
    assert!(!placet.file("data").exists());
}

#[test]
fn a_server_that_is_not_there_is_not_healthy() {
    // Where it listens on every address, it is asked for on this machine; and under the issuer's path.
    let cases = [
        (
            "127.0.0.1:1",
            "http://127.0.0.1:1",
            "http://127.0.0.1:1/health/ready",
        ),
        (
            "0.0.0.0:1",
            "https://id.example.com/auth",
            "http://127.0.0.1:1/auth/health/ready",
        ),
        (
            "[::]:1",
            "http://127.0.0.1:1",
            "http://[::1]:1/health/ready",
        ),
        (
            "localhost:1",
            "http://127.0.0.1:1",
            "http://localhost:1/health/ready",
        ),
    ];
    for (listen, issuer, url) in cases {
        let placet = Placet::new()
            .with("PLACET_LISTEN", listen)
            .with("PLACET_ISSUER", issuer);
        let done = placet.run(&["health", "--json"]);
        assert_eq!(
            (done.code, done.stdout.as_str(), done.stderr.lines().count()),
            (1, "", 1)
        );
        assert!(
            done.stderr
                .starts_with(&format!("error: not ready at {url}: ")),
            "{}",
            done.stderr
        );
    }
}
