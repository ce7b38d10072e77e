// What the pages of the site do beyond what they do without this: copy, and filter as one types.
"use strict";

// There from the beginning, because a live region that comes with its text is not read out.
const said = document.createElement("p");
said.id = "said";
said.className = "unseen";
said.setAttribute("role", "status");
document.querySelector("main").append(said);

for (const button of document.querySelectorAll("button[data-copy]")) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    button.textContent = (await copy(text, button.dataset.copy)) ? "Copied" : "Press Ctrl+C to copy";
    said.textContent = button.textContent;
    setTimeout(() => { button.textContent = label; }, 4000);
  });
}

/** Copy text; where the browser does not let us, select it for the reader to copy. */
async function copy(text, id) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The one way where the page did not come over TLS. What is selected would lose its last line
    // end, so the text is given as it is.
    const give = (event) => {
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
    };
    document.addEventListener("copy", give);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", give);
    if (!done) getSelection().selectAllChildren(document.getElementById(id));
    return done;
  }
}

const SLOW_MS = 3000;
const BEFORE = "What stands below is what was there before.";

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
      said.textContent = place.querySelector("[role=status]").textContent;
    } catch {
      // What was given up for a newer search says nothing any more.
      if (asking === last) tell(`The search could not be done. ${BEFORE} Press Search to try again.`);
    } finally {
      clearTimeout(slow);
    }
  };
  form.elements.q.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
  // The page at hand is worth more than the one that a browser shows when nobody answers.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
}
