// Passkeys: asks the browser for what a form wants (data-passkey: create, get), puts the answer into the form and posts it. Where a
// field of the page has autocomplete="webauthn" and the form is data-conditional, the browser offers passkeys in that field too.
"use strict";
if (window.PublicKeyCredential && navigator.credentials) {
  // Before the page is drawn, so that nothing moves.
  document.documentElement.classList.add("can-passkey");
}

document.addEventListener("DOMContentLoaded", () => {
  const bytes = (text) => {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (character) => character.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  const descriptor = (of) => ({ ...of, id: bytes(of.id) });

  const options = (form) => {
    const key = JSON.parse(form.dataset.options).publicKey;
    key.challenge = bytes(key.challenge);
    if (key.user) key.user.id = bytes(key.user.id);
    if (key.excludeCredentials) key.excludeCredentials = key.excludeCredentials.map(descriptor);
    if (key.allowCredentials) key.allowCredentials = key.allowCredentials.map(descriptor);
    return key;
  };

  const answer = (credential) => {
    const from = credential.response;
    const response = { clientDataJSON: text(from.clientDataJSON) };
    if (from.attestationObject) {
      response.attestationObject = text(from.attestationObject);
      if (from.getTransports) response.transports = from.getTransports();
    } else {
      response.authenticatorData = text(from.authenticatorData);
      response.signature = text(from.signature);
      response.userHandle = from.userHandle ? text(from.userHandle) : null;
    }
    const extensions = credential.getClientExtensionResults();
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      extensions: extensions.credProps ? { credProps: extensions.credProps } : {},
    });
  };

  const send = (form, credential) => {
    form.elements.namedItem("response").value = answer(credential);
    HTMLFormElement.prototype.submit.call(form);
  };

  const problem = (form, name) => {
    for (const notice of form.querySelectorAll("[data-problem]")) {
      notice.hidden = notice.dataset.problem !== name;
    }
  };

  const wordFor = (error) => {
    if (error.name === "NotAllowedError" || error.name === "AbortError") return "cancelled";
    if (error.name === "InvalidStateError") return "known";
    return "failed";
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("button[type=submit]");
    const waiting = new AbortController();
    const ask = form.dataset.passkey === "create"
      ? () => navigator.credentials.create({ publicKey: options(form) })
      : (more) => navigator.credentials.get({ publicKey: options(form), ...more });

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      // The offer in the field ends: the browser does one at a time.
      waiting.abort();
      problem(form, null);
      button.disabled = true;
      try {
        send(form, await ask());
      } catch (error) {
        problem(form, wordFor(error));
      } finally {
        button.disabled = false;
      }
    });

    const offers = "conditional" in form.dataset && window.PublicKeyCredential?.isConditionalMediationAvailable;
    if (offers) {
      PublicKeyCredential.isConditionalMediationAvailable()
        .then((can) => (can ? ask({ mediation: "conditional", signal: waiting.signal }) : null))
        .then((credential) => credential && send(form, credential))
        // Nobody asked for it: what becomes of the offer is no news.
        .catch(() => {});
    }
  }
});
