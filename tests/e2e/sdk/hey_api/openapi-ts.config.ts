import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: "./v1.json",
  output: {
    path: "./faqts",
    // Node resolves no import that names no extension.
    module: { extension: ".js" },
  },
});
