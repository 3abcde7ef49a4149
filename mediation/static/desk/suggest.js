// Fields that suggest: <input data-suggest="url">, answered with [{value, label, hint}].
// The chosen label stands in the field, its value in the hidden input named by data-into.

import { isComposing } from "./keys.js";
import { words } from "./page.js";

const PAUSE = 200;
let count = 0;

export function startSuggestions() {
  document.querySelectorAll("input[data-suggest]").forEach(enhance);
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("input[data-suggest]:not([role])")) enhance(event.target); // in a row added later
  });
}

function enhance(input) {
  const list = document.createElement("ul");
  const into = input.dataset.into ? document.getElementById(input.dataset.into) : null;
  let options = [];
  let active = -1;
  let timer = 0;
  let running = null;

  count += 1;
  list.id = `suggest-${count}`;
  list.className = "suggest";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels.length ? input.labels[0].textContent : input.getAttribute("aria-label"));
  list.hidden = true;
  input.after(list);
  input.parentElement.classList.add("suggests");
  input.removeAttribute("list");
  input.autocomplete = "off";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  async function ask() {
    const text = input.value.trim();
    if (running) running.abort();
    running = new AbortController();
    if (!text) return close();
    try {
      const joint = input.dataset.suggest.includes("?") ? "&" : "?";
      const url = `${input.dataset.suggest}${joint}q=${encodeURIComponent(text)}`;
      const response = await fetch(url, { signal: running.signal, credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
      if (response.ok && document.activeElement === input) open(await response.json());
    } catch (error) {
      close(); // overtaken, or no network: the field stays a plain one
    }
    return undefined;
  }

  function open(found) {
    options = found;
    active = -1;
    list.textContent = "";
    input.removeAttribute("aria-activedescendant");
    found.forEach((each, number) => list.append(row(each, number)));
    if (!found.length) list.append(emptyRow());
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    move(1); // so that Enter takes the best one
  }

  function row(each, number) {
    const item = document.createElement("li");
    item.id = `${list.id}-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.textContent = each.label;
    if (each.hint) {
      const hint = document.createElement("span");
      hint.textContent = each.hint;
      item.append(" ", hint);
    }
    item.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    item.addEventListener("click", () => choose(number));
    return item;
  }

  function emptyRow() {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    item.textContent = words().none;
    return item;
  }

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function move(step) {
    if (list.hidden || !options.length) return;
    active = (active + step + options.length) % options.length;
    Array.from(list.children).forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function choose(number) {
    input.value = options[number].label;
    if (into) into.value = options[number].value;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "chosen" }));
  }

  input.addEventListener("input", (event) => {
    if (event.detail === "chosen") return;
    if (into) into.value = ""; // the text no longer is what was chosen
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("compositionend", () => { timer = setTimeout(ask, PAUSE); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (isComposing(event) || list.hidden) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(active < 0 ? 0 : -1);
    else if (event.key === "Enter" && active >= 0) choose(active);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
