//! What was not tested: said loudly when the run ends, or a failure where `PLACET_TEST_REQUIRE` names it.
//!
//! Rust's test harness has no hook at its end and hides what passing tests print. So a child process holds the read
//! end of a pipe: each skip is a line in it, and when the test process is gone, for whatever reason, the child prints
//! them to the terminal that both share.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};

const REPORTER: &str = r#"
lines=$(sort -u)
printf '\n%s\n' '################ NOT TESTED ################' >&2
printf '%s\n' "$lines" | awk -F '\t' '
    $1 != last { if (last != "") print ""; print $1 " was not found: " $2 "; skipped:"; last = $1 }
    { print "    " $3 }' >&2
printf '%s\n' '(PLACET_TEST_REQUIRE=postgres,browser,axe makes this a failure)' \
    '############################################' >&2
"#;

static CHILD: Mutex<Option<Child>> = Mutex::new(None);

/// Notes that the running test cannot be had for want of `what` (`postgres`, `browser`, …).
///
/// # Panics
/// Where `PLACET_TEST_REQUIRE` names it.
pub(crate) fn record(what: &str, why: &str) {
    let test = test_name();
    let why = why.replace(['\n', '\t'], " ");
    assert!(
        !is_required(what),
        "{test}: {what} is required (PLACET_TEST_REQUIRE) and was not found: {why}"
    );
    let mut child = CHILD.lock().unwrap_or_else(PoisonError::into_inner);
    let child = child.get_or_insert_with(|| {
        // Once at the start too, in case nothing outlives the tests. Unlike `eprintln!` this is never hidden.
        let _ = writeln!(
            std::io::stderr(),
            "NOT TESTED: {what} was not found: {why}; the list follows at the end"
        );
        reporter()
    });
    if let Some(pipe) = &mut child.stdin {
        writeln!(pipe, "{what}\t{why}\t{test}").unwrap();
    }
}

/// Whether the environment forbids to go without it.
fn is_required(what: &str) -> bool {
    std::env::var("PLACET_TEST_REQUIRE")
        .is_ok_and(|list| list.split(',').any(|name| name.trim() == what))
}

/// The harness names each test's thread after the test.
fn test_name() -> String {
    std::thread::current().name().unwrap_or("a test").to_owned()
}

fn reporter() -> Child {
    Command::new("sh")
        .args(["-c", REPORTER])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        // A group of its own: Ctrl-C at the terminal ends the tests, not the report.
        .process_group(0)
        .spawn()
        .unwrap()
}
