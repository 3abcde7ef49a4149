// Typed text survives a new log-in and a failure: it waits in this tab's storage from submission until the next page
// shows that it arrived, and goes back into the form when a log-in or an error page came between.

import { say, words } from "./page.js";

const PLACE = "kept";
const LIFE = 12 * 3600 * 1000;

export function keep(form) {
  if (document.body.dataset.login !== undefined) return; // the log-in itself must not push out what waits for it
  const fields = controlsOf(form).filter((each) => !isTick(each) || each.checked).map((each) => [each.name, each.value]);
  write({ who: document.body.dataset.who, page: thisPage(), form: form.getAttribute("id"), fields, at: Date.now() });
}

export function forget() {
  write(null);
}

export function returnKept() {
  const kept = read();
  if (!kept) return;
  const { login, failed, who } = document.body.dataset;
  if (login !== undefined || failed !== undefined) {
    write({ ...kept, isAwaited: true });
    document.querySelectorAll("[data-kept]").forEach((each) => { each.hidden = false; });
  } else if (!kept.isAwaited || kept.who !== who || Date.now() - kept.at > LIFE) {
    forget();
  } else if (kept.page === thisPage()) {
    putBack(kept);
  } else {
    say(words().elsewhere, words().resume, kept.page);
  }
}

function putBack(kept) {
  const form = document.getElementById(kept.form) || document.querySelector("main form[method=post]");
  if (!form) return;
  growFor(form, kept.fields);
  const left = kept.fields.slice();
  for (const control of controlsOf(form)) {
    const found = left.findIndex(([name, value]) => name === control.name && (!isTick(control) || value === control.value));
    const before = isTick(control) ? control.checked : control.value;
    if (isTick(control)) control.checked = found >= 0;
    else if (found >= 0) control.value = left[found][1];
    if (found >= 0) left.splice(found, 1);
    if (before !== (isTick(control) ? control.checked : control.value)) {
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  forget();
  say(words().kept);
}

// Rows that were added by hand are added again.
function growFor(form, fields) {
  form.querySelectorAll("[data-repeat]").forEach((button) => {
    const blank = document.getElementById(`${button.dataset.repeat}-blank`).content.querySelector("[name*=__n__]");
    const [head, tail] = blank.name.split("__n__");
    const rows = fields.filter(([name]) => name.startsWith(head) && name.endsWith(tail)).length;
    const has = () => controlsOf(form).filter(({ name }) => name.startsWith(head) && name.endsWith(tail)).length;
    for (let missing = rows - has(); missing > 0; missing -= 1) button.click();
  });
}

// Hidden values (tokens, versions, keys) are the new page's own; passwords and files are never kept.
function controlsOf(form) {
  return Array.from(form.elements).filter((each) => each.name
    && !["hidden", "password", "file", "submit", "button", "fieldset"].includes(each.type));
}

function isTick(control) {
  return control.type === "checkbox" || control.type === "radio";
}

function thisPage() {
  return location.href.split("#")[0];
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE));
  } catch (error) {
    return null; // storage is switched off
  }
}

function write(kept) {
  try {
    if (kept) sessionStorage.setItem(PLACE, JSON.stringify(kept));
    else sessionStorage.removeItem(PLACE);
  } catch (error) {
    // Storage is full or switched off: the server's draft is what remains.
  }
}
