// Loads a page of `faqts preview` again when a file was saved, where its reader was.
"use strict";

const PERIOD_MS = 500;
const KEPT = `preview ${location.pathname}`;
const bar = document.querySelector(".preview");
const ended = bar.querySelector(".ended");

restore();
setTimeout(look, PERIOD_MS);

/** Ask whether the files are still those of this page. */
async function look() {
  try {
    const answer = await fetch("/preview/version", { cache: "no-store" });
    const version = await answer.text();
    if (answer.ok && version !== bar.dataset.version) {
      keep();
      location.reload();
      return;
    }
    ended.hidden = true;
  } catch {
    ended.hidden = false;
  }
  setTimeout(look, PERIOD_MS);
}

/** Note what is folded open, and how far the reader is. */
function keep() {
  const open = [...document.querySelectorAll("details")].map((part) => part.open);
  const inside = bar.querySelector("details")?.scrollTop ?? 0;
  sessionStorage.setItem(KEPT, JSON.stringify({ open, inside, top: scrollY }));
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (kept === null) return;
  const parts = document.querySelectorAll("details");
  if (parts.length === kept.open.length) parts.forEach((part, place) => { part.open = kept.open[place]; });
  const own = bar.querySelector("details");
  if (own) own.scrollTop = kept.inside;
  scrollTo({ top: kept.top, behavior: "instant" });
}
