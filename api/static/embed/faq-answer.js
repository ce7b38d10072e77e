// <faq-answer>, <faq-list> and <ip-ranges>; see docs/embedding.md. One file without imports, so one
// integrity hash covers all code. HTML of answers is never parsed by the browser: `build` creates
// only allowed nodes. So pages can require Trusted Types, and a manipulated copy does no harm.

const SERVICE = new URL("/", import.meta.url).href;
const SLOW_MS = 3_000;
const TIMEOUT_MS = 30_000;
const COPY_PREFIX = "faqts:";
const MAX_COPIES = 50;
// With these there is nothing to show. All other failures can be temporary.
const FINAL = [400, 404, 406, 410];

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter(Boolean));
  return node;
};

const TAGS =
  /^(p|br|hr|h[2-6]|ul|ol|li|blockquote|pre|code|em|strong|s|a|table|thead|tbody|tr|th|td)$/;
const TOKEN = /<(\/?)([a-z][a-z0-9-]*)((?:\s+[a-z]+="[^"]*")*)\s*>|[^<]+|</gi;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\xa0" };
const DEEPEST = 40;

const decode = (text) =>
  text.replace(/&(amp|lt|gt|quot|nbsp);|&#(\d{1,6});/g, (_, name, code) =>
    name ? ENTITIES[name] : String.fromCodePoint(code));

// A link to http, https or mailto; other schemes get no href. Links to data of the service become
// links to its pages, with the data center and the release.
const link = (address, text, { dc, release } = {}) => {
  const page = address
    .replace(/^(?:\/v1)?(\/clouds)\/([a-z0-9-]+)$/, "$1#$2")
    .replace(/^\/v1(?=\/(faqs\/|(ip-ranges|clouds)([?#]|$)))(?!.*[?&]format=(?!html))/, "");
  const url = attempt(() => new URL(page, SERVICE));
  if (url?.href.startsWith(SERVICE) && /^\/(faqs\/|ip-ranges$|clouds$)/.test(url.pathname)) {
    for (const [name, value] of Object.entries({ dc, release })) {
      if (value && !url.searchParams.has(name)) url.searchParams.set(name, value);
    }
  }
  const href = /^(https?|mailto):$/.test(url?.protocol) ? url.href : null;
  return make("a", { href, rel: "noopener noreferrer" }, text);
};

// A wide table scrolls sideways, also with the keyboard.
const wrap = (table, label) => {
  const box = make("div", { part: "scroll", role: "group", "aria-label": label }, table);
  new ResizeObserver(() => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }).observe(box);
  return box;
};

// The node for a tag of an answer. All attributes except `href` and `start` are ignored.
const adapt = (tag, attributes, query) => {
  const [, value] = /\s(?:href|start)="([^"]*)"/i.exec(attributes) ?? [];
  if (tag === "a") return link(decode(value ?? ""), "", query);
  if (tag === "ol") return make(tag, { start: value });
  if (tag === "th") return make(tag, { scope: "col" });
  return make(tag);
};

// The nodes for the HTML of an answer. Tags that are not allowed are dropped, but not their text.
// Headings begin one below *level*, without gaps.
const build = (html, level, query) => {
  const fragment = document.createDocumentFragment();
  const open = [["", fragment]];
  let above = [];
  for (const [whole, slash, name, attributes] of html.matchAll(TOKEN)) {
    const tag = name?.toLowerCase();
    const parent = open.at(-1)[1];
    if (!tag) parent.append(decode(whole));
    else if (slash) {
      const at = open.findLastIndex(([opened]) => opened === tag);
      if (at > 0) open.length = at;
    } else if (TAGS.test(tag) && open.length < DEEPEST) {
      let shown = tag;
      if (/^h\d/.test(tag)) {
        above = [...above.filter((one) => one < tag), tag];
        shown = `h${Math.min(6, level + above.length)}`;
      }
      const node = adapt(shown, attributes, query);
      parent.append(tag === "table" ? wrap(node, "Table") : node);
      if (tag !== "br" && tag !== "hr") open.push([tag, node]);
    }
  }
  return fragment;
};

const time = (text, timeStyle) => {
  const at = new Date(text ?? NaN);
  if (isNaN(at)) return null;
  const words = at.toLocaleString("en-GB", { dateStyle: "long", timeStyle, timeZone: "UTC" });
  return make("time", { datetime: at.toISOString() }, words, timeStyle && " UTC");
};
const today = () => new Date().toISOString().slice(0, 10);

// Storage can throw (blocked or full). Then there is no copy.
const attempt = (work) => {
  try {
    return work();
  } catch {
    return null;
  }
};
const forget = (key) => attempt(() => localStorage.removeItem(key));
const find = (key) => attempt(() => JSON.parse(localStorage.getItem(key)));
const keep = (key, body) =>
  attempt(() => {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), body }));
    const keys = Object.keys(localStorage).filter((one) => one.startsWith(COPY_PREFIX));
    // The storage belongs to the page: start over instead of filling it.
    if (keys.length > MAX_COPIES) keys.filter((one) => one !== key).forEach(forget);
  });

