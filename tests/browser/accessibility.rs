//! What axe-core finds on a page, in both colour schemes. It comes from npm: `tests/browser/axe` says which one.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use fantoccini::wd::WebDriverCompatibleCommand;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Browser, on_path};
use crate::support::skipped;

/// The script, or why there is none.
fn axe() -> Option<&'static str> {
    static AXE: OnceLock<Result<String, String>> = OnceLock::new();
    let found = AXE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/axe");
        let script = folder.join("node_modules/axe-core/axe.min.js");
        if !script.is_file() {
            install(&folder)?;
        }
        std::fs::read_to_string(&script).map_err(|error| error.to_string())
    });
    match found {
        Ok(script) => Some(script),
        Err(why) => {
            skipped::record("axe", why);
            None
        }
    }
}

fn install(folder: &PathBuf) -> Result<(), String> {
    let npm = on_path(&["npm"]).ok_or("there is no npm on the PATH")?;
    let status = Command::new(npm)
        .args([
            "ci",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
        ])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        other => Err(format!("npm ci: {other:?}")),
    }
}

/// A command of Chromium's own.
#[derive(Debug)]
struct Devtools(&'static str, Value);

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(
        &self,
        base_url: &url::Url,
        session_id: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base_url.join(&format!(
            "session/{}/goog/cdp/execute",
            session_id.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.0, "params": self.1 });
        (Method::POST, Some(body.to_string()))
    }
}

impl Browser {
    /// What Chromium answers to a command of its own.
    pub(super) async fn devtools(&self, command: &'static str, params: Value) -> Value {
        let command = Devtools(command, params);
        self.client.issue_cmd(command).await.unwrap()
    }

    /// How wide the window is.
    pub(super) async fn resize(&self, width: u32) {
        let size =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size)
            .await;
    }

    /// How wide the window is, and which colours the person likes.
    pub(super) async fn look(&self, width: u32, scheme: &str) {
        self.resize(width).await;
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }

    /// Fails where axe-core finds anything on the page that is open, wide and narrow, light and dark, or where the page is
    /// wider than the window.
    pub(super) async fn assert_accessible(&self, name: &str) {
        for (width, scheme) in [
            (1280, "light"),
            (390, "dark"),
            (1280, "dark"),
            (390, "light"),
        ] {
            self.look(width, scheme).await;
            let overflow = self
                .client
                .execute(
                    "return document.documentElement.scrollWidth - window.innerWidth",
                    Vec::new(),
                )
                .await
                .unwrap();
            assert!(
                overflow.as_i64().unwrap_or(1) <= 0,
                "{name} at {width}: {overflow} px too wide"
            );
            let found = self.faults().await;
            assert_eq!(found, json!([]), "{name} at {width}, {scheme}: {found:#}");
        }
    }

    /// Puts axe-core into every page from now on, so that it is not sent to each, and notes what a page is kept from loading.
    pub(super) async fn load_axe(&self) {
        let Some(axe) = axe() else { return };
        for source in [axe, NOTE] {
            let script = json!({ "source": source });
            let added = self.devtools("Page.addScriptToEvaluateOnNewDocument", script);
            added.await;
        }
    }

    /// What axe-core finds on the page that is open; nothing where there is none.
    pub(super) async fn faults(&self) -> Value {
        let Some(axe) = axe() else { return json!([]) };
        let run = self.client.execute_async(RUN, Vec::new()).await.unwrap();
        if run != Value::Null {
            return run;
        }
        // Not subject to the page's policy: the driver puts it there.
        self.client.execute(axe, Vec::new()).await.unwrap();
        self.client.execute_async(RUN, Vec::new()).await.unwrap()
    }
}

/// Every rule that is on by itself, and WCAG 2.2's about the size of targets; `null` where the script is not in the page yet.
const RUN: &str = "const done = arguments[0];
    const wish = { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } };
    window.axe ? axe.run(document, wish).then(
        found => done(found.violations.map(v => ({ id: v.id, at: v.nodes.map(n => n.html + ' ' + n.failureSummary) }))),
        error => done(String(error))) : done(null)";

const NOTE: &str = "window.broken = [];
    addEventListener('securitypolicyviolation', event => window.broken.push(event.violatedDirective + ' ' + event.blockedURI));
    addEventListener('error', event => window.broken.push(String(event.message ?? event.target.outerHTML)), true);";
