//! The command line as people use it: the real program in a folder of its own, its output, its exit code.

mod apply;
mod apply_refused;
mod audit;
mod client;
mod client_keys;
mod client_metadata;
mod databases;
mod doctor;
mod explain;
mod export;
mod import;
mod installation;
mod invitation;
mod key;
mod mail;
mod people;
mod registration_token;
mod rekey;
mod resource;
mod role;
mod scope;
mod serve;
mod usage;
mod user;
mod user_claims;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder to run the program in, with its settings.
struct Placet {
    folder: TempDir,
    env: Vec<(String, String)>,
}

/// How a run ended.
#[derive(Debug)]
struct Done {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Placet {
    /// On the SQLite database of its folder.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Nothing listens on port 1; a cheap hash, for tests in debug builds.
        let env = [
            ("PLACET_LISTEN", "127.0.0.1:1"),
            ("PLACET_ISSUER", "http://127.0.0.1:1"),
            ("PLACET_PASSWORD_HASH__MEMORY_KIB", "64"),
            ("PLACET_PASSWORD_HASH__ITERATIONS", "1"),
        ];
        let env = env
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec();
        Self { folder, env }
    }

    /// [`Placet::new`], where the database is there already.
    fn made() -> Self {
        let placet = Self::new();
        placet.json(&["migrate"]);
        placet
    }

    /// On another database, which needs a secret key.
    fn on(database_url: &str) -> Self {
        Self::new().with("PLACET_DATABASE_URL", database_url).with(
            "PLACET_SECRET_KEY",
            "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        )
    }

    /// With a setting more.
    fn with(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A file in its folder.
    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program; nothing is on its stdin.
    fn run(&self, arguments: &[&str]) -> Done {
        self.run_with(arguments, "")
    }

    /// Runs the program with that on its stdin.
    fn run_with(&self, arguments: &[&str], stdin: &str) -> Done {
        let mut child = self.command(arguments).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        // A program that ends without reading breaks the pipe.
        let _ = input.write_all(stdin.as_bytes());
        drop(input);
        let output = child.wait_with_output().unwrap();
        Done {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The program with these arguments, in its folder, with its settings, ready to start.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_placet"));
        // Settings of whoever runs the tests must not leak in.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PLACET_") || name == "DATABASE_URL" {
                command.env_remove(name);
            }
        }
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .envs(self.env.iter().cloned());
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// What it prints for people.
    fn text(&self, arguments: &[&str]) -> String {
        self.run(arguments).succeeded(arguments)
    }

    /// What it prints with `--json`: one value and nothing else.
    fn json(&self, arguments: &[&str]) -> Value {
        self.json_with(arguments, "")
    }

    /// [`Placet::json`], with that on stdin.
    fn json_with(&self, arguments: &[&str], stdin: &str) -> Value {
        let arguments = [arguments, &["--json"]].concat();
        let text = self.run_with(&arguments, stdin).succeeded(&arguments);
        serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{arguments:?} printed no JSON ({error}): {text}"))
    }

    /// Checks that the arguments are refused with this exit code and exactly this line, and that nothing goes to stdout.
    #[track_caller]
    fn refuses(&self, arguments: &[&str], code: i32, line: &str) {
        self.refuses_with(arguments, "", code, line);
    }

    /// [`Placet::refuses`], with that on stdin.
    #[track_caller]
    fn refuses_with(&self, arguments: &[&str], stdin: &str, code: i32, line: &str) {
        let done = self.run_with(arguments, stdin);
        assert_eq!(
            (done.code, done.stderr.as_str(), done.stdout.as_str()),
            (code, &*format!("error: {line}\n"), ""),
            "{arguments:?}"
        );
    }

    /// Whether any file of the database holds that text.
    fn keeps(&self, text: &str) -> bool {
        let files = std::fs::read_dir(self.file("data"))
            .unwrap()
            .map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
        files.into_iter().any(|bytes| {
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        })
    }
}

impl Done {
    fn succeeded(self, arguments: &[&str]) -> String {
        let mut lines = self.stderr.lines();
        assert!(
            self.code == 0 && lines.all(|line| line.starts_with("note: ")),
            "{arguments:?} printed {self:?}"
        );
        self.stdout
    }
}

/// Its text, or a panic that shows what is there.
#[track_caller]
fn text_of<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("no text {key} in {value}"))
}
