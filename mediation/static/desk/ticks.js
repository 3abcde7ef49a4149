// Ticks of a list: a box in the head ticks its whole table, and <span data-ticked="form id"> says how many are ticked.

export function startTicks() {
  document.querySelectorAll("[data-all]").forEach((box) => {
    box.hidden = false;
    box.addEventListener("change", () => tickAll(box));
  });
  document.querySelectorAll("[data-ticked]").forEach((told) => {
    const form = document.getElementById(told.dataset.ticked);
    document.addEventListener("change", (event) => { if (event.target.form === form) tell(told, form); });
    tell(told, form);
  });
}

function tickAll(box) {
  const boxes = Array.from(box.closest("table").querySelectorAll(`tbody input[name="${box.dataset.all}"]`));
  boxes.forEach((each) => { each.checked = box.checked; });
  if (boxes.length) boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
}

function tell(told, form) {
  const count = Array.from(form.elements).filter((each) => each.type === "checkbox" && each.checked).length;
  told.textContent = count ? told.dataset.words.replace("#", count) : "";
}
