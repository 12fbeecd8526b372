import { readFileSync } from "node:fs";

type Journal = { readonly entries: readonly unknown[] };

/** How many migrations this version knows: readiness compares it with what is applied. */
export function migrationCount(): number {
  const file = new URL("../../drizzle/migrations/meta/_journal.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as Journal).entries.length;
}
