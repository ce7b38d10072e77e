// Nine tasks with the client that @hey-api/openapi-ts generates.

import { client } from "./faqts/client.gen.js";
import * as faqts from "./faqts/index.js";

const [, , baseUrl = "http://127.0.0.1:8000"] = process.argv;
client.setConfig({ baseUrl });

// 1. List the ranges of a data center
async function listRanges() {
  const { data } = await faqts.listIpRanges({ query: { dc: ["uk"] }, throwOnError: true });
  return { ranges: data.items.map((range) => range.cidr) };
}

// 2. Page through the answers
async function pageThrough() {
  const query: faqts.ListFaqsData["query"] = { limit: 4 };
  const faqs: string[] = [];
  for (let pages = 1; ; pages++) {
    const { data } = await faqts.listFaqs({ query, throwOnError: true });
    faqs.push(...data.items.map((faq) => faq.id));
    if (data.next_cursor === null) return { faqs, pages };
    query.cursor = data.next_cursor;
  }
}

// 3. Read an answer for a product
async function readAnswer() {
  const { data } = await faqts.getFaq({
    path: { id: "fixed-ip-addresses" },
    query: { dc: "uk", application: "Acme" },
    throwOnError: true,
  });
  return { question: data.question, text: data.answer.text };
}

// 4. Look up addresses
async function lookUp() {
  const { ranges } = await listRanges();
  const published = ranges.slice(0, 1).map((cidr) => cidr.replace(/\/\d+$/, ""));
  const { data } = await faqts.lookUpAddresses({
    query: { ip: ["192.0.2.1", "2001:db8::1", ...published] },
    throwOnError: true,
  });
  return { lookup: data.items.map(({ query, relation }) => ({ query, relation })) };
}

// 5. Read an older release
async function readOlder() {
  const { data } = await faqts.listClouds({
    query: { release: "2026-11-23.03" },
    throwOnError: true,
  });
  return { release: data.release, clouds: data.items.length };
}

// 6. List changes
async function listWhatChanged() {
  const query: faqts.ListChangesData["query"] = { since: "2026-11-23.03" };
  const changes: string[][] = [];
  for (;;) {
    const { data } = await faqts.listChanges({ query, throwOnError: true });
    changes.push(...data.items.map(({ collection, id, action }) => [collection, id, action]));
    if (data.next_cursor === null) return { changes };
    query.cursor = data.next_cursor;
  }
}

// 7. Read problems
async function readProblems() {
  const lost = await faqts.getFaq({ path: { id: "nothing-like-this" } });
  const wrong = await faqts.listIpRanges({ query: { dc: ["atlantis"] } });
  if (!lost.error || !wrong.error) throw new Error("Both should fail.");
  const { status, type, title } = lost.error;
  const parameters = wrong.error.errors.map((fault) => fault.parameter);
  return {
    problems: [
      { status, type, title },
      { status: wrong.error.status, type: wrong.error.type, parameters },
    ],
  };
}

// 8. Compare with an enumeration
async function groupClouds() {
  const { data } = await faqts.listClouds({ throwOnError: true });
  const unsupported = data.items.filter((cloud) => cloud.support === "unsupported");
  return {
    clouds: Object.fromEntries(data.items.map((cloud) => [cloud.id, cloud.support])),
    unsupported: unsupported.map((cloud) => cloud.id),
  };
}

// 9. Follow a former ID
async function followFormerId() {
  const asked = "fixed-ips";
  const { data } = await faqts.getFaq({ path: { id: asked }, throwOnError: true });
  return { renamed: { asked, id: data.id } };
}

// All nine
for (const run of [
  listRanges,
  pageThrough,
  readAnswer,
  lookUp,
  readOlder,
  listWhatChanged,
  readProblems,
  groupClouds,
  followFormerId,
]) {
  console.log(JSON.stringify(await run()));
}
