import { readFileSync, writeFileSync } from "node:fs";
import { withSettings } from "./settings-table.ts";

/** `npm run readme`: writes the generated parts of README.md anew. */
const file = new URL("../../README.md", import.meta.url);
writeFileSync(file, withSettings(readFileSync(file, "utf8")));
