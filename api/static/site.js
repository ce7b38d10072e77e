// The scripts of the site: copy buttons, and search while the reader types.
"use strict";

const COPIED = "Copied";
const SHOWN_MS = 4000;

// Create the live region empty: screen readers skip one that is added with its text.
const live = document.createElement("p");
live.id = "said";
live.className = "unseen";
live.setAttribute("role", "status");
document.querySelector("main").append(live);

for (const button of document.querySelectorAll("button[data-copy]")) {
  const label = button.textContent;
  const source = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.textContent = await copy(source.textContent, source);
    setTimeout(() => { button.textContent = label; }, SHOWN_MS);
  });
}

// Values that administrators copy: IDs, hosts, permissions, commands.
const VALUE = /^(?=.*[\d.:/@ ]|.*[A-Z].*-).{6,}$/;
const SHORT_LETTERS = 24;
for (const code of document.querySelectorAll(".answer code")) {
  const text = code.textContent.trim();
  const block = code.closest("pre");
  if (code.closest("a, h2, h3, h4, h5, h6") || !block && !VALUE.test(text)) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "value";
  button.title = "Copy";
  button.setAttribute("aria-label", block ? "Copy this code" : `Copy ${text}`);
  button.addEventListener("click", async () => {
    button.classList.toggle("done", await copy(text, code) === COPIED);
    setTimeout(() => { button.classList.remove("done"); }, SHOWN_MS);
  });
  if (block) block.append(button);
  else if (text.length > SHORT_LETTERS) code.after(button);
  else {
    // Keep the button on the same line as the value.
    const pair = document.createElement("span");
    pair.className = "pair";
    code.replaceWith(pair);
    pair.append(code, button);
  }
}

/** Copy text and announce it. If the browser refuses, select the text instead. */
async function copy(text, source) {
  const words = await write(text, source) ? COPIED : "Press Ctrl+C to copy";
  live.textContent = words;
  return words;
}

async function write(text, source) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without TLS there is no other way. Set the text explicitly, because the selection would lose the
    // last newline.
    const give = (event) => {
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
    };
    document.addEventListener("copy", give);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", give);
    if (!done) getSelection().selectAllChildren(source);
    return done;
  }
}

const SLOW_MS = 3000;
const BEFORE = "The results below are from your previous search.";

for (const form of document.querySelectorAll("form[data-search]")) {
  const place = document.getElementById(form.dataset.search);
  let last;
  let waiting;
  const tell = (words) => { place.querySelector("[role=status]").textContent = words; };
  const search = async () => {
    clearTimeout(waiting);
    last?.abort();
    const asking = last = new AbortController();
    const slow = setTimeout(tell, SLOW_MS, `Still searching. ${BEFORE}`);
    const given = [...new FormData(form)].filter(([, value]) => value.trim());
    const query = new URLSearchParams(given).toString();
    const target = query ? `${form.action}?${query}` : form.action;
    try {
      const response = await fetch(target, { signal: asking.signal, headers: { Accept: "text/html" } });
      if (!response.ok) throw new Error(response.status);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      place.replaceChildren(...page.getElementById(place.id).childNodes);
      history.replaceState(null, "", target);
      live.textContent = place.querySelector("[role=status]").textContent;
    } catch {
      // Ignore the failure of a search that a newer one replaced.
      if (asking === last) tell(`The search failed. ${BEFORE} Press Search to try again.`);
    } finally {
      clearTimeout(slow);
    }
  };
  form.elements.q.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
  // Keep this page if the server does not respond.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
}
