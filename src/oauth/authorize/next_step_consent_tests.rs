//! The decision where something was decided before.

use super::*;

#[test]
fn what_was_left_out_is_asked_again_beside_something_new_alone() {
    let case = |granted, claims| Case {
        granted,
        claims,
        ..PLAIN
    };
    assert_eq!(
        step(&case(Some(("read", "write")), &[])),
        issue("read"),
        "for its own sake nobody is stopped"
    );
    assert_eq!(
        step(&case(Some(("read", "write")), &["name"])),
        ask_for("profile write", "read")
    );
    let all_anew = Case {
        prompt: &[Prompt::Consent],
        ..case(Some(("read", "write")), &[])
    };
    assert_eq!(step(&all_anew), ask());
}

#[test]
fn what_was_allowed_for_a_time_says_so() {
    let limited = Case {
        limit: Some(9),
        ..PLAIN
    };
    let until = Some(start() + TimeDelta::seconds(9));
    let scope = scopes("read write");
    assert_eq!(step(&limited), Step::Issue { scope, until });
}

#[test]
fn an_app_that_is_always_asked_about_is_never_let_through() {
    for is_first_party in [false, true] {
        let always = Case {
            is_always_asked: true,
            is_first_party,
            ..PLAIN
        };
        assert_eq!(step(&always), ask());
        let silent = Case {
            prompt: &[Prompt::None],
            ..always
        };
        assert_eq!(step(&silent), Step::Refuse(ErrorCode::ConsentRequired));
    }
}
