//! A browser that wants one language, and what must hold of each page that it shows.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fantoccini::Locator;
use placet::admin::users::NewUser;
use placet::texts::Language;
use serde_json::{Value, json};

use super::apps::Apps;
use crate::browser::{Browser as Chromium, PAGE_PATIENCE};
use crate::http::support::{Browser, TestServer};
use crate::support::smtp::MailServer;

/// Every width that a page must fit into.
const WIDTHS: [u32; 4] = [320, 390, 1280, 1920];
/// How axe-core and pictures see a page: in English each way, in Arabic both widths, in other languages in turn.
const LOOKS: [(u32, &str); 4] = [
    (1280, "light"),
    (390, "dark"),
    (1280, "dark"),
    (390, "light"),
];
/// The first form that a page is about.
pub(super) const FORM: &str = "form[method=post]:not(.out):not([data-passkey])";

/// What is read from a page; folded parts are opened.
const READ: &str = "
    document.querySelectorAll('details').forEach(each => each.open = true);
    const said = [document.title, document.body.textContent];
    for (const each of document.querySelectorAll('[aria-label], [title], [alt], [placeholder]'))
        said.push(each.ariaLabel, each.title, each.alt, each.placeholder);
    const root = document.documentElement;
    return { lang: root.lang, dir: root.dir, title: document.title, said: said.join('\\n'), broken: window.broken ?? [] };";

/// How far the page is wider than the window, and what reaches out of it on either side.
const OVERFLOW: &str = "
    const width = window.innerWidth;
    const all = document.body.querySelectorAll('*:not(.hidden, .hidden *, .skip, .sprite, .sprite *, .scroll *, option, noscript)');
    const out = [...all].filter(each => {
        const box = each.getBoundingClientRect();
        return box.width > 0 && (box.left < -1 || box.right > width + 1);
    });
    const wide = Math.max(0, document.documentElement.scrollWidth - width);
    return wide || out.length ? [wide, ...out.slice(0, 3).map(each => each.outerHTML.slice(0, 200))] : [];";

/// Puts the form's fields in place and sends it, past what the browser itself would complain about.
const SEND: &str = "
    const form = document.querySelector(arguments[0]);
    for (const [name, value] of arguments[1]) {
        form.querySelectorAll(`[name=\"${name}\"]`).forEach(each => each.disabled = true);
        const input = document.createElement('input');
        Object.assign(input, { type: 'hidden', name, value });
        form.append(input);
    }
    HTMLFormElement.prototype.submit.call(form);";

/// One language: a person of each kind, and the pages that were shown.
pub(super) struct Stage<'a> {
    pub chromium: &'a Chromium,
    pub server: &'a TestServer,
    pub mails: &'a MailServer,
    pub apps: &'a Apps,
    pub language: Language,
    /// Whose cookies the next page is opened with.
    pub person: Browser,
    /// Where the pages are.
    base: String,
    /// The page that has a title.
    titles: BTreeMap<String, String>,
    shown: usize,
    faults: Vec<String>,
}

impl<'a> Stage<'a> {
    pub(super) async fn set(
        chromium: &'a Chromium,
        (server, mails): (&'a TestServer, &'a MailServer),
        apps: &'a Apps,
        language: Language,
    ) -> Self {
        let tag = language.tag();
        for (name, role) in [
            ("ada", "editor"),
            ("kim", "editor"),
            ("lou", "editor"),
            ("max", "keeper"),
        ] {
            let new = NewUser {
                username: format!("{name}-{tag}"),
                name: Some("Ada Lovelace".to_owned()),
                email: Some(format!("{name}-{tag}@mail.example")),
                roles: vec![role.to_owned()],
                ..NewUser::default()
            };
            server.add_user_with(new).await;
        }
        let headers = json!({ "headers": { "Accept-Language": tag } });
        chromium.devtools("Network.enable", json!({})).await;
        chromium
            .devtools("Network.setExtraHTTPHeaders", headers)
            .await;
        let base = server.app.config.issuer.as_str().to_owned();
        let mut stage = Self {
            chromium,
            server,
            mails,
            apps,
            language,
            person: Browser::new(&base),
            base,
            titles: BTreeMap::new(),
            shown: 0,
            faults: Vec::new(),
        };
        stage.leave();
        stage
    }

