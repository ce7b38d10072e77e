// <faq-answer>, <faq-list> and <ip-ranges>: answers of this service in any page. One file without
// imports, so that one integrity hash covers all of it. docs/embedding.md describes its use.
//
// Nothing here turns text into HTML: no innerHTML, no parser of the browser. What the service sends
// and what was kept is read by `build`, which makes nodes of an allowed list one by one. So it runs
// where Trusted Types are required, and a kept copy that somebody tampered with can do nothing.

const SERVICE = new URL("/", import.meta.url).href;
const SLOW_MS = 3_000;
const GIVEN_UP_MS = 30_000;
const KEPT = "faqts:";
const MOST_KEPT = 50;
// Only these say that there is nothing to read; whatever else fails may be over in a minute.
const FINAL = [400, 404, 406, 410];
const TOO_SLOW = "the service is slow to answer";

// --- Nodes ------------------------------------------------------------------------------------

// Every node is made here. A name beginning with "@" is a property, all others are attributes.
const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name[0] === "@") node[name.slice(1)] = value;
    else if (value != null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
};

const TAGS = new Set(
  ("p br hr h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong s a " +
    "table thead tbody tr th td").split(" "),
);
const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>|[^<]+|</gi;
const ATTRIBUTE = /([a-z-]+)="([^"]*)"/gi;
const ENTITIES = new Map(Object.entries({ amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\xa0" }));
// Deeper than anybody writes, and not deep enough to trouble a browser.
const DEEPEST = 40;

const decode = (text) =>
  text.replace(/&(?:#(\d{1,6})|(\w{1,6}));/g, (whole, code, name) =>
    code ? String.fromCodePoint(code) : (ENTITIES.get(name) ?? whole));

// The address *href* as it is here; null for one that leads anywhere but to a page or a mailbox.
const resolve = (href) => {
  try {
    const url = new URL(href, SERVICE);
    return /^(https?|mailto):$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
};

// A table that is wider than its place is moved sideways, by keyboard too.
const scrolling = (table, label) => {
  const box = make("div", { part: "scroll", role: "group", "aria-label": label }, table);
  new ResizeObserver(() => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }).observe(box);
  return box;
};

const adapt = (tag, said, level) => {
  if (tag === "a") {
    const href = resolve(decode(said.href ?? ""));
    return make("a", { href, title: said.title && decode(said.title), rel: "noopener noreferrer" });
  }
  if (tag === "ol") return make(tag, { start: /^\d{1,9}$/.test(said.start) ? said.start : null });
  if (tag === "th") return make(tag, { scope: "col" });
  // Answers are written to stand below a heading of level two.
  if (/^h\d/.test(tag)) return make(`h${Math.min(6, level + Math.max(1, tag[1] - 2))}`);
  return make(tag);
};

// The nodes of *html*, an answer's text, below a heading of *level*. A tag that is not allowed is
// left out, and so is every attribute but four; the text within stays.
const build = (html, level) => {
  const fragment = document.createDocumentFragment();
  const open = [["", fragment]];
  for (const [whole, slash, name, attributes] of html.matchAll(TOKEN)) {
    const tag = name?.toLowerCase();
    const parent = open.at(-1)[1];
    if (!tag) parent.append(decode(whole));
    else if (slash) {
      const at = open.findLastIndex(([opened]) => opened === tag);
      if (at > 0) open.length = at;
    } else if (TAGS.has(tag) && open.length < DEEPEST) {
      const said = Object.fromEntries(
        [...attributes.matchAll(ATTRIBUTE)].map(([, key, value]) => [key.toLowerCase(), value]),
      );
      const node = adapt(tag, said, level);
      parent.append(tag === "table" ? scrolling(node, "Table") : node);
      if (tag !== "br" && tag !== "hr") open.push([tag, node]);
    }
  }
  return fragment;
};

// --- Days -------------------------------------------------------------------------------------

// A day or an instant in words, as the texts around it: in English and UTC. Null for none.
const time = (text, options = { dateStyle: "long" }) => {
  const at = new Date(text ?? NaN);
  if (isNaN(at)) return null;
  const words = at.toLocaleString("en-GB", { ...options, timeZone: "UTC" });
  return make("time", { datetime: at.toISOString() }, words);
};
const instant = (at) => time(at, { dateStyle: "long", timeStyle: "short" });
const isOver = (day) => typeof day === "string" && day < new Date().toISOString().slice(0, 10);

// --- Copies -----------------------------------------------------------------------------------

// Storage throws in sandboxed frames, where it is turned off, and where it is full: all of which
// mean that there is no copy.
const attempt = (work) => {
  try {
    return work();
  } catch {
    return null;
  }
};
const findKept = (url, fits) =>
  attempt(() => {
    const { at, body } = JSON.parse(localStorage.getItem(KEPT + url));
    return Number.isFinite(at) && fits(body) ? { at, body } : null;
  });
const forget = (url) => attempt(() => localStorage.removeItem(KEPT + url));
const keep = (url, body) =>
  attempt(() => {
    localStorage.setItem(KEPT + url, JSON.stringify({ at: Date.now(), body }));
    const age = (key) => attempt(() => JSON.parse(localStorage.getItem(key)).at) ?? 0;
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
    if (keys.length <= MOST_KEPT) return;
    keys.sort((a, b) => age(a) - age(b));
    keys.slice(0, -MOST_KEPT).forEach((key) => localStorage.removeItem(key));
  });

// --- Questions --------------------------------------------------------------------------------

// What went wrong, as RFC 9457 has it.
class Failure extends Error {
  constructor(problem, successor = null) {
    super(problem.detail);
    this.problem = { type: "about:blank", status: 0, errors: [], ...problem };
    this.isFinal = FINAL.includes(this.problem.status) && this.problem.type !== "about:blank";
    this.successor = successor;
  }
}

// The address of *path* with *query*, a mapping; what repeats is parted by spaces.
const address = (path, query, repeating = []) => {
  const url = new URL(path, SERVICE);
  for (const [name, value] of Object.entries(query)) {
    if (!value) continue;
    const values = repeating.includes(name) ? value.split(/\s+/).filter(Boolean) : [value];
    values.forEach((one) => url.searchParams.append(name, one));
  }
  return url.href;
};

// The JSON at *url*. Asked anew each time, mostly for a 304, so that a service that is down is
// noticed; what is pinned does not change and may come from the browser's own cache.
const ask = async (url, signal) => {
  const cache = url.includes("release=") ? "default" : "no-cache";
  const options = { signal, cache, credentials: "omit", referrerPolicy: "no-referrer" };
  const answer = await fetch(url, options).catch(() => {
    throw new Failure({
      title: "The service cannot be reached",
      detail: "the service cannot be reached",
    });
  });
  const body = await answer.json().catch(() => null);
  if (answer.ok && body) return body;
  const isProblem = /^application\/problem\+json/.test(answer.headers.get("Content-Type"));
  const [, successor] =
    /<\/v1\/faqs\/([^>]+)>; rel="successor-version"/.exec(answer.headers.get("Link")) ?? [];
  throw new Failure(
    {
      title: "The service does not answer as it should",
      detail: "the service does not answer as it should",
      ...(isProblem && body),
      status: answer.status,
    },
    successor,
  );
};

// --- What all three elements are ---------------------------------------------------------------

const sheet = attempt(() => {
  const made = new CSSStyleSheet();
  made.replaceSync(`
:host { display: block }
:host([hidden]), [hidden] { display: none !important }
.box {
  all: initial; display: block; box-sizing: border-box; overflow-wrap: break-word;
  /* What the page says of its letters holds; all else that is inherited ends here. */
  font: inherit; letter-spacing: inherit; word-spacing: inherit; color-scheme: inherit;
  visibility: inherit; pointer-events: inherit; writing-mode: inherit;
  line-height: var(--faq-line-height, 1.5); color: var(--faq-color, inherit);
  background: var(--faq-background, none); padding: var(--faq-padding, .75em 1em);
  border: var(--faq-border, 1px solid); border-radius: var(--faq-radius, .375em);
}
.box > :first-child, [part~=answer] > :first-child { margin-block-start: 0 }
h1, h2, h3, h4, h5, h6 { font-size: 1em; margin: 1.25em 0 .5em }
[part~=question], [part~=title] { font-size: var(--faq-question-size, 1.125em); line-height: 1.3; margin: 0 }
summary { cursor: pointer; padding-block: .25em }
summary > * { display: inline }
summary:focus-visible, a:focus-visible, button:focus-visible, [tabindex]:focus-visible {
  outline: 2px solid; outline-offset: 2px
}
p, ul, ol, pre, blockquote { margin: .75em 0 }
ul, ol { padding-inline-start: 1.5em }
ul[part=list] { list-style: none; padding: 0; margin: 0 }
ul[part=list] > li + li { border-block-start: 1px solid; margin-block-start: .5em; padding-block-start: .5em }
blockquote { margin-inline: 0; padding-inline-start: 1em; border-inline-start: 3px solid }
code { font-family: var(--faq-code-font, ui-monospace, monospace); font-size: .9em; overflow-wrap: anywhere }
pre { white-space: pre-wrap; overflow-wrap: anywhere }
a { color: var(--faq-link-color, inherit); text-decoration: underline }
[part=scroll] { overflow-x: auto; margin: .75em 0 }
table { border-collapse: collapse }
th, td { text-align: start; vertical-align: top; padding: .25em .75em; border: 1px solid }
button {
  font: inherit; color: inherit; background: none; border: 1px solid; border-radius: .25em;
  padding: .25em .75em; cursor: pointer; margin-inline-end: 1em
}
[part=formats] a { display: inline-block; padding: .25em; margin-inline-end: .5em }
[part=meta], [part=status] { font-size: .875em; margin: .75em 0 0 }
[part=status]:empty { display: none }
[part~=warning] { font-weight: 700 }
`);
  return made;
});

class Embed extends HTMLElement {
  #root = this.attachShadow({ mode: "open" });
  #request = null;
  #url = null;
  #shown = null;
  #isDue = false;

  constructor() {
    super();
    if (sheet) this.#root.adoptedStyleSheets = [sheet];
    this.slotted = make("slot");
    this.content = make("div", { part: "content", "@hidden": true });
    // Always there, because a live region that comes with its text is not read out.
    this.status = make("div", { part: "status", role: "status" });
    this.#root.append(
      make("div", { class: "box", part: "box" }, this.slotted, this.content, this.status),
    );
  }

  connectedCallback() {
    this.attributeChangedCallback();
  }

  disconnectedCallback() {
    this.#request?.abort();
    if (this.#request) this.#url = null;
  }

  // Attributes that are set together are one change.
  attributeChangedCallback() {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      if (this.isConnected) this.#follow();
    });
  }

  get level() {
    const level = Number(this.getAttribute("level") || 2);
    return Number.isInteger(level) ? Math.min(6, Math.max(1, level)) : 2;
  }

  // The attributes *names* as a mapping.
  pick(...names) {
    return Object.fromEntries(names.map((name) => [name, this.getAttribute(name)?.trim()]));
  }

  say(...words) {
    this.status.replaceChildren(...words.filter(Boolean));
  }

  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #follow() {
    const url = this.locate();
    if (url === this.#url) {
      if (this.#shown) this.#draw(this.#shown);
      return;
    }
    this.#request?.abort();
    this.#request = null;
    this.#url = url;
    // What is shown answers another question: addresses of one data center must not stand a moment
    // longer where another's are asked for.
    this.#clear();
    if (url) this.#load(url);
    else this.#refuse(new Failure({ title: "Incomplete", detail: this.lacking }));
  }

  async #load(url) {
    const request = new AbortController();
    this.#request = request;
    const isLast = () => this.#request === request;
    if (!this.childElementCount && !this.textContent.trim()) this.say("Loading …");
    const slow = setTimeout(() => isLast() && this.#fallBack(url, TOO_SLOW), SLOW_MS);
    const end = setTimeout(() => request.abort(), GIVEN_UP_MS);
    try {
      const body = await this.read(url, request.signal);
      if (!isLast()) return;
      if (!this.fits(body)) {
        throw new Failure({ title: "No answer", detail: "the service sends something else" });
      }
      const isUpdate = this.#shown !== null;
      keep(url, body);
      this.say(isUpdate && "Updated.");
      this.#draw(body);
      this.#fire("faq-load", { url, body });
    } catch (error) {
      if (!isLast()) return;
      const failure =
        error instanceof Failure ? error : new Failure({ title: "Error", detail: `${error}` });
      if (failure.isFinal) forget(url);
      if (failure.isFinal || !this.#fallBack(url, failure.problem.detail, failure.problem)) {
        this.#refuse(failure);
      }
    } finally {
      clearTimeout(slow);
      clearTimeout(end);
      if (isLast()) this.#request = null;
    }
  }

  // Show the copy of *url*, with its date; tell whether there is one.
  #fallBack(url, why, problem = null) {
    const kept = findKept(url, this.fits);
    if (!kept || attempt(() => this.#draw(kept.body) ?? true) === null) return false;
    this.say("As of ", instant(kept.at), `: ${why}.`);
    this.#fire("faq-stale", { url, body: kept.body, kept_at: new Date(kept.at).toISOString(), problem });
    return true;
  }

  // Leave what stands between the tags, and say why there is no more.
  #refuse({ problem, successor }) {
    this.#clear();
    this.say(
      problem.status === 410 ? "Withdrawn: " : "No answer can be shown: ",
      problem.detail.replace(/\.?$/, "."),
      successor && " ",
      successor && make("a", { href: resolve(`/faqs/${successor}`), rel: "noopener" }, "Read this instead"),
    );
    this.#fire("faq-error", problem);
  }

  #clear() {
    this.#shown = null;
    this.content.hidden = true;
    this.slotted.hidden = false;
    this.say();
  }

  #draw(body) {
    const focused = this.#root.activeElement;
    this.content.replaceChildren(...this.render(body).filter(Boolean));
    this.content.hidden = false;
    this.slotted.hidden = true;
    this.#shown = body;
    // What is drawn again was taken out for a moment.
    if (focused?.isConnected) focused.focus({ preventScroll: true });
  }
}

