// What a consumer of oEmbed makes of an address, as JSON: found from the page itself, or asked of
// the endpoint that a list of providers names.
//   node consumer.mjs library address parameters [endpoint]
const [library, address, parameters, endpoint] = process.argv.slice(2);
const { extract, setProviderList } = await import(library);
const origin = new URL(address).origin;
const asked = [];
const get = (url) => {
  // The library asks the providers of its list by https alone.
  const target = url.replace(origin.replace("http:", "https:"), origin);
  asked.push(target);
  return fetch(target);
};
setProviderList(endpoint ? [{ endpoints: [{ schemes: [`${origin}/*`], url: endpoint }] }] : []);
console.log(JSON.stringify({ ...(await extract(address, JSON.parse(parameters), get)), asked }));
