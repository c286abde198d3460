//! What `placet apply` refuses: every fault at once, and nothing is done.

use super::Placet;
use super::apply::SECRET;

fn faults(placet: &Placet, arguments: &[&str]) -> Vec<String> {
    let done = placet.run(arguments);
    assert_eq!((done.code, done.stdout.as_str()), (1, ""), "{done:?}");
    let line = |line: &str| line.strip_prefix("error: ").unwrap().to_owned();
    done.stderr.lines().map(line).collect()
}

const BAD: &str = r#"
[[roles]]
name = "a b"

[[roles]]
name = "admin"

[[scopes]]
name = "placet:all"
description = "x"

[[scopes]]
name = "empty"
description = " "

[[resources]]
uri = "https://a.example"
scope = "nothing"

[[resources]]
uri = "https://b.example"
alg = "HS256"

[[resources]]
uri = "https://c.example"
scope_roles = { read = ["ghost"] }

[[resources]]
uri = "http://127.0.0.1:1/api/v1"

[[clients]]
client_id = "a b"

[[clients]]
client_id = "no-name"
redirect_uris = ["https://a.example/cb"]
token_endpoint_auth_method = "none"

[[clients]]
client_id = "no-secret"
client_name = "x"
redirect_uris = ["https://a.example/cb"]

[[clients]]
client_id = "weak"
client_name = "x"
redirect_uris = ["https://a.example/cb"]
client_secret = "env:WEAK"

[[clients]]
client_id = "dull"
client_name = "x"
redirect_uris = ["https://a.example/cb"]
client_secret = "env:DULL"

[[clients]]
client_id = "first"
client_name = "x"
redirect_uris = ["https://a.example/cb"]
client_secret = "env:GOOD"

[[clients]]
client_id = "second"
client_name = "x"
redirect_uris = ["https://a.example/cb"]
client_secret = "env:GOOD"

[[clients]]
client_id = "public"
client_name = "x"
redirect_uris = ["https://a.example/cb"]
token_endpoint_auth_method = "none"
client_secret = "env:GOOD"

[[clients]]
client_id = "lost"
client_name = "x"
redirect_uris = ["https://a.example/cb"]
resources = ["https://d.example"]
token_endpoint_auth_method = "none"

[[clients]]
client_id = "strange"
client_name = "x"
redirect_uris = ["https://a.example/cb"]
scope = "strange"
token_endpoint_auth_method = "none"

[[users]]
username = "a@b"

[[users]]
username = "ada"
email = "Bob@example.com"
claims = { shoe_size = "42" }

[[users]]
username = "eve"
email = "bob@example.com"

[[users]]
username = "tom"
email = "eve@example.com"

[[users]]
username = "kim"
email = "EVE@example.com"
"#;