// When it was changed and checked, and whether it should have been checked since.
const describe = ({ updated_at, freshness, status, release }, pinned) => {
  const due = freshness?.review_by;
  const parts = [
    [updated_at && ["Updated ", time(updated_at), "."]],
    [freshness?.reviewed_on && ["Reviewed ", time(freshness.reviewed_on), "."]],
    [pinned && [`As of release ${pinned}.`]],
    [status === "deprecated" && ["No longer current."], "warning"],
    [isOver(due) && ["Its review was due on ", time(due), ": it may be out of date."], "warning"],
  ];
  return parts
    .filter(([words]) => words)
    .flatMap(([words, part]) => [make("span", { part }, ...words), " "]);
};

// --- The elements -----------------------------------------------------------------------------

class FaqAnswer extends Embed {
  static observedAttributes = ["faq", "dc", "application", "lang", "release", "level", "show", "open"];
  lacking = 'name the answer, as in faq="fixed-ip-addresses"';
  #disclosure = null;
  #isOpen = null;

  locate() {
    const { faq, ...query } = this.pick("faq", "dc", "application", "lang", "release");
    return faq && address(`v1/faqs/${encodeURIComponent(faq)}`, { ...query, format: "json" });
  }

  async read(url, signal) {
    const body = await ask(url, signal);
    const { id, question, summary, status, language, freshness, revision, updated_at, release } = body;
    const answer = { html: body.answer?.html };
    return { id, question, summary, answer, status, language, freshness, revision, updated_at, release };
  }

