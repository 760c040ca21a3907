// Prints what Redocly and Spectral find in an OpenAPI document, a line each: node lint.js FILE
import fs from "node:fs";
import { createConfig, lint } from "@redocly/openapi-core";
import spectral from "@stoplight/spectral-core";
import rulesets from "@stoplight/spectral-rulesets";

const file = process.argv[2];

const config = await createConfig({ extends: ["recommended"] });
for (const found of await lint({ ref: file, config })) {
  const at = found.location.map((place) => place.pointer).join(" ");
  console.log(`redocly ${found.ruleId} ${at}: ${found.message}`);
}

const linter = new spectral.Spectral();
linter.setRuleset({ extends: [[rulesets.oas, "recommended"]] });
for (const found of await linter.run(JSON.parse(fs.readFileSync(file, "utf8")))) {
  console.log(`spectral ${found.code} ${found.path.join("/")}: ${found.message}`);
}