// A failure as a problem (RFC 9457).
class Failure extends Error {
  constructor(detail = "The service returned an unexpected response.", problem, successor) {
    super(detail);
    this.problem = { type: "about:blank", title: detail, status: 0, detail, ...problem };
    this.successor = successor;
  }
}

// Values separated by spaces, or by commas as frameworks write a list into an attribute.
const split = (words) => (words ?? "").split(/[\s,]+/).filter(Boolean);

// The URL of *path* in the API with *query*.
const locate = (path, query) => {
  const url = new URL(`v1/${path}`, SERVICE);
  for (const [name, value] of Object.entries({ ...query, format: query.format ?? "json" })) {
    const repeats = ["dc", "traffic", "topic"].includes(name) && !path.includes("/");
    const values = repeats ? split(value) : [value];
    values.filter(Boolean).forEach((one) => url.searchParams.append(name, one));
  }
  return url.href;
};

// Always revalidated, mostly with a 304, so that an outage is noticed. A pinned release never
// changes and can come from the browser's cache.
const ask = async (url, signal) => {
  const cache = url.includes("release=") ? "default" : "no-cache";
  const options = { signal, cache, credentials: "omit", referrerPolicy: "no-referrer" };
  const response = await fetch(url, options).catch(() => null);
  if (!response) throw new Failure("The service cannot be reached.");
  const body = await response.json().catch(() => null);
  const { ok, status, headers } = response;
  if (ok && body) return body;
  const problem = areTexts(body, "type detail") ? body : {};
  const [, successor] = /<([^>]+)>; rel="successor-/.exec(headers.get("Link")) ?? [];
  throw new Failure(undefined, { ...problem, status: ok ? 0 : status }, successor);
};

const pick = (from, names) => Object.fromEntries(names.split(" ").map((name) => [name, from[name]]));
const areTexts = (from, names) => names.split(" ").every((name) => typeof from?.[name] === "string");
const areAll = (list, names) => Array.isArray(list) && list.every((one) => areTexts(one, names));

const sheet = attempt(() => {
  const made = new CSSStyleSheet();
  made.replaceSync(`
:host { display: block }
:host([hidden]), [hidden] { display: none !important }
.box {
  all: initial; font: inherit; letter-spacing: inherit; word-spacing: inherit;
  color-scheme: inherit; visibility: inherit; display: block; overflow-wrap: break-word;
  line-height: var(--faq-line-height, 1.5);
  color: var(--faq-color, inherit);
  background: var(--faq-background, none);
  padding: var(--faq-padding, .75em 1em);
  border: var(--faq-border, 1px solid var(--line));
  border-radius: var(--faq-radius, .375em);
  --line: var(--faq-line-color, color-mix(in srgb, currentColor 30%, transparent));
}
faq-answer { --faq-border: 0; --faq-padding: 0; --faq-background: none }
h1, h2, h3, h4, h5, h6 { font-size: 1em; margin: 1.25em 0 .5em }
[part=question] { font-size: 1.125em; line-height: 1.3; margin: 0 }
summary { cursor: pointer; padding-block: .25em }
summary > * { display: inline }
[part=network] { white-space: nowrap }
p, ul, ol, pre, blockquote, [part=scroll] { margin: .75em 0 }
ul, ol { padding-inline-start: 1.5em }
[part=list] { list-style: none; padding: 0; margin: 0 }
li + [part=item] { border-block-start: 1px solid var(--line); margin-block-start: .5em; padding-block-start: .5em }
code { font-family: monospace, monospace; font-size: .9em; overflow-wrap: anywhere }
pre { white-space: pre-wrap }
section + section { margin-block-start: 1.25em }
a { color: var(--faq-link-color, inherit) }
[part=scroll] { overflow-x: auto }
table { border-collapse: collapse }
th, td {
  text-align: start; vertical-align: top; unicode-bidi: plaintext;
  padding: .25em .5em; border: 1px solid var(--line);
}
button { font: inherit }
button + a, a + a { display: inline-block; padding: .25em .5em }
[part=meta], [part=status] { font-size: .875em; margin: .75em 0 0 }
[part=status]:empty { display: none }
.unseen { position: absolute; clip-path: inset(50%); overflow: hidden; width: 1px; height: 1px }
`);
  return made;
});

