// Forms that save themselves: <form data-draft="url">. The answer is the sentence to show.

import { keep } from "./kept.js";
import { isLoggedOut, post, say, words } from "./page.js";

const PAUSE = 1200;
const RETRY = 15000;

export function startDrafts() {
  document.querySelectorAll("form[data-draft]").forEach(watch);
}

function watch(form) {
  const url = form.dataset.draft;
  let timer = 0;
  let saving = null;
  let isClosed = false;

  function later(pause) {
    clearTimeout(timer);
    timer = isClosed ? 0 : setTimeout(save, pause);
  }

  // The submission follows; a draft that arrived after it would come back from the dead.
  function stop() {
    isClosed = true;
    clearTimeout(timer);
    timer = 0;
    if (saving) saving.abort();
  }

  async function save() {
    timer = 0;
    if (saving) {
      later(PAUSE);
      return;
    }
    saving = new AbortController();
    try {
      await tell(await post(url, form, { signal: saving.signal }), form);
    } catch (error) {
      if (!isClosed) showDraft(words().unsaved);
      later(RETRY);
    } finally {
      saving = null;
    }
  }

  document.addEventListener("input", (event) => {
    if (event.target.form === form) later(PAUSE); // controls outside the form may belong to it
  });
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) stop();
  });
  window.addEventListener("pageshow", () => { isClosed = false; });
  window.addEventListener("pagehide", () => {
    if (timer) post(url, form, { keepalive: true }).catch(() => keep(form)); // too long to be sent while leaving
  });
}

async function tell(response, form) {
  if (response.ok) {
    showDraft(await response.text());
  } else if (isLoggedOut(response)) {
    keep(form);
    say(words().expired, words().login, location.href);
  } else if (response.status === 409) {
    showDraft(words().stale);
  } else {
    throw new Error(`draft: ${response.status}`);
  }
}

function showDraft(text) {
  const place = document.querySelector("[data-draft-said]");
  if (place) place.textContent = text;
}
