//! Tests of the file of providers: what it takes, and what each wrong one is told.

use super::*;

const GOOD: &str = "[[provider]]\nid = \"acme\"\nname = \"Acme\"\nissuer = \"https://id.acme.example\"\nclient_id = \"c\"\n";

fn fault(text: &str) -> String {
    parse(text).unwrap_err()
}

#[test]
fn providers_are_read_with_their_defaults() {
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "hush\n").unwrap();
    let file = secret.path().display();
    let text = format!(
        "{GOOD}link_by_verified_email = true\nallowed_email_domains = [\"Acme.example\"]\n\
         [[provider]]\nid = \"google\"\npreset = \"google\"\nclient_id = \"g\"\nclient_secret_file = \"{file}\"\n\
         [[provider]]\nid = \"ms\"\npreset = \"microsoft\"\ntenant = \"common\"\nclient_id = \"m\"\nclient_secret = \"x\"\n\
         [[provider]]\nid = \"hub\"\npreset = \"github\"\nclient_id = \"h\"\nclient_secret = \"x\"\n\
         [[provider]]\nid = \"other\"\npreset = \"placet\"\nname = \"Other\"\nissuer = \"http://localhost:9000\"\nclient_id = \"p\"\n"
    );
    let all = parse(&text).unwrap();
    let acme = Provider {
        name: "Acme".to_owned(),
        link_by_verified_email: true,
        allowed_email_domains: vec!["acme.example".to_owned()],
        ..Provider::openid("acme", "https://id.acme.example", "c")
    };
    assert_eq!(all[0], acme);
    assert_eq!(all[1].client_secret.as_ref().unwrap().expose(), "hush");
    assert!(!format!("{all:?}").contains("hush"));
    let issuers: Vec<&str> = all
        .iter()
        .map(|provider| provider.issuer.as_str())
        .collect();
    assert_eq!(
        issuers[1..],
        [
            "https://accounts.google.com",
            "https://login.microsoftonline.com/common/v2.0",
            "https://github.com",
            "http://localhost:9000"
        ]
    );
    assert!(all[2].is_multi_tenant() && !all[1].is_multi_tenant());
    assert_eq!(all[3].scope, "read:user user:email");
    assert_eq!(parse("").unwrap(), []);
}

#[test]
fn each_fault_is_named() {
    let with = |line: &str| format!("{GOOD}{line}\n");
    let cases = [
        (with("isuer = \"x\""), "unknown field `isuer`"),
        (format!("{GOOD}{GOOD}"), "provider \"acme\": its id is there twice"),
        (GOOD.replace("acme\"\nname", "Ac/me\"\nname"), "id must be 1 to 40"),
        (GOOD.replace("https:", "http:"), "must be an https URL"),
        (GOOD.replace("acme.example", "acme.example?x=1"), "must be an https URL"),
        (GOOD.replace("https://id", "https://u:p@id"), "must be an https URL"),
        (GOOD.replace("name = \"Acme\"\n", ""), "name is missing"),
        (with("client_secret_file = \"/nonexistent\""), "/nonexistent cannot be read"),
        (with("client_secret = \"\""), "client_secret is empty"),
        (with("client_secret = \"a\"\nclient_secret_file = \"b\""), "are both given"),
        (with("scope = \"email\""), "scope must have openid"),
        (with("tenant = \"common\""), "for preset = \"microsoft\" alone"),
        (with("preset = \"google\""), "issuer is known"),
        (with("preset = \"twitter\""), "unknown variant `twitter`"),
        (with("allowed_email_domains = [\"@x\"]"), "is no domain"),
        (
            "[[provider]]\nid = \"g\"\npreset = \"google\"\nclient_id = \"c\"\n".to_owned(),
            "client_secret_file is missing",
        ),
        (
            "[[provider]]\nid = \"m\"\npreset = \"microsoft\"\nclient_id = \"c\"\n".to_owned(),
            "tenant is missing",
        ),
        (
            "[[provider]]\nid = \"m\"\npreset = \"microsoft\"\ntenant = \"common\"\nclient_id = \"c\"\nclient_secret = \"s\"\nlink_by_verified_email = true\n".to_owned(),
            "Microsoft does not say whose an address is",
        ),
    ];
    for text in [
        "[provider]\nid = \"a\"",
        "[provider]\n[provider]",
        "\n[provider.acme]",
    ] {
        let told = fault(text);
        assert!(told.ends_with("for example [[provider]]"), "{told}");
    }
    for (text, expected) in cases {
        let told = fault(&text);
        assert!(told.contains(expected), "{told}\nnot: {expected}");
    }
    let told = fault("[[provider]]\nid = \"a\"\nclient_secret = \"hush-hush\n");
    assert!(!told.contains("hush"), "{told}");
    assert!(told.starts_with("near line "), "{told}");
}
