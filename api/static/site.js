// What the pages of the site do beyond what they do without this: copy, and filter as one types.
"use strict";

for (const button of document.querySelectorAll("button[data-copy]")) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    button.textContent = (await copy(text, button.dataset.copy)) ? "Copied" : "Press Ctrl+C to copy";
    announce(button.textContent);
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

function announce(words) {
  let region = document.getElementById("said");
  if (!region) {
    region = document.createElement("p");
    region.id = "said";
    region.className = "unseen";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = words;
}

for (const form of document.querySelectorAll("form[data-search]")) {
  const field = form.elements.q;
  let asking;
  let waiting;
  const search = async () => {
    asking?.abort();
    asking = new AbortController();
    const given = [...new FormData(form)].filter(([, value]) => value.trim());
    const query = new URLSearchParams(given).toString();
    const target = query ? `${form.action}?${query}` : form.action;
    try {
      const response = await fetch(target, { signal: asking.signal, headers: { Accept: "text/html" } });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = page.getElementById(form.dataset.search);
      document.getElementById(form.dataset.search).replaceChildren(...found.childNodes);
      history.replaceState(null, "", target);
      announce(found.querySelector("[role=status]")?.textContent ?? document.querySelector(`#${form.dataset.search} [role=status]`).textContent);
    } catch {
      // The page stays as it is; the button asks again.
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
}