    /// What somebody of this language is called here.
    pub(super) fn name(&self, name: &str) -> String {
        format!("{name}-{}", self.language.tag())
    }

    /// Goes on with a browser that nobody is signed in with.
    pub(super) fn leave(&mut self) {
        self.person = self.elsewhere();
    }

    /// Goes on at another server.
    pub(super) fn move_to(&mut self, server: &TestServer) {
        server.app.config.issuer.as_str().clone_into(&mut self.base);
        self.leave();
    }

    /// Another browser of the same language.
    pub(super) fn elsewhere(&self) -> Browser {
        let mut browser = Browser::new(&self.base);
        browser.headers = vec![("accept-language", self.language.tag().to_owned())];
        browser
    }

    /// Goes on with a browser that has given the password of `name`.
    pub(super) async fn sign_in(&mut self, name: &str) {
        self.leave();
        let page = self.person.get("/login").await;
        let name = self.name(name);
        self.person.log_in(&page, &name).await;
    }

    /// Opens a page with the cookies of the person.
    pub(super) async fn open(&self, address: &str) {
        let opened = self.chromium.open_as(&self.base, &self.person, address);
        opened.await;
    }

    /// Opens a page and looks at it.
    pub(super) async fn show(&mut self, name: &str, address: &str) {
        self.open(address).await;
        self.look_at(name).await;
    }

    /// Opens a page, sends its form, and looks at what follows.
    pub(super) async fn send(&mut self, name: &str, address: &str, fields: &[(&str, &str)]) {
        self.open(address).await;
        self.submit(FORM, fields).await;
        self.look_at(name).await;
    }

