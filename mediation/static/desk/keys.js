// Keys: F9 and its like, Alt + number, single characters outside fields, and the rows of a list.

const NO_TEXT = ["checkbox", "radio", "button", "submit", "reset", "image", "range", "color", "file"];

export function isComposing(event) {
  return event.isComposing || event.keyCode === 229; // 229: an input method has the key, also where isComposing is not told
}

export function isField(element) {
  if (element.matches("textarea, select, [contenteditable]")) return true;
  return element.matches("input") && !NO_TEXT.includes(element.type);
}

export function startKeys() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", (event) => markRow(event.target.closest("table[data-rows] > tbody > tr")));
}

function onKey(event) {
  if (isComposing(event)) {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault(); // it ends the word, not the form
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  const handled = pressKey(event) || moveInRows(event);
  if (handled) event.preventDefault();
}

function pressKey(event) {
  const name = nameOf(event);
  const isSingle = name.length === 1;
  if (isSingle && (event.altKey || document.body.dataset.singleKeys === "off" || isField(event.target))) return false;
  const element = bearerOf(name);
  if (!element) return false;
  if (!event.repeat) press(element);
  return true;
}

function nameOf(event) {
  if (event.altKey && /^Digit\d$/.test(event.code)) return `Alt+${event.code.slice(5)}`;
  return event.key;
}

// A row's keys belong to the current row alone.
function bearerOf(name) {
  const bearers = Array.from(document.querySelectorAll("[data-key]")).filter((each) => each.dataset.key === name && isUsable(each));
  const row = document.querySelector("tr.here");
  return bearers.find((each) => row && row.contains(each)) || bearers.find((each) => !each.closest("table[data-rows]"));
}

function isUsable(element) {
  return !element.disabled && element.getClientRects().length > 0;
}

function press(element) {
  element.focus();
  if (!isField(element)) element.click();
  else if (element.select) element.select(); // a list of choices has no text
}

function moveInRows(event) {
  const { key, target } = event;
  const row = target.closest("table[data-rows] > tbody > tr");
  if (isField(target) || event.altKey || (!row && target !== document.body)) return false;
  if (key === "ArrowDown" || key === "ArrowUp") return stepTo(row, key === "ArrowDown" ? 1 : -1);
  if (key === " " && row && target.matches("a")) return tick(row);
  return false;
}

function stepTo(row, step) {
  const rows = Array.from(document.querySelectorAll("table[data-rows] > tbody > tr")).filter(handleOf);
  const from = rows.indexOf(row || document.querySelector("tr.here"));
  const next = rows[from < 0 ? 0 : from + step];
  if (next) handleOf(next).focus();
  return Boolean(next);
}

function handleOf(row) {
  return row.querySelector("a.t") || row.querySelector("a[href], button, input");
}

function tick(row) {
  const box = row.querySelector("input[type=checkbox]");
  if (box) box.click();
  return Boolean(box);
}

function markRow(row) {
  if (!row) return;
  document.querySelectorAll("tr.here").forEach((each) => each.classList.remove("here"));
  row.classList.add("here");
}
