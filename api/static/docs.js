// Draws the reference into the page /docs. What is not said here is as swagger-ui has it.
"use strict";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// swagger-ui fills every example in, and would ask with a release and a day that nobody chose.
// An example of a parameter that may be left out becomes part of its description, unless its shape
// says as much, or it means nothing to people, as a cursor.
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
  // Headings stand in the order of the contract, each operation with its own address.
  deepLinking: true,
  docExpansion: "list",
  filter: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  supportedSubmitMethods: ["get", "head"],
  // Nothing is asked of anybody else, whatever the address of the page says.
  validatorUrl: null,
  queryConfigEnabled: false,
});