#[test]
fn every_fault_is_told_at_once() {
    let placet = Placet::new()
        .with("WEAK", "short")
        .with("DULL", &"ab".repeat(20))
        .with("GOOD", SECRET);
    placet.json(&["user", "add", "bob", "--email", "bob@example.com"]);
    placet.write("set.toml", BAD);
    let expected = [
        "role \"a b\": name: a role has 1 to 64 of the characters A-Z a-z 0-9 . _ - :",
        "role \"admin\": name: it is built in; leave it out",
        "scope \"placet:all\": name: names that begin with placet: are this server's own; choose another",
        "scope \"empty\": description: it has 1 to 200 characters",
        "resource \"https://a.example\": scope: nothing is not registered; register it first: placet scope add nothing --description \"…\"",
        "resource \"https://b.example\": secret: a resource with HS256 needs one: say where it is, such as \"env:NAME\" or \"file:/run/secrets/NAME\"",
        "resource \"https://c.example\": scope_roles: \"read\" is not in the resource's scope; put it there",
        "resource \"https://c.example\": scope_roles: \"ghost\" is not registered; list it among the roles",
        "resource \"http://127.0.0.1:1/api/v1\": uri: it is this server's own; leave it out",
        "client \"a b\": client_id: ",
        "client \"no-name\": client_name: it has 1 to 200 characters",
        "client \"no-secret\": client_secret: a client with client_secret_basic needs one: say where it is, such as \"env:SECRET_NO_SECRET\" or \"file:/run/secrets/NAME\"",
        "client \"weak\": client_secret: env:WEAK: it is not 32 to 512 characters of printable ASCII; make one with `openssl rand -base64 48`",
        "client \"dull\": client_secret: env:DULL: it is not random; make one with `openssl rand -base64 48`",
        "client \"second\": client_secret: env:GOOD: the client \"first\" has the same; each has one of its own",
        "client \"public\": client_secret: a client with none has none; leave it out",
        "client \"lost\": resources: \"https://d.example\" is not registered; register it first: placet resource add URI --name \"…\" --scope \"…\"",
        "client \"strange\": scope: strange is not registered; register it first: placet scope add strange --description \"…\"",
        "user \"a@b\": username: it must not have an @; give the address as the e-mail",
        "user \"ada\": claim: \"shoe_size\" is not one of ",
        "user \"eve\": email: bob@example.com is the address of the user \"bob\"",
        "user \"kim\": email: EVE@example.com is the address of the user \"tom\"",
        "the document has 22 faults; nothing was changed",
    ];
    let told = faults(&placet, &["apply", "set.toml"]);
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(expected), "{told}\n{expected}");
    }
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    assert!(
        placet
            .json(&["client", "list"])
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert!(
        !told
            .iter()
            .any(|line| line.contains(SECRET) || line.contains("abab"))
    );
}

#[test]
fn a_folder_is_one_document_and_its_faults_name_the_file() {
    let placet = Placet::new();
    let role = |name: &str| format!("[[roles]]\nname = \"{name}\"\n");
    placet.write("conf/b.yaml", "roles:\n- name: second\n");
    placet.write("conf/a.toml", &role("first"));
    placet.write("conf/c.json", "{\"roles\": [{\"name\": \"third\"}]}");
    placet.write("conf/readme.md", "no document");
    let text = "+ role first\n+ role second\n+ role third\nconf: 3 created, 0 unchanged\n";
    assert_eq!(placet.text(&["apply", "conf"]), text);
    assert_eq!(
        placet.text(&["apply", "conf/../conf/"]),
        "conf: no difference, 3 unchanged\n"
    );
    placet.write("conf/d.toml", &role("second"));
    assert_eq!(
        faults(&placet, &["apply", "conf"]),
        ["conf/d.toml: the role \"second\" is in conf/b.yaml too; leave out one"]
    );
    placet.write("conf/d.toml", &role("x y"));
    assert_eq!(
        faults(&placet, &["apply", "conf"])[0],
        "conf/d.toml: role \"x y\": name: a role has 1 to 64 of the characters A-Z a-z 0-9 . _ - :"
    );
    placet.write("conf/d.toml", "role = 1\n");
    placet.write("conf/e.yml", "roles:\n- nam: x\n");
    assert_eq!(
        faults(&placet, &["apply", "conf"]),
        [
            "conf/d.toml:1: role: there is no key \"role\" here; did you mean \"roles\"?",
            "conf/e.yml:2: roles[0].nam: there is no key \"nam\" here; did you mean \"name\"?",
        ]
    );
    placet.write("set.txt", "");
    placet.write("none/readme.md", "");
    for (path, fault) in [
        (
            "set.txt",
            "its name ends in none of .toml, .yaml, .yml, .json",
        ),
        ("none", "there is no .toml, .yaml, .yml or .json file in it"),
        ("gone.toml", "No such file or directory (os error 2)"),
    ] {
        assert_eq!(
            faults(&placet, &["apply", path]),
            [format!("cannot read {path}: {fault}")]
        );
    }
}
