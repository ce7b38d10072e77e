// <faq-answer>, <faq-list>, <ip-ranges>: see docs/embedding.md. One file without imports, so that
// one integrity hash covers all. No text goes to a parser of the browser: `build` makes nodes of an
// allowed list. So Trusted Types may be required, and a copy tampered with is harmless.

const SERVICE = new URL("/", import.meta.url).href;
const SLOW_MS = 3_000;
const GIVEN_UP_MS = 30_000;
const KEPT = "faqts:";
const MOST_KEPT = 50;
// Nothing is there to read; whatever else fails may be over in a minute.
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

// Leads to a page or a mailbox, or nowhere; to the page of what is linked rather than to its data,
// with what is known of the reader.
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

// A table wider than its place is moved sideways, by keyboard too.
const wrap = (table, label) => {
  const box = make("div", { part: "scroll", role: "group", "aria-label": label }, table);
  new ResizeObserver(() => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }).observe(box);
  return box;
};

// A tag of an answer as a node. No attributes but these two are looked at.
const adapt = (tag, attributes, query) => {
  const [, value] = /\s(?:href|start)="([^"]*)"/i.exec(attributes) ?? [];
  if (tag === "a") return link(decode(value ?? ""), "", query);
  if (tag === "ol") return make(tag, { start: value });
  if (tag === "th") return make(tag, { scope: "col" });
  return make(tag);
};

// The nodes of an answer's text. Of a tag that is not allowed only the text stays. Headings begin
// below *level*, and leave none out.
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

// Storage throws where it is forbidden, full or off: there is no copy.
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
    const keys = Object.keys(localStorage).filter((one) => one.startsWith(KEPT));
    // The space is the page's: begin anew rather than fill it.
    if (keys.length > MOST_KEPT) keys.filter((one) => one !== key).forEach(forget);
  });

// What went wrong, in the words of RFC 9457.
class Failure extends Error {
  constructor(detail = "the service does not answer as it should", problem, successor) {
    super(detail);
    this.problem = { type: "about:blank", title: detail, status: 0, detail, ...problem };
    this.successor = successor;
  }
}

// What may repeat: words parted by spaces, or by commas, as frameworks write a list into an attribute.
const split = (words) => (words ?? "").split(/[\s,]+/).filter(Boolean);

// The address of *path* with a query.
const address = (path, query) => {
  const url = new URL(`v1/${path}`, SERVICE);
  for (const [name, value] of Object.entries({ ...query, format: query.format ?? "json" })) {
    const repeats = ["dc", "traffic", "topic"].includes(name) && !path.includes("/");
    const values = repeats ? split(value) : [value];
    values.filter(Boolean).forEach((one) => url.searchParams.append(name, one));
  }
  return url.href;
};