class Embed extends HTMLElement {
  #root = this.attachShadow({ mode: "open" });
  #slot = make("slot");
  #content = make("div", { part: "content", hidden: "" });
  // Always present: screen readers ignore a live region that is added together with its text.
  #status = make("div", { part: "status", role: "status", dir: "auto" });
  #request;
  #url;
  #shown;
  #isDue;
  #hasAnswered;
  #ready;
  #settle;

  constructor() {
    super();
    this.#wait();
    const inside = [this.#slot, this.#content, this.#status];
    this.#root.append(make("div", { class: "box", part: "box", lang: "en" }, ...inside));
  }

  connectedCallback() {
    // A move to another document removes them.
    attempt(() => (this.#root.adoptedStyleSheets = [sheet]));
    // Properties set before the script was loaded hide the accessors.
    for (const name of this.constructor.observedAttributes) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    this.attributeChangedCallback();
  }

  disconnectedCallback() {
    if (this.#request) this.#url = null;
    this.#stop();
  }

  // Attributes that are set together are one update.
  attributeChangedCallback() {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      if (this.isConnected) attempt(() => this.#follow());
    });
  }

  // A promise of the first event since the last change of the attributes, including changes made
  // just now.
  get ready() {
    return Promise.resolve().then(() => this.#ready);
  }

  #wait() {
    this.#ready = this.#settle ? this.#ready : new Promise((settle) => (this.#settle = settle));
  }

  get depth() {
    const level = Math.trunc(this.getAttribute("level")) || 2;
    return Math.min(6, Math.max(1, level));
  }

  // The values of the attributes *names*, separated by spaces.
  pick(names) {
    return Object.fromEntries(
      names.split(" ").map((name) => [name, this.getAttribute(name)?.trim() || null]));
  }

  say(...words) {
    this.#status.replaceChildren(...words.filter(Boolean));
  }

  #fire(name, detail) {
    const event = new CustomEvent(name, { detail, bubbles: true, composed: true });
    this.#settle?.(event);
    this.#settle = null;
    this.dispatchEvent(event);
  }

  #stop() {
    this.#request?.abort();
    this.#request = null;
  }

  #follow() {
    const url = this.locate();
    if (url && url === this.#url) {
      if (this.#shown) this.#draw(this.#shown);
      return;
    }
    this.#stop();
    this.#wait();
    this.#url = url;
    // Never show the ranges of one data center while another one is loading.
    this.#clear();
    if (url) this.#load(url);
    else this.#refuse(new Failure("Set the attribute faq to the ID of an answer."));
  }

  async #load(url) {
    const request = (this.#request = new AbortController());
    const isLast = () => this.#request === request;
    if (!this.childElementCount && !this.textContent.trim()) this.say("Loading…");
    const bridge = () => isLast() && this.#fallBack(url, "The service is slow to respond.");
    const slow = setTimeout(bridge, SLOW_MS);
    const end = setTimeout(() => request.abort(), TIMEOUT_MS);
    try {
      const body = await this.read(url, request.signal);
      if (!isLast()) return;
      if (!this.fits(body)) throw new Failure();
      this.#draw(body);
      keep(COPY_PREFIX + url, body);
      this.say(this.#hasAnswered && make("span", { class: "unseen" }, "Updated."));
      this.#hasAnswered = true;
      this.#fire("faq-load", { url, body });
    } catch (error) {
      if (isLast()) this.#fail(url, error);
    } finally {
      clearTimeout(slow);
      clearTimeout(end);
      if (isLast()) this.#request = null;
    }
  }

  #fail(url, error) {
    const failure = error instanceof Failure ? error : new Failure();
    const { problem } = failure;
    // Only a problem from the service is final. Errors from proxies have no type.
    const isFinal = FINAL.includes(problem.status) && problem.type !== "about:blank";
    if (isFinal) forget(COPY_PREFIX + url);
    if (isFinal || !this.#fallBack(url, failure.message, problem)) this.#refuse(failure);
  }

  // Show the stored copy. Returns whether there is one.
  #fallBack(url, why, problem = null) {
    const { at, body } = find(COPY_PREFIX + url) ?? {};
    const isDrawn = Number.isFinite(at) && this.fits(body) && attempt(() => !this.#draw(body));
    if (!isDrawn) return false;
    this.say("Saved copy from ", time(at, "short"), `. ${why}`);
    this.#fire("faq-stale", { url, body, problem, kept_at: at });
    return true;
  }

  // Show what is between the tags, and the reason.
  #refuse({ problem, successor }) {
    this.#clear();
    const why = `${problem.detail} `.replace(/([^.?]) $/, "$1. ");
    const instead = successor && link(successor, "Read this instead", this.pick("dc"));
    this.say(problem.status === 410 ? "Withdrawn. " : "Content not available. ", why, instead);
    this.#fire("faq-error", problem);
  }

  #clear() {
    this.#shown = null;
    this.#content.hidden = true;
    this.#slot.hidden = false;
    this.say();
  }