  fits(body) {
    return [body?.question, body?.summary, body?.answer?.html].every((text) => typeof text === "string");
  }

  render(body) {
    const { show, release } = this.pick("show", "release");
    const lang = body.language?.served ?? "en";
    const question = make(`h${this.level}`, { part: "question", lang, dir: "auto" }, body.question);
    const text = make("div", { part: "answer", lang, dir: "auto" }, build(body.answer.html, this.level));
    const meta = make("p", { part: "meta", lang: "en", dir: "auto" }, ...describe(body, release));
    if (show === "answer") return [text, meta];
    if (show !== "summary") return [this.#disclose(question, text, meta)];
    const summary = make("p", { part: "summary", lang, dir: "auto" }, body.summary);
    return [question, summary, this.#disclose(make("span", {}, "The whole answer"), text, meta)];
  }

  // The one disclosure, kept for as long as the element is, so that it stays as the reader left it.
  #disclose(title, ...children) {
    const isOpen = this.hasAttribute("open");
    const details = (this.#disclosure ??= make("details", { part: "disclosure" }));
    const [summary = make("summary", { part: "toggle" })] = details.children;
    summary.replaceChildren(title);
    details.replaceChildren(summary, ...children);
    if (isOpen !== this.#isOpen) details.open = isOpen;
    this.#isOpen = isOpen;
    return details;
  }
}

class FaqList extends Embed {
  static observedAttributes = ["topic", "dc", "application", "lang", "release", "level"];
  #items = new Map();

  locate() {
    const { topic, lang, release } = this.pick("topic", "lang", "release");
    return address("v1/faqs", { topic, lang, release, format: "json" }, ["topic"]);
  }

  async read(url, signal) {
    const items = [];
    let cursor = null;
    do {
      const next = cursor ? `${url}&cursor=${encodeURIComponent(cursor)}` : url;
      const page = await ask(next, signal);
      items.push(...page.items.map(({ id, question, summary }) => ({ id, question, summary })));
      cursor = page.next_cursor;
    } while (cursor);
    return { items };
  }

  fits(body) {
    return (
      Array.isArray(body?.items) &&
      body.items.every((item) =>
        [item?.id, item?.question, item?.summary].every((text) => typeof text === "string"))
    );
  }

  render({ items }) {
    if (!items.length) return [make("p", {}, "There are no answers here.")];
    return [make("ul", { part: "list" }, ...items.map((item) => this.#list(item)))];
  }

  // A question that asks for its answer when it is opened; until that is there, the summary stands.
  #list({ id, question, summary }) {
    const title = make(`h${this.level}`, { part: "question", dir: "auto" }, question);
    const answer = make(
      "faq-answer",
      {
        show: "answer",
        class: "plain",
        exportparts: "answer, meta, status, warning, scroll",
        level: this.level,
        ...this.pick("dc", "application", "lang", "release"),
      },
      make("p", { dir: "auto" }, summary),
    );
    const [details] = [this.#items.get(id) ?? make("details", { part: "disclosure" })];
    this.#items.set(id, details);
    details.ontoggle = () => details.open && answer.setAttribute("faq", id);
    details.ontoggle();
    details.replaceChildren(make("summary", { part: "toggle" }, title), answer);
    return make("li", { part: "item" }, details);
  }
}

const FORMATS = ["txt", "csv", "nft", "ipset", "nginx", "json"];
// These mark a sample as one. The others cannot, and leave it out.
const MARKING = ["csv", "json"];
const RULES = {
  inbound: "Inbound rule: allow these networks as sources.",
  outbound: "Outbound rule: allow these networks as destinations.",
};
const SAMPLES = "Samples: documentation addresses, not addresses of a real service. Never put them into a firewall.";

class IpRanges extends Embed {
  static observedAttributes = ["dc", "traffic", "family", "release", "level"];

  locate() {
    const query = this.pick("dc", "traffic", "family", "release");
    return address("v1/ip-ranges", { ...query, format: "json" }, ["dc", "traffic"]);
  }

  async read(url, signal) {
    const classes = address("v1/traffic-classes", { ...this.pick("release"), format: "json" });
    const [ranges, traffic] = await Promise.all([ask(url, signal), ask(classes, signal)]);
    const { dc: _, ...asked } = this.pick("dc", "traffic");
    const wanted = asked.traffic?.split(/\s+/);
    return {
      ranges: ranges.items.map(
        ({ cidr, data_center, traffic, ports, status, effective_from, effective_until, sample }) =>
          ({ cidr, data_center, traffic, ports, status, effective_from, effective_until, sample })),
      classes: traffic.items
        .filter(({ id }) => !wanted || wanted.includes(id))
        .map(({ id, name, rule, advice, fixed_addresses }) => ({ id, name, rule, advice, fixed_addresses })),
    };
  }

  fits(body) {
    return (
      [body?.ranges, body?.classes].every(Array.isArray) &&
      body.ranges.every((one) => typeof one?.cidr === "string" && Array.isArray(one.ports)) &&
      body.classes.every((one) => typeof one?.name === "string")
    );
  }

  render({ ranges, classes }) {
    return classes.map((one) =>
      this.#show(one, ranges.filter(({ traffic }) => traffic === one.id)));
  }

  #show({ id, name, rule, advice, fixed_addresses }, ranges) {
    const title = make(`h${this.level}`, { part: "title" }, name);
    const group = make("section", { part: "class" }, title);
    const samples = ranges.filter(({ sample }) => sample).length;
    if (!ranges.length) {
      group.append(make("p", {}, fixed_addresses ? "No networks are listed." : `${advice}`));
      return group;
    }
    group.append(make("p", { part: "direction" }, RULES[rule] ?? "", " ", `${advice}`));
    if (samples) group.append(make("p", { part: "warning" }, SAMPLES));
    group.append(scrolling(this.#tabulate(ranges), name), this.#offer(id, ranges, samples));
    return group;
  }

  #tabulate(ranges) {
    const head = ["Network", "Data center", "Port", "Use"];
    const row = (tag, cells) => make("tr", {}, ...cells.map((cell) => make(tag, tag === "th" ? { scope: "col" } : {}, ...[cell].flat())));
    return make(
      "table",
      { part: "table" },
      make("thead", {}, row("th", head)),
      make("tbody", {}, ...ranges.map((one) => row("td", [
        make("code", { part: "network" }, one.cidr),
        `${one.data_center}`,
        one.ports.join(", ") || "not known",
        this.#tell(one),
      ]))),
    );
  }

  #tell({ status, effective_from, effective_until, sample }) {
    return [
      sample && make("strong", { part: "sample" }, "SAMPLE "),
      status === "announced" ? "allow it now; in use from " : status === "retired" ? "no longer in use" : "in use",
      status === "announced" && time(effective_from),
      effective_until && [" until the end of ", time(effective_until)],
    ].flat().filter(Boolean);
  }

  // A copied line says by itself that it is a sample, because it will be read alone.
  #offer(id, ranges, samples) {
    const lines = ranges.map(({ cidr, sample }) => `${cidr}${sample ? " # SAMPLE, never allow it" : ""}\n`);
    const said = `${lines.length} networks copied${samples ? `, ${samples} marked as samples` : ""}.`;
    const copy = async () => {
      this.say((await write(lines.join(""), this.content)) ? said : "Copying is not allowed here: select the networks instead.");
    };
    const query = { ...this.pick("dc", "family", "release"), traffic: id };
    const formats = samples === ranges.length ? MARKING : FORMATS;
    return make(
      "p",
      { part: "formats" },
      make("button", { type: "button", part: "button", "@onclick": copy }, samples ? "Copy with samples marked" : "Copy"),
      ...formats.map((format) => make("a", {
        href: address("v1/ip-ranges", { ...query, format }, ["dc"]),
        rel: "noopener",
      }, format)),
    );
  }
}

// Put *text* onto the clipboard, and tell whether it is there. Pages without https, and frames that
// were not given the right, have only the old way, which copies a selection.
const write = async (text, place) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = place.getRootNode().activeElement;
    const area = make("textarea", { "@value": text, "@readOnly": true, "aria-label": "Networks" });
    place.append(area);
    area.select();
    const isDone = attempt(() => document.execCommand("copy"));
    area.remove();
    focused?.focus();
    return isDone === true;
  }
};

// The module may be loaded twice, under two addresses; the first one stays.
const ELEMENTS = { "faq-answer": FaqAnswer, "faq-list": FaqList, "ip-ranges": IpRanges };
for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