// Asked anew each time, mostly for a 304, so that an outage is noticed. What is pinned does not
// change, and may come from the browser's cache.
const ask = async (url, signal) => {
  const cache = url.includes("release=") ? "default" : "no-cache";
  const options = { signal, cache, credentials: "omit", referrerPolicy: "no-referrer" };
  const answer = await fetch(url, options).catch(() => null);
  if (!answer) throw new Failure("the service cannot be reached");
  const body = await answer.json().catch(() => null);
  const { ok, status, headers } = answer;
  if (ok && body) return body;
  const said = areTexts(body, "type detail") ? body : {};
  const [, successor] = /<([^>]+)>; rel="successor-/.exec(headers.get("Link")) ?? [];
  throw new Failure(undefined, { ...said, status: ok ? 0 : status }, successor);
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
  // Always there: a live region that comes with its text is not read out.
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
    // Each move to another document takes them away.
    attempt(() => (this.#root.adoptedStyleSheets = [sheet]));
    // What was set before the script came hides what takes it.
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

  // Attributes that are set together are one change.
  attributeChangedCallback() {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      if (this.isConnected) attempt(() => this.#follow());
    });
  }

  // The event that tells what came of the attributes, once there is one. Attributes that were set
  // just now are looked at before.
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

  // The attributes called *names*, parted by spaces.
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
    // Addresses of one data center must not stand where another is asked for.
    this.#clear();
    if (url) this.#load(url);
    else this.#refuse(new Failure("the attribute faq names no answer"));
  }

  async #load(url) {
    const request = (this.#request = new AbortController());
    const isLast = () => this.#request === request;
    if (!this.childElementCount && !this.textContent.trim()) this.say("Loading …");
    const slow = setTimeout(() => isLast() && this.#fallBack(url, "the service is slow"), SLOW_MS);
    const end = setTimeout(() => request.abort(), GIVEN_UP_MS);
    try {
      const body = await this.read(url, request.signal);
      if (!isLast()) return;
      if (!this.fits(body)) throw new Failure();
      this.#draw(body);
      keep(KEPT + url, body);
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
    // Only the service's own word counts; that of something between has no type.
    const isFinal = FINAL.includes(problem.status) && problem.type !== "about:blank";
    if (isFinal) forget(KEPT + url);
    if (isFinal || !this.#fallBack(url, failure.message, problem)) this.#refuse(failure);
  }

  // Show the copy; tell whether there is one.
  #fallBack(url, why, problem = null) {
    const { at, body } = find(KEPT + url) ?? {};
    const isDrawn = Number.isFinite(at) && this.fits(body) && attempt(() => !this.#draw(body));
    if (!isDrawn) return false;
    this.say("As of ", time(at, "short"), `: ${why}.`);
    this.#fire("faq-stale", { url, body, problem, kept_at: at });
    return true;
  }

  // Leave what stands between the tags, and say why there is no more.
  #refuse({ problem, successor }) {
    this.#clear();
    const why = `${problem.detail} `.replace(/([^.?]) $/, "$1. ");
    const instead = successor && link(successor, "Read this instead.", this.pick("dc"));
    this.say(problem.status === 410 ? "Withdrawn: " : "No answer can be shown: ", why, instead);
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
    // It was taken out for a moment.
    if (focused?.isConnected) focused.focus({ preventScroll: true });
  }
}

const warn = (...words) => make("strong", { part: "warning" }, ...words);
const warnOfReview = (day) =>
  day < today() && warn("Its review was due on ", time(day), ": it may be out of date. ");

class FaqAnswer extends Embed {
  static observedAttributes = "faq dc application lang release level show open".split(" ");
  #disclosure = make("details", { part: "disclosure" }, make("summary", { part: "toggle" }));
  #wasOpen;

  locate() {
    const { faq, ...query } = this.pick("faq dc application lang release");
    // Half a letter throws.
    const id = faq && encodeURIComponent(faq.replace(/\p{Cs}/gu, "?"));
    return id && address(`faqs/${id}`, query);
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
    const said = { lang: body.language?.served, dir: "auto" };
    const question = make(`h${this.depth}`, { part: "question", ...said }, body.question);
    const text = make("div", { part: "answer", ...said });
    text.append(build(body.answer.html, this.depth, this.pick("dc release")));
    const whole = [text, this.#describe(body)];
    if (show === "answer") return whole;
    if (show !== "summary") return [this.#disclose(question, whole)];
    const summary = make("p", { part: "summary", ...said }, body.summary);
    return [question, summary, this.#disclose("The whole answer", whole)];
  }

  #describe({ id, status, freshness = {}, updated_at }) {
    const query = this.pick("dc release");
    const { reviewed_on, review_by } = freshness ?? {};
    const reviewed = time(reviewed_on);
    return make(
      "p",
      { part: "meta", dir: "auto" },
      warnOfReview(review_by),
      status === "deprecated" && warn("No longer current. "),
      ["Updated ", time(updated_at), ". "],
      reviewed ? ["Reviewed ", reviewed, ". "] : "Not reviewed yet. ",
      query.release && `As of release ${query.release}. `,
      link(`/faqs/${id}`, "Source", query),
    );
  }

  // The same one: it stays as the reader left it.
  #disclose(title, children) {
    const details = this.#disclosure;
    const [summary] = details.children;
    summary.replaceChildren(title);
    details.replaceChildren(summary, ...children);
    const isOpen = this.open;
    if (isOpen !== this.#wasOpen) details.open = this.#wasOpen = isOpen;
    return details;
  }
}

class FaqList extends Embed {
  static observedAttributes = "topic dc application lang release level".split(" ");
  #items = {};

  locate() {
    return address("faqs", this.pick("topic lang release"));
  }

  async read(url, signal) {
    const items = [];
    for (let next = url; next; ) {
      const asked = next;
      const page = await ask(asked, signal);
      items.push(...page.items);
      next = page.next_cursor && `${url}&cursor=${encodeURIComponent(page.next_cursor)}`;
      // A cache that ignores queries: no end.
      if (next === asked) throw new Failure();
    }
    return { items };
  }

  fits(body) {
    return areAll(body?.items, "id question summary");
  }

  render({ items }) {
    if (!items.length) return ["There are no answers here."];
    return [make("ul", { part: "list", role: "list" }, items.map((item) => this.#list(item)))];
  }

  // An answer is asked for when it is opened; until it is there, its summary stands.
  #list({ id, question, summary }) {
    const title = make(`h${this.depth}`, { part: "question", dir: "auto" }, question);
    const exportparts = "answer,meta,status,warning,scroll";
    const context = { ...this.pick("dc application lang release"), level: this.depth, faq: id };
    const short = make("p", { dir: "auto" }, summary);
    const answer = make("faq-answer", { show: "answer", exportparts, ...context }, short);
    const details = (this.#items[id] ??= make("details", { part: "disclosure" }));
    details.replaceChildren(make("summary", { part: "toggle" }, title));
    details.ontoggle = () => details.open && !answer.isConnected && details.append(answer);
    details.ontoggle();
    return make("li", { part: "item" }, details);
  }
}

// Only the first two mark a sample.
const FORMATS = ["csv", "json", "txt", "nft", "ipset", "nginx"];
const RULES = {
  inbound: "Inbound rule: allow these networks as sources. ",
  outbound: "Outbound rule: allow these networks as destinations. ",
};

class IpRanges extends Embed {
  static observedAttributes = "dc traffic family release level".split(" ");

  locate() {
    return address("ip-ranges", this.pick("dc traffic family release"));
  }

  async read(url, signal) {
    const { traffic, release } = this.pick("traffic release");
    const urls = [url, address("traffic-classes", { release })];
    const found = await Promise.all(urls.map((one) => ask(one, signal)));
    const [ranges, all] = found.map(({ items }) => items);
    const names = "cidr data_center traffic ports effective_from effective_until sample freshness";
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
    if (!ranges.length) return [make("p", {}, fixed_addresses ? "None are listed." : advice)];
    const samples = ranges.filter(({ sample }) => sample).length;
    const due = ranges.map(({ freshness }) => freshness?.review_by).sort()[0];
    return [
      make("p", { part: "direction" }, RULES[rule], advice),
      samples && make("p", {}, warn("Samples: never put them into a firewall.")),
      wrap(this.#tabulate(ranges), name),
      make("p", { part: "meta" }, warnOfReview(due)),
      this.#offer(id, ranges, samples),
    ];
  }

  #tabulate(ranges) {
    const heads = ["Network", "Data center", "Port", "Use"];
    const rows = ranges.map(({ cidr, data_center, ports, sample, ...range }) => {
      const mark = sample && make("strong", { part: "sample" }, " SAMPLE");
      const cells = [
        [make("code", { part: "network" }, cidr), mark],
        data_center,
        `${ports}`.replaceAll(",", ", ") || "not known",
        this.#tell(range),
      ];
      return make("tr", {}, cells.map((cell) => make("td", {}, cell)));
    });
    const head = make("tr", {}, heads.map((text) => make("th", { scope: "col" }, text)));
    return make("table", { part: "table" }, make("thead", {}, head), make("tbody", {}, rows));
  }

  // By the days: a copy may be of last month.
  #tell({ effective_from: from, effective_until: until }) {
    const isOver = until < today();
    return [
      from > today() ? ["allow it now; in use from ", time(from)] : isOver ? "not in use" : "in use",
      until && [isOver ? " since the end of " : " until the end of ", time(until)],
    ].flat();
  }

  // Each line says that it is a sample, because it may be pasted alone.
  #offer(id, ranges, samples) {
    const lines = ranges
      .filter(({ effective_until: until }) => !(until < today()))
      .map(({ cidr, sample }) => `${cidr}${sample ? " # SAMPLE, never allow it" : ""}\n`);
    const label = samples ? "Copy, samples marked" : "Copy";
    const button = make("button", { type: "button", part: "button" }, label);
    button.onclick = async () => {
      const isDone = await write(lines.join(""), button);
      this.say(isDone ? `Networks copied: ${lines.length}.` : "Not allowed here: select and copy.");
    };
    const query = { ...this.pick("dc family release"), traffic: id };
    const formats = FORMATS.slice(0, samples === ranges.length ? 2 : 6);
    const links = formats.map((format) => link(address("ip-ranges", { ...query, format }), format));
    return make("p", { part: "formats" }, button, links);
  }
}

// Copy *text*; tell whether it is done. Without https there is only the old way, by a selection.
const write = async (text, button) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", { "aria-label": "Networks" });
    area.value = text;
    button.after(area);
    area.select();
    const isDone = attempt(() => document.execCommand("copy"));
    area.remove();
    button.focus();
    return isDone;
  }
};

// Each attribute is a property too, as frameworks set them; `lang` is one already.
const reflect = (name) => ({
  configurable: true,
  get() {
    const value = this.getAttribute(name);
    return name === "open" ? value !== null && value !== "false" : value;
  },
  set(value) {
    if (name === "open") value = value && value !== "false" ? "" : null;
    if (value == null) this.removeAttribute(name);
    else this.setAttribute(name, [value].flat().join(" "));
  },
});

// The module may come twice; the first stays.
const define = (name, element) => {
  if (customElements.get(name)) return;
  for (const attribute of element.observedAttributes) {
    if (attribute !== "lang") Object.defineProperty(element.prototype, attribute, reflect(attribute));
  }
  customElements.define(name, element);
};
// A browser without these shows what is between the tags.
if (sheet && document.adoptedStyleSheets && [].findLastIndex && Object.hasOwn) {
  define("faq-answer", FaqAnswer);
  define("faq-list", FaqList);
  define("ip-ranges", IpRanges);
}
