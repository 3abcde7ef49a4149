// Mentions: "@" and a name or its first letters in a text box find a colleague among the boxes to tick below it.
// Enter or Tab takes the first that fits; the box gets its tick. Without the script the boxes are ticked by hand.

import { isComposing } from "./keys.js";
import { words } from "./page.js";

const TYPED = /[@＠]([^\s@＠]{0,12})$/;

export function startMentions() {
  document.querySelectorAll("[data-mentions]").forEach((boxes) => {
    const text = document.getElementById(boxes.dataset.mentions);
    if (text) enhance(text, [...boxes.querySelectorAll("[data-name]")]);
  });
}

function enhance(text, colleagues) {
  const list = document.createElement("ul");
  let found = [];
  let active = -1;

  list.id = `${text.id}-mentions`;
  list.className = "suggest";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", text.labels[0].textContent);
  list.hidden = true;
  text.after(list);
  text.parentElement.classList.add("suggests");
  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-controls", list.id);

  function typed() {
    return TYPED.exec(text.value.slice(0, text.selectionStart));
  }

  function look() {
    const said = typed();
    if (!said) return close();
    const wanted = said[1].toLowerCase();
    found = colleagues.filter((each) => each.dataset.name.startsWith(wanted) || each.dataset.initials.startsWith(wanted));
    if (found.some((each) => each.dataset.name === said[1])) return close(); // written out already
    list.textContent = "";
    found.slice(0, 8).forEach((each, number) => list.append(row(each, number)));
    if (!found.length) list.append(emptyRow());
    list.hidden = false;
    return mark(found.length ? 0 : -1);
  }

  function row(each, number) {
    const item = document.createElement("li");
    item.id = `${list.id}-${number}`;
    item.setAttribute("role", "option");
    item.textContent = each.parentElement.textContent.trim();
    item.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
    item.addEventListener("click", () => choose(number));
    return item;
  }

  function emptyRow() {
    const item = document.createElement("li");
    item.className = "mute";
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    item.textContent = words().none;
    return item;
  }

  function mark(number) {
    active = number;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (active >= 0) text.setAttribute("aria-activedescendant", `${list.id}-${active}`);
    else text.removeAttribute("aria-activedescendant");
  }

  function choose(number) {
    const said = typed();
    const each = found[number];
    if (!said || !each) return close();
    text.setRangeText(`@${each.dataset.name} `, text.selectionStart - said[0].length, text.selectionStart, "end");
    each.checked = true;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    return close();
  }

  function close() {
    list.hidden = true;
    mark(-1);
  }

  text.addEventListener("input", (event) => isComposing(event) || look());
  text.addEventListener("compositionend", look);
  text.addEventListener("blur", close);
  text.addEventListener("keydown", (event) => {
    if (list.hidden || isComposing(event)) return;
    const last = Math.min(found.length, 8) - 1;
    if (event.key === "ArrowDown") mark(Math.min(active + 1, last));
    else if (event.key === "ArrowUp") mark(Math.max(active - 1, 0));
    else if ((event.key === "Enter" || event.key === "Tab") && active >= 0) choose(active);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