    /// Sends a form of the page that is open.
    pub(super) async fn submit(&self, form: &str, fields: &[(&str, &str)]) {
        let before = self.chromium.find(Locator::Css("html")).await;
        let run = self
            .chromium
            .client
            .execute(SEND, vec![json!(form), json!(fields)]);
        run.await.unwrap();
        let until = Instant::now() + PAGE_PATIENCE;
        while before.tag_name().await.is_ok() {
            assert!(Instant::now() < until, "{form} leads nowhere");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Notes whatever does not hold of the page that is open.
    pub(super) async fn look_at(&mut self, name: &str) {
        let read = self.chromium.client.execute(READ, Vec::new()).await;
        let read = read.unwrap();
        let case = format!("{name}, {}", self.language.tag());
        self.note_words(name, &case, &read);
        for width in WIDTHS {
            self.chromium.resize(width).await;
            let run = self.chromium.client.execute(OVERFLOW, Vec::new());
            let overflow = run.await.unwrap();
            self.expect(overflow == json!([]), || {
                format!("{case}, {width} px: {overflow}")
            });
        }
        for (width, scheme) in self.looks() {
            self.chromium.look(width, scheme).await;
            let mut found = self.chromium.faults().await;
            if name == "signed out, on the way back"
                && let Some(faults) = found.as_array_mut()
            {
                // OIDC Front-Channel Logout §3: it stays for as long as the frames of other apps need, and loses nobody's work.
                faults.retain(|fault| fault["id"] != "meta-refresh");
            }
            self.expect(found == json!([]), || {
                format!("{case}, {width} px, {scheme}: {found:#}")
            });
            self.picture(name, width, scheme).await;
        }
        if PICTURES.is_some() && self.language != Language::English {
            self.chromium.look(390, "light").await;
            self.picture(name, 390, "light").await;
        }
        self.shown += 1;
    }

    fn expect(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            self.faults.push(fault());
        }
    }

    fn looks(&self) -> Vec<(u32, &'static str)> {
        let turn = self.shown + self.language as usize;
        match self.language {
            Language::English => LOOKS.to_vec(),
            // One scheme wide, the other one narrow.
            Language::Arabic => LOOKS[turn % 2 * 2..][..2].to_vec(),
            _ => vec![LOOKS[turn % 4]],
        }
    }

    /// Its language and direction, its title, that every message was found, and that nothing was kept from loading.
    fn note_words(&mut self, name: &str, case: &str, read: &Value) {
        let language = self.language;
        let text = |member: &str| read[member].as_str().unwrap().to_owned();
        let written = (text("lang"), text("dir"));
        let wanted = (language.tag().to_owned(), language.dir().to_owned());
        self.expect(written == wanted, || format!("{case}: is in {written:?}"));
        let broken = &read["broken"];
        let is_whole = broken.as_array().is_some_and(Vec::is_empty) || name == "form post";
        self.expect(is_whole, || format!("{case}: {broken}"));
        let said = text("said");
        let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let mut words = said.split(|c| !is_letter(c));
        let id = words.find(|word| IDS.contains(*word));
        let has_value = ["{$", "{ $", "\u{e000}"]
            .iter()
            .any(|mark| said.contains(mark));
        self.expect(id.is_none() && !has_value, || {
            format!("{case}: says {id:?}: {said}")
        });
        let page = name.split(',').next().unwrap().to_owned();
        let title = text("title");
        let other = self.titles.insert(title.clone(), page.clone());
        let is_own = other.as_ref().is_none_or(|other| *other == page);
        self.expect(is_own, || {
            format!("{case}: {title:?} is the title of {other:?} too")
        });
    }

    async fn picture(&self, name: &str, width: u32, scheme: &str) {
        let Some(folder) = &*PICTURES else {
            return;
        };
        let name = name.replace(", ", "_").replace(' ', "-");
        let file = format!("{name}.{}.{width}.{scheme}.png", self.language.tag());
        let picture = self.chromium.picture(width).await;
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(folder.join(file), picture).unwrap();
    }

    /// What did not hold; a stage that showed too little was left too early.
    pub(super) fn end(mut self) -> Vec<String> {
        let shown = self.shown;
        self.expect(shown > 60, || format!("only {shown} pages"));
        self.faults
    }
}

impl Chromium {
    /// Opens a page as somebody whom the tests signed in without it.
    pub(in crate::browser) async fn open_as(&self, base: &str, person: &Browser, address: &str) {
        let cookies = person.cookies.iter().map(|(name, value)| {
            json!({ "name": name, "value": value, "url": base, "httpOnly": true, "sameSite": "Lax" })
        });
        let cookies: Vec<Value> = cookies.collect();
        let clear = self.devtools("Network.clearBrowserCookies", json!({}));
        clear.await;
        let set = json!({ "cookies": cookies });
        self.devtools("Network.setCookies", set).await;
        let address = if address.starts_with('/') {
            format!("{base}{address}")
        } else {
            address.to_owned()
        };
        let went = self.client.goto(&address).await;
        went.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    /// The page that is open, down to its end, as a PNG.
    pub(in crate::browser) async fn picture(&self, width: u32) -> Vec<u8> {
        let metrics = self.devtools("Page.getLayoutMetrics", json!({})).await;
        let height = metrics["cssContentSize"]["height"].as_f64().unwrap();
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        // Beyond it, Chromium shifts a page from right to left that ends within it.
        let is_longer = height > 900.0;
        let wish = json!({ "format": "png", "captureBeyondViewport": is_longer, "clip": clip });
        let taken = self.devtools("Page.captureScreenshot", wish).await;
        STANDARD.decode(taken["data"].as_str().unwrap()).unwrap()
    }
}

/// Where pictures go, if any are wished for.
static PICTURES: LazyLock<Option<PathBuf>> =
    LazyLock::new(|| std::env::var_os("PLACET_TEST_PICTURES").map(PathBuf::from));

/// The ids of messages that are no words of any language.
static IDS: LazyLock<std::collections::BTreeSet<String>> = LazyLock::new(|| {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("templates/texts/en");
    let files = std::fs::read_dir(folder).unwrap();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let ids = texts.flat_map(|text| {
        let ids = text.lines().filter_map(|line| line.split_once(" ="));
        ids.map(|(id, _)| id.to_owned()).collect::<Vec<_>>()
    });
    ids.filter(|id| id.contains('-') && id != "sign-in")
        .collect()
});
