// Forms: sent once, left with a warning, rows that grow, Enter to the next field, numbers covered when they are left.

import { forget, keep } from "./kept.js";
import { isComposing, isField } from "./keys.js";

const RELEASE = 15000;
const NUMBER = /^[\d+-]{7,}[\dXx]$/;
const touched = new Set();

export function startForms() {
  document.addEventListener("input", onInput);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onEnter);
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
  window.addEventListener("beforeunload", (event) => {
    if (!touched.size) return;
    event.preventDefault();
    event.returnValue = "";
  });
  document.querySelectorAll("input[data-mask]").forEach(cover);
  document.querySelectorAll("select[data-narrows]").forEach(narrow);
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
}

function isPost(form) {
  return (form.getAttribute("method") || "").toLowerCase() === "post";
}

function onInput(event) {
  const { form } = event.target;
  if (form && isPost(form) && form.dataset.draft === undefined) touched.add(form);
}

function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || !isPost(form)) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.dataset.forget !== undefined) forget();
  else if (touched.has(form) || form.dataset.draft !== undefined) keep(form);
  touched.clear();
  if (form.dataset.once === "no") return;
  form.dataset.sent = "yes";
  setTimeout(() => submittersOf(form).forEach((each) => { each.disabled = true; })); // after the pressed one has been sent along
  setTimeout(() => release(form), RELEASE); // the answer may have been a file
}

function submittersOf(form) {
  return Array.from(form.elements).filter((each) => each.type === "submit");
}

function release(form) {
  delete form.dataset.sent;
  submittersOf(form).forEach((each) => { each.disabled = false; });
}

function onClick(event) {
  const add = event.target.closest("[data-repeat]");
  const drop = event.target.closest("[data-drop]");
  const fill = event.target.closest("[data-fill]");
  if (add || drop || fill) event.preventDefault();
  if (fill) take(fill);
  if (add) addRow(document.getElementById(add.dataset.repeat), document.getElementById(`${add.dataset.repeat}-blank`));
  if (drop) dropRow(drop.closest("[data-row]"));
  document.querySelectorAll("details.posts[open]").forEach((each) => { each.open = each.contains(event.target); });
}

// A suggestion goes into its field as if it had been chosen there.
function take(button) {
  const input = document.getElementById(button.dataset.fill);
  input.value = button.dataset.fillText;
  if (input.dataset.into) document.getElementById(input.dataset.into).value = button.value;
  input.focus();
  input.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "chosen" }));
}

// Numbers only grow: the form's reader takes rows in order and does not mind gaps.
function addRow(rows, blank) {
  const number = Number(rows.dataset.next || rows.children.length);
  rows.dataset.next = number + 1;
  rows.insertAdjacentHTML("beforeend", blank.innerHTML.split("__n__").join(number));
  const first = Array.from(rows.lastElementChild.querySelectorAll("input, select, textarea")).find((each) => each.type !== "hidden");
  if (first) first.focus();
}

function dropRow(row) {
  const neighbour = row.previousElementSibling || row.nextElementSibling;
  const form = row.closest("form");
  row.remove();
  const next = neighbour && neighbour.querySelector("input, select, textarea, button");
  if (next) next.focus();
  if (form) form.dispatchEvent(new Event("input", { bubbles: true }));
}

// One choice narrows another: of the points only those of the chosen channel are offered, none where it has none.
function narrow(select) {
  const other = document.getElementById(select.dataset.narrows);
  const draw = () => {
    let count = 0;
    other.querySelectorAll("option[data-channel]").forEach((option) => {
      option.hidden = option.dataset.channel !== select.value;
      option.parentElement.hidden = option.hidden;
      if (option.hidden && option.selected) other.value = "";
      if (!option.hidden) count += 1;
    });
    other.parentElement.hidden = count === 0;
  };
  select.addEventListener("change", draw);
  draw();
}

// A card reader types the number and Enter; that must not send a form half filled.
function onEnter(event) {
  const { target } = event;
  if (event.key !== "Enter" || event.defaultPrevented || isComposing(event) || !target.matches("form[data-enter=next] input")) return;
  event.preventDefault();
  const controls = Array.from(target.form.elements).filter((each) => each.tabIndex >= 0 && !each.disabled && each.getClientRects().length);
  const next = controls[controls.indexOf(target) + 1];
  if (next) next.focus();
  if (next && isField(next) && next.select) next.select();
}

// The screen faces the counter. The value stays where it is, only its picture is covered.
function cover(input) {
  const frame = document.createElement("span");
  const cloak = document.createElement("span");
  const hasFocus = document.activeElement === input;
  frame.className = "covered";
  cloak.className = "cloak";
  cloak.setAttribute("aria-hidden", "true");
  input.replaceWith(frame);
  frame.append(input, cloak);
  if (hasFocus) input.focus();
  const draw = () => {
    const isCovered = document.activeElement !== input && NUMBER.test(input.value);
    cloak.textContent = isCovered ? masked(input.value, input.dataset.mask) : "";
    input.classList.toggle("unseen", isCovered);
  };
  ["focus", "blur", "change"].forEach((name) => input.addEventListener(name, draw));
  draw();
}

function masked(value, kind) {
  const head = kind === "id" ? 6 : 3;
  return value.slice(0, head) + "*".repeat(Math.max(value.length - head - 4, 0)) + value.slice(-4);
}