  #draw(body) {
    const focused = this.#root.activeElement;
    this.#content.replaceChildren(...this.render(body));
    this.#content.hidden = false;
    this.#slot.hidden = true;
    this.#shown = body;
    // Replacing the content may have removed it for a moment.
    if (focused?.isConnected) focused.focus({ preventScroll: true });
  }
}

const warn = (title, ...words) =>
  make("p", { part: "warning" }, make("strong", {}, title), " ", ...words);
const warnOfReview = (day, thing) => {
  if (!(day < today())) return null;
  const due = [`${thing} due for review on `, time(day)];
  return warn("Review overdue.", ...due, ". Check before you rely on it.");
};

class FaqAnswer extends Embed {
  static observedAttributes =
    "faq dc application lang release level show open caveats".split(" ");
  #disclosure = make("details", { part: "disclosure" }, make("summary", { part: "toggle" }));
  #wasOpen;

  locate() {
    const { faq, ...query } = this.pick("faq dc application lang release");
    // encodeURIComponent throws for half a surrogate pair.
    const id = faq && encodeURIComponent(faq.replace(/\p{Cs}/gu, "?"));
    return id && locate(`faqs/${id}`, query);
  }

  async read(url, signal) {
    const body = await ask(url, signal);
    return { ...body, answer: pick(body.answer, "html") };
  }

  fits(body) {
    return areTexts(body, "id question summary") && areTexts(body.answer, "html");
  }

  render(body) {
    const { show } = this.pick("show");
    const language = { lang: body.language?.served, dir: "auto" };
    const question = make(`h${this.depth}`, { part: "question", ...language }, body.question);
    const lead = [...this.#warn(body), make("p", { part: "summary", ...language }, body.summary)];
    const text = make("div", { part: "answer", ...language });
    text.append(build(body.answer.html, this.depth, this.pick("dc release")));
    const rest = [text, this.#doubt(body), this.#describe(body)];
    if (show === "answer") return [...lead, ...rest];
    if (show !== "summary") return [this.#disclose(question, [...lead, ...rest])];
    return [question, ...lead, this.#disclose("Full answer", rest)];
  }

  #warn({ status, sunset_on, sources, freshness }) {
    const until = time(sunset_on);
    return [
      Array.isArray(sources) && sources.some((one) => one?.confidence === "sample") &&
        warn("Sample data.", "Do not use these values in a firewall or an admin console."),
      status === "deprecated" &&
        warn("Deprecated.", "Do not use this answer for new work.",
          ...(until ? [" It may be removed after ", until, "."] : [])),
      warnOfReview(freshness?.review_by, "This answer was"),
    ].filter(Boolean);
  }

  #doubt({ caveats }) {
    if (!this.caveats || !Array.isArray(caveats) || !caveats.length) return null;
    const items = caveats.map((one) => make("li", {}, `${one}`));
    const title = make("summary", {}, "Notes on sources");
    return make("details", { part: "caveats", dir: "auto" }, title, make("ul", {}, items));
  }

  #describe({ id, freshness, updated_at }) {
    const query = this.pick("dc release");
    const reviewed = time(freshness?.reviewed_on);
    return make(
      "p",
      { part: "meta", dir: "auto" },
      reviewed ? ["Reviewed ", reviewed, ". "] : "Not yet reviewed. ",
      ["Changed ", time(updated_at), ". "],
      query.release && `Release ${query.release}. `,
      link(`/faqs/${id}`, "Open this answer on its own page", query),
    );
  }

  // Always the same node, so it stays open or closed as the reader left it.
  #disclose(title, children) {
    const details = this.#disclosure;
    const [summary] = details.children;
    summary.replaceChildren(title);
    details.replaceChildren(summary, ...children.filter(Boolean));
    const isOpen = this.open;
    if (isOpen !== this.#wasOpen) details.open = this.#wasOpen = isOpen;
    return details;
  }
}

class FaqList extends Embed {
  static observedAttributes = "topic dc application lang release level caveats".split(" ");
  #items = {};

