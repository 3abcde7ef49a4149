// Phrases: ";gs" and Tab in a text box, or a press on one of the list. Without the script the press goes to the server.

import { isComposing } from "./keys.js";

const TYPED = /[;；]([a-z0-9]{1,12})$/i;

export function startPhrases() {
  const list = document.querySelector("[data-phrases]");
  if (!list) return;
  let last = null;
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea")) last = event.target;
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-code]");
    if (!button) return;
    event.preventDefault();
    const box = boxOf(button, last);
    if (box) put(box, box.selectionStart, button.dataset.text);
  });
  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (event.key !== "Tab" || event.shiftKey || event.ctrlKey || event.altKey || isComposing(event) || !box.matches("textarea")) return;
    const typed = TYPED.exec(box.value.slice(0, box.selectionStart));
    const button = typed && list.querySelector(`[data-code="${typed[1].toLowerCase()}"]`);
    if (!button) return;
    event.preventDefault();
    put(box, box.selectionStart - typed[0].length, button.dataset.text);
  });
}

// The box that was written in last; before any was, the one that the phrase is for.
function boxOf(button, last) {
  return last || document.querySelector(`textarea[name="${button.dataset.place}"]`) || document.querySelector("textarea[name=outcome]");
}

function put(box, from, text) {
  box.focus();
  box.setRangeText(text, from, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true })); // so that the draft keeps it
}
