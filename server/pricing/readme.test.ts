import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { diagram } from "../kernel/machine.ts";
import { campaignMachine } from "./campaign-status.ts";

it("the README shows the states as they are", () => {
  const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
  expect(readme).toContain(`\`\`\`mermaid\n${diagram(campaignMachine)}\n\`\`\``);
});
