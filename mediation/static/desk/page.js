// What the other parts share: the words of the page, the note under its head, a form sent in the background.

export function words() {
  const element = document.getElementById("script-words");
  return element ? element.dataset : {};
}

// Show one sentence under the head, with a link to where it is continued.
export function say(text, linkText, url) {
  const place = document.getElementById("said");
  if (!place || !text) return;
  const note = document.getElementById("said-note") || document.createElement("p");
  note.id = "said-note";
  note.className = "note";
  note.textContent = text;
  if (url) {
    const link = document.createElement("a");
    link.href = url;
    link.textContent = linkText;
    note.append(" ", link);
  }
  place.append(note);
}

export function post(url, form, options) {
  const body = new URLSearchParams();
  new FormData(form).forEach((value, name) => {
    if (typeof value === "string") body.append(name, value); // a file waits for the real submission
  });
  const token = document.querySelector("meta[name=csrf-token]");
  const headers = { "X-CSRFToken": token ? token.content : "", "X-Requested-With": "fetch" };
  return fetch(url, { method: "POST", body, headers, credentials: "same-origin", redirect: "manual", ...options });
}

export function isLoggedOut(response) {
  return response.status === 401 || response.type === "opaqueredirect";
}
