//! The decision where the person may not have all of what is asked for.

use super::*;

#[test]
fn what_is_barred_is_neither_asked_nor_issued() {
    let barred = Case {
        barred: "write",
        ..PLAIN
    };
    assert_eq!(step(&barred), issue("read"));
    let fresh = Case {
        granted: None,
        ..barred
    };
    assert_eq!(step(&fresh), ask_for("read", ""));
    let first_party = Case {
        is_first_party: true,
        ..fresh
    };
    assert_eq!(step(&first_party), issue("read"));
    let claims = Case {
        granted: Some(("read email", "")),
        claims: &["email"],
        ..barred
    };
    assert_eq!(step(&claims), issue("email read"));
    // What is left was left out before: an answer cannot say "nothing".
    let declined = Case {
        granted: Some(("write", "read")),
        ..barred
    };
    assert_eq!(step(&declined), ask_for("read", ""));
}

#[test]
fn where_all_is_barred_the_person_is_not_asked() {
    let nothing = Case {
        barred: "read write",
        ..PLAIN
    };
    let none: &[Prompt] = &[Prompt::None];
    let hint = Some(Hint::Believed(UserId(Uuid::nil())));
    let consent_required = Step::Refuse(ErrorCode::ConsentRequired);
    let login_required = Step::Refuse(ErrorCode::LoginRequired);
    for (prompt, granted, is_first_party, hint, expected) in [
        (&[][..], None, false, None, Step::Deny),
        (&[Prompt::Consent], None, true, None, Step::Deny),
        (none, Some(("read", "")), false, None, Step::Deny),
        (none, None, true, None, Step::Deny),
        (none, None, true, hint, Step::Deny),
        // Who was never allowed anything learns nothing of the person.
        (none, None, false, None, consent_required),
        (none, None, false, hint, login_required),
    ] {
        let case = Case {
            prompt,
            granted,
            is_first_party,
            hint,
            ..nothing
        };
        assert_eq!(
            step(&case),
            expected,
            "{prompt:?} {granted:?} {is_first_party}"
        );
    }
    let nobody = Case {
        signed_in_before: None,
        ..nothing
    };
    assert_eq!(step(&nobody), Step::LogIn);
}
