//! Requests that are about one person.

use super::*;

/// S26
#[test]
fn for_a_subject_that_is_nobodys_there_is_no_answer() {
    for prompt in [&[][..], &[Prompt::None], &[Prompt::Login]] {
        for signed_in_before in [None, Some(60), Some(-1)] {
            let case = Case {
                prompt,
                signed_in_before,
                hint: Some(Hint::Nobody),
                ..PLAIN
            };
            assert_eq!(step(&case), Step::Refuse(ErrorCode::LoginRequired));
        }
    }
}

/// S25
#[test]
fn a_hint_never_switches_the_person() {
    let me = Some(Hint::Believed(UserId(Uuid::nil())));
    let other = Some(Hint::Believed(UserId(Uuid::max())));
    let forged = Some(Hint::NotBelieved);
    let silent = |hint| Case {
        prompt: &[Prompt::None],
        hint,
        ..PLAIN
    };
    assert_eq!(step(&silent(me)), issue("read write"));
    assert_eq!(step(&silent(other)), Step::Refuse(ErrorCode::LoginRequired));
    assert_eq!(
        step(&silent(forged)),
        Step::Refuse(ErrorCode::LoginRequired)
    );
    assert_eq!(step(&Case { hint: me, ..PLAIN }), issue("read write"));
    assert_eq!(
        step(&Case {
            hint: other,
            ..PLAIN
        }),
        Step::LogInAgain
    );
    assert_eq!(
        step(&Case {
            hint: forged,
            ..PLAIN
        }),
        issue("read write")
    );
}
