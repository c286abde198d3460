// Puts a button beside every password that shows what is typed, and hides it again when the form is sent.
"use strict";
const label = document.currentScript.dataset.label;
for (const input of document.querySelectorAll("input[type=password]")) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "peek", ariaLabel: label, ariaPressed: "false" });
  button.setAttribute("aria-controls", input.id);
  button.innerHTML = '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M2 10c2-3.6 4.8-5.2 8-5.2s6 1.6 8 5.2c-2 3.6-4.8 5.2-8 5.2S4 13.6 2 10zM10 7.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8"/><path class="slash" d="m3.5 16.5 13-13"/></svg>';
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.ariaPressed = String(shown);
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // Browsers keep what was typed as text, to propose it again.
  input.form.addEventListener("submit", () => show(false));
  input.after(button);
}
