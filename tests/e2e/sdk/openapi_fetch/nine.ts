// Nine tasks with openapi-fetch and the types that openapi-typescript generates.

import createClient from "openapi-fetch";
import type { operations, paths, Problem } from "./faqts.js";

const [, , baseUrl = "http://127.0.0.1:8000"] = process.argv;

// Some paths also have plain text formats. This client only reads JSON.
const client = createClient<paths, "application/json" | "application/problem+json">({ baseUrl });

function fail(problem: Problem): never {
  throw new Error(`${problem.title}: ${problem.detail}`);
}

// 1. List the ranges of a data center
async function listRanges() {
  const { data, error } = await client.GET("/v1/ip-ranges", { params: { query: { dc: ["uk"] } } });
  if (error) fail(error);
  return { ranges: data.items.map((range) => range.cidr) };
}

// 2. Page through the answers
async function pageThrough() {
  const query: operations["listFaqs"]["parameters"]["query"] = { limit: 4 };
  const faqs: string[] = [];
  for (let pages = 1; ; pages++) {
    const { data, error } = await client.GET("/v1/faqs", { params: { query } });
    if (error) fail(error);
    faqs.push(...data.items.map((faq) => faq.id));
    if (data.next_cursor === null) return { faqs, pages };
    query.cursor = data.next_cursor;
  }
}

// 3. Read an answer for a product
async function readAnswer() {
  const { data, error } = await client.GET("/v1/faqs/{id}", {
    params: { path: { id: "fixed-ip-addresses" }, query: { dc: "uk", application: "Acme" } },
  });
  if (error) fail(error);
  return { question: data.question, text: data.answer.text };
}

// 4. Look up addresses
async function lookUp() {
  const { ranges } = await listRanges();
  const published = ranges.slice(0, 1).map((cidr) => cidr.replace(/\/\d+$/, ""));
  const { data, error } = await client.GET("/v1/ip-ranges/lookup", {
    params: { query: { ip: ["192.0.2.1", "2001:db8::1", ...published] } },
  });
  if (error) fail(error);
  return { lookup: data.items.map(({ query, relation }) => ({ query, relation })) };
}

// 5. Read an older release
async function readOlder() {
  const { data, error } = await client.GET("/v1/clouds", {
    params: { query: { release: "2026-11-23.03" } },
  });
  if (error) fail(error);
  return { release: data.release, clouds: data.items.length };
}

// 6. List changes
async function listWhatChanged() {
  const query: operations["listChanges"]["parameters"]["query"] = { since: "2026-11-23.03" };
  const changes: string[][] = [];
  for (;;) {
    const { data, error } = await client.GET("/v1/changes", { params: { query } });
    if (error) fail(error);
    changes.push(...data.items.map(({ collection, id, action }) => [collection, id, action]));
    if (data.next_cursor === null) return { changes };
    query.cursor = data.next_cursor;
  }
}

// 7. Read problems
async function readProblems() {
  const lost = await client.GET("/v1/faqs/{id}", { params: { path: { id: "nothing-like-this" } } });
  const wrong = await client.GET("/v1/ip-ranges", { params: { query: { dc: ["atlantis"] } } });
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
  const { data, error } = await client.GET("/v1/clouds");
  if (error) fail(error);
  const unsupported = data.items.filter((cloud) => cloud.support === "unsupported");
  return {
    clouds: Object.fromEntries(data.items.map((cloud) => [cloud.id, cloud.support])),
    unsupported: unsupported.map((cloud) => cloud.id),
  };
}

// 9. Follow a former ID
async function followFormerId() {
  const asked = "fixed-ips";
  const { data, error } = await client.GET("/v1/faqs/{id}", { params: { path: { id: asked } } });
  if (error) fail(error);
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
