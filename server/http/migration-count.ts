import { readFileSync } from "node:fs";
import { projectFile } from "../kernel/project-file.ts";

type Journal = { readonly entries: readonly unknown[] };

/** How many migrations this version knows: readiness compares it with what is applied. */
export function migrationCount(): number {
  const journal = readFileSync(projectFile("drizzle/migrations/meta/_journal.json"), "utf8");
  return (JSON.parse(journal) as Journal).entries.length;
}
