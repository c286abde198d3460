//! Sessions that are too weak for what is asked.

use super::*;

const WEAK: Case = Case {
    acr: Some(Acr::Mfa),
    ..PLAIN
};

/// RFC 9470 §4, §5; OIDC Core §5.5.1.1
#[test]
fn a_weak_session_is_stepped_up() {
    assert_eq!(step(&WEAK), Step::StepUp);
    let strong = Case {
        amr: &["pwd", "otp", "mfa"],
        ..WEAK
    };
    assert_eq!(step(&strong), issue("read write"));
    let stronger = Case {
        acr: Some(Acr::Phr),
        ..strong
    };
    assert_eq!(step(&stronger), Step::StepUp);
    let first_party = Case {
        is_first_party: true,
        granted: None,
        ..WEAK
    };
    assert_eq!(step(&first_party), Step::StepUp);
}

#[test]
fn signing_in_and_choosing_come_before() {
    let login = Case {
        prompt: &[Prompt::Login],
        ..WEAK
    };
    assert_eq!(step(&login), Step::LogInAgain);
    let choose = Case {
        prompt: &[Prompt::SelectAccount],
        ..WEAK
    };
    assert_eq!(step(&choose), Step::ChooseAccount);
    let done = Case {
        is_account_chosen: true,
        ..choose
    };
    assert_eq!(step(&done), Step::StepUp);
}

#[test]
fn silently_it_is_refused() {
    let silent = Case {
        prompt: &[Prompt::None],
        ..WEAK
    };
    let refused = Step::Refuse(ErrorCode::UnmetAuthenticationRequirements);
    assert_eq!(step(&silent), refused);
    let of_stranger = Case {
        granted: None,
        ..silent
    };
    let refused = Step::Refuse(ErrorCode::LoginRequired);
    assert_eq!(step(&of_stranger), refused);
}
