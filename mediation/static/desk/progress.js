// Work that goes on elsewhere: <b data-progress="url"> is told anew until it is over, then the page is. A bar moves along.

const PAUSE = 2000;

export function startProgress() {
  document.querySelectorAll("[data-progress]").forEach((line) => setTimeout(look, PAUSE, line));
}

async function look(line) {
  try {
    const response = await fetch(line.dataset.progress, { headers: { Accept: "application/json" } });
    if (!response.ok) return; // logged out: the page itself says so at the next click
    const told = await response.json();
    if (told.over && !(line.dataset.stay !== undefined && isTouched())) {
      location.reload();
      return;
    }
    if (line.textContent !== told.words) line.textContent = told.words;
    const bar = document.querySelector("progress[aria-labelledby=progress]");
    if (bar && told.total) bar.value = told.done;
    if (told.over) return;
  } catch (error) {
    // The net went away for a moment.
  }
  setTimeout(look, PAUSE, line);
}

// On a page that is worked on, what is typed or ticked stays; the words alone tell that it is over.
function isTouched() {
  return Array.from(document.querySelectorAll("#main input, #main select, #main textarea")).some((each) => {
    if (each.type === "checkbox" || each.type === "radio") return each.checked !== each.defaultChecked;
    if (each.localName === "select") return each.selectedIndex > 0 && !each.options[each.selectedIndex].defaultSelected;
    return each.type === "file" ? each.files.length > 0 : each.value !== each.defaultValue;
  });
}
