// Tells the page that an answer is framed in how high the answer is, as often as that changes.
// docs/embedding.md describes the message. Nothing is read from that page, and nothing is secret.
"use strict";
if (window.parent !== window) {
  const faq = window.location.pathname.split("/").pop();
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height !== told) {
      told = height;
      window.parent.postMessage({ type: "faqts:height", height, faq }, "*");
    }
  };
  // A browser does not observe a frame that is out of sight, so the first height is told at once.
  tell();
  new ResizeObserver(tell).observe(document.documentElement);
}
