// A card to copy from: Enter on a value's button copies it and goes on to the next one.

export function startCopying() {
  document.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", onClick);
}

async function onClick(event) {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const row = button.closest("tr");
  if (!(await copy(row.querySelector(".copied").textContent))) return;
  row.classList.add("done");
  say(row.querySelector("th").firstChild.textContent.trim());
  const all = Array.from(document.querySelectorAll("[data-copy]"));
  const next = all[all.indexOf(button) + 1];
  if (next) next.focus();
}

// Without TLS a page has no clipboard of its own: the old way works there, too.
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      // not allowed here: the old way
    }
  }
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "printed";
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}

function say(label) {
  const line = document.querySelector("[data-copied]");
  if (line) line.textContent = line.dataset.copied.replace("…", label);
}
