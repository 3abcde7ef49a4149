// The receipt prints as soon as it is set: <p data-print="paper" data-state="whether it is set">, on the way from the save.
// Only there: the address carries #print once, so that going back or reloading prints nothing.

const PAUSE = 1000;
const TRIES = 30;

export function startPagePrint() {
  for (const button of document.querySelectorAll("[data-print-page]")) {
    button.hidden = false; // without the script it could do nothing
    button.addEventListener("click", () => window.print());
  }
}

export function startPrint() {
  const line = document.querySelector("[data-print]");
  if (!line || location.hash !== "#print") return;
  history.replaceState(null, "", location.pathname + location.search);
  line.textContent = line.dataset.working;
  wait(line, TRIES);
}

async function wait(line, tries) {
  const state = await ask(line.dataset.state);
  if (state === "ready") {
    print(line);
  } else if (state === "failed" || tries === 0) {
    line.textContent = line.dataset.failed;
  } else {
    setTimeout(wait, PAUSE, line, tries - 1);
  }
}

async function ask(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    return response.ok ? (await response.json()).state : "failed";
  } catch (error) {
    return "waiting"; // the net went away for a moment
  }
}

function print(line) {
  const frame = document.createElement("iframe");
  frame.className = "printed";
  frame.title = document.querySelector("h1").textContent;
  frame.addEventListener("load", () => {
    line.textContent = line.dataset.done;
    frame.contentWindow.focus();
    frame.contentWindow.print();
  });
  frame.src = line.dataset.print;
  line.after(frame);
}
