// Shows the API reference on /docs. All other options are the defaults of swagger-ui.
"use strict";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// swagger-ui fills in every example, so that requests would contain a release and a date that nobody
// chose. So move the example of an optional parameter to its description, unless its type makes it
// obvious, or it means nothing to people, like a cursor.
const tellExamples = (contract) => {
  for (const item of Object.values(contract.paths ?? {})) {
    for (const parameter of Object.values(item).flatMap(({ parameters }) => parameters ?? [])) {
      const { name, required, example, schema } = parameter;
      if (!required && example !== undefined) {
        const { type, format, pattern, items } = schema;
        const isTold = format ?? pattern ?? items?.pattern ?? (type === "string" && name !== "cursor");
        if (isTold && schema.const === undefined) parameter.description += ` For example \`${example}\`.`;
        delete parameter.example;
      }
    }
  }
  return contract;
};

const examplesAreTold = {
  statePlugins: {
    spec: {
      wrapActions: { updateJsonSpec: (update) => (contract) => update(tellExamples(contract)) },
    },
  },
};

SwaggerUIBundle({
  url: "/v1/openapi.json",
  domNode: document.getElementById("reference"),
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [examplesAreTold],
  layout: "BaseLayout",
  // Keep the order of the contract, and give each operation its own URL.
  deepLinking: true,
  docExpansion: "list",
  filter: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  supportedSubmitMethods: ["get", "head"],
  // Never send requests to other hosts, even if the URL of the page asks for it.
  validatorUrl: null,
  queryConfigEnabled: false,
});