  locate() {
    return locate("faqs", this.pick("topic lang release"));
  }

  async read(url, signal) {
    const items = [];
    for (let next = url; next; ) {
      const asked = next;
      const page = await ask(asked, signal);
      items.push(...page.items);
      next = page.next_cursor && `${url}&cursor=${encodeURIComponent(page.next_cursor)}`;
      // A cache that ignores the query would never end.
      if (next === asked) throw new Failure();
    }
    return { items };
  }

  fits(body) {
    return areAll(body?.items, "id question summary");
  }

  render({ items }) {
    if (!items.length) return ["No answers found."];
    return [make("ul", { part: "list", role: "list" }, items.map((item) => this.#list(item)))];
  }

  // An answer is requested when it is opened. Until it arrives, its summary is shown.
  #list({ id, question, summary }) {
    const title = make(`h${this.depth}`, { part: "question", dir: "auto" }, question);
    const exportparts = "answer,caveats,meta,scroll,status,summary,warning";
    const own = { ...this.pick("dc application lang release"), caveats: this.caveats ? "" : null };
    const context = { ...own, level: this.depth, faq: id };
    const short = make("p", { dir: "auto" }, summary);
    const answer = make("faq-answer", { show: "answer", exportparts, ...context }, short);
    const details = (this.#items[id] ??= make("details", { part: "disclosure" }));
    details.replaceChildren(make("summary", { part: "toggle" }, title));
    details.ontoggle = () => details.open && !answer.isConnected && details.append(answer);
    details.ontoggle();
    return make("li", { part: "item" }, details);
  }
}

// Only the first two formats mark samples.
const FORMATS = {
  csv: "CSV", json: "JSON", txt: "Plain text", nft: "nftables", ipset: "ipset", nginx: "nginx",
};
const RULES = {
  inbound: "Inbound rule: these ranges are the sources.",
  outbound: "Outbound rule: these ranges are the destinations.",
};

class IpRanges extends Embed {
  static observedAttributes = "dc traffic family release level".split(" ");

  locate() {
    return locate("ip-ranges", this.pick("dc traffic family release"));
  }

  async read(url, signal) {
    const { traffic, release } = this.pick("traffic release");
    const urls = [url, locate("traffic-classes", { release })];
    const found = await Promise.all(urls.map((one) => ask(one, signal)));
    const [ranges, all] = found.map(({ items }) => items);
    const names =
      "cidr data_center traffic protocol ports effective_from effective_until sample freshness";
    return {
      ranges: ranges.map((one) => pick(one, names)),
      classes: all.filter(({ id }) => !traffic || split(traffic).includes(id)),
    };
  }

  fits(body) {
    return areAll(body?.ranges, "cidr data_center traffic") && areAll(body.classes, "id name advice");
  }

  render({ ranges, classes }) {
    return classes.map((one) => {
      const own = ranges.filter(({ traffic }) => traffic === one.id);
      const title = make(`h${this.depth}`, { part: "question" }, one.name);
      return make("section", { part: "class", dir: "auto" }, title, this.#show(one, own));
    });
  }

  #show({ id, name, rule, advice, fixed_addresses }, ranges) {
    const none = fixed_addresses ? "No ranges are published for this selection." : advice;
    if (!ranges.length) return [make("p", {}, none)];
    const samples = ranges.filter(({ sample }) => sample).length;
    const due = ranges.map(({ freshness }) => freshness?.review_by).sort()[0];
    return [
      samples &&
        warn("Sample data.", "Ranges marked SAMPLE are placeholders. Do not use them in a firewall."),
      warnOfReview(due, "These ranges were"),
      make("p", { part: "direction" }, make("strong", {}, RULES[rule]), " ", advice),
      wrap(this.#tabulate(ranges), name),
      this.#offer(id, ranges, samples),
    ];
  }

  #tabulate(ranges) {
    const heads = ["Range", "Data center", "Ports", "Status"];
    const rows = ranges.map(({ cidr, data_center, protocol, ports, sample, ...range }) => {
      const mark = sample && make("strong", { part: "sample" }, " SAMPLE");
      const cells = [
        [make("code", { part: "network" }, cidr), mark],
        data_center,
        ports?.length ? `${protocol ?? ""} ${ports.join(", ")}`.toUpperCase().trim() : "not known",
        this.#tell(range),
      ];
      return make("tr", {}, cells.map((cell) => make("td", {}, cell)));
    });
    const head = make("tr", {}, heads.map((text) => make("th", { scope: "col" }, text)));
    return make("table", { part: "table" }, make("thead", {}, head), make("tbody", {}, rows));
  }

  // The status today, because a stored copy can be old.
  #tell({ effective_from: from, effective_until: until }) {
    if (until < today()) return ["ended on ", time(until), ", remove it"];
    const start = from > today() ? ["starts on ", time(from), ", allow it now"] : ["active"];
    return until ? [...start, ", until the end of ", time(until)] : start;
  }

  // Each line is marked if it is a sample, because lines may be pasted one by one.
  #offer(id, ranges, samples) {
    const lines = ranges
      .filter(({ effective_until: until }) => !(until < today()))
      .map(({ cidr, sample }) => `${cidr}${sample ? " # SAMPLE, do not use" : ""}\n`);
    const label = samples ? "Copy (samples are marked)" : "Copy";
    const button = make("button", { type: "button", part: "button" }, label);
    button.onclick = async () => {
      const count = lines.length === 1 ? "1 range" : `${lines.length} ranges`;
      const isDone = await write(lines.join(""), button);
      this.say(isDone ? `Copied ${count}.` : "Copying is blocked. Select the ranges and copy them.");
    };
    const query = { ...this.pick("dc family release"), traffic: id };
    const offered = Object.entries(FORMATS).slice(0, samples === ranges.length ? 2 : 6);
    const links = offered.map(([format, title]) =>
      link(locate("ip-ranges", { ...query, format }), title));
    return make("p", { part: "formats" }, button, links);
  }
}

// Copy *text*. Returns whether it worked. Pages without HTTPS can only copy a selection.
const write = async (text, button) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", { "aria-label": "Ranges" });
    area.value = text;
    button.after(area);
    area.select();
    const isDone = attempt(() => document.execCommand("copy"));
    area.remove();
    button.focus();
    return isDone;
  }
};

// Each attribute is also a property, for frameworks; `lang` is one already.
const FLAGS = ["open", "caveats"];
const reflect = (name) => ({
  configurable: true,
  get() {
    const value = this.getAttribute(name);
    return FLAGS.includes(name) ? value !== null && value !== "false" : value;
  },
  set(value) {
    if (FLAGS.includes(name)) value = value && value !== "false" ? "" : null;
    if (value == null) this.removeAttribute(name);
    else this.setAttribute(name, [value].flat().join(" "));
  },
});

// If the script is loaded twice, the first one stays.
const define = (name, element) => {
  if (customElements.get(name)) return;
  for (const attribute of element.observedAttributes) {
    if (attribute !== "lang") Object.defineProperty(element.prototype, attribute, reflect(attribute));
  }
  customElements.define(name, element);
};
// Browsers without these features show what is between the tags.
if (sheet && document.adoptedStyleSheets && [].findLastIndex && Object.hasOwn) {
  define("faq-answer", FaqAnswer);
  define("faq-list", FaqList);
  define("ip-ranges", IpRanges);
}
