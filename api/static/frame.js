// Sends the height of the answer to the parent page whenever it changes. docs/embedding.md describes
// the message. This script reads nothing from the parent page, and the message is not secret.
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
  // Browsers do not observe a frame that is out of view, so send the first height at once.
  tell();
  new ResizeObserver(tell).observe(document.documentElement);
}
