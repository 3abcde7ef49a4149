// Panels that follow a form while it is filled: <aside data-live="url" data-of="form id">. The answer is a piece of the page.

import { isLoggedOut, post, say, words } from "./page.js";
import { keep } from "./kept.js";
import { isComposing } from "./keys.js";

const PAUSE = 500;

export function startPanels() {
  document.querySelectorAll("[data-live]").forEach(follow);
}

function follow(panel) {
  const form = document.getElementById(panel.dataset.of);
  let timer = 0;
  let running = null;
  let shown = "";

  async function refresh() {
    if (running) running.abort();
    running = new AbortController();
    try {
      const response = await post(panel.dataset.live, form, { signal: running.signal });
      if (isLoggedOut(response)) {
        keep(form);
        say(words().expired, words().login, location.href);
      } else if (response.ok) {
        show(await response.text());
      }
    } catch (error) {
      // Overtaken by a newer one, or no network: what stands there stays.
    }
  }

  // The same answer leaves the panel alone, so that nothing is read out twice.
  function show(html) {
    if (html === shown) return;
    const focused = panel.contains(document.activeElement) ? document.activeElement : null;
    shown = html;
    panel.innerHTML = html;
    panel.querySelectorAll("[data-place]").forEach(putInPlace);
    if (focused) focusAgain(focused);
  }

  // Some of the answer belongs beside a field of the form.
  function putInPlace(piece) {
    const place = document.getElementById(piece.dataset.place);
    if (place && place.innerHTML !== piece.innerHTML) place.replaceChildren(...piece.childNodes);
    piece.remove();
  }

  function focusAgain(old) {
    const same = Array.from(panel.querySelectorAll(old.localName))
      .find((each) => (old.id ? each.id === old.id : each.name === old.name && each.value === old.value));
    if (same) same.focus();
  }

  function onChange(event) {
    if (event.target.form !== form || isComposing(event)) return;
    clearTimeout(timer);
    if (running) running.abort(); // its answer would undo a tick that was made meanwhile
    timer = setTimeout(refresh, PAUSE);
  }

  ["input", "change", "compositionend"].forEach((name) => document.addEventListener(name, onChange));
}
