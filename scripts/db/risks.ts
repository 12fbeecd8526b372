const risky: [RegExp, string][] = [
  [/\bdrop (table|column)\b/i, "drops data: the version before this one must run without it first"],
  [
    /\bset not null\b/i,
    "set not null reads the whole table under a lock: add a check constraint, not valid, and validate it",
  ],
  [/\balter column\b.*\bset data type\b/i, "a new type rewrites the table: expand, backfill, contract"],
  [
    /\bcreate (unique )?index (?!concurrently)/i,
    "on a table in use, an index is made concurrently and alone in its file",
  ],
  [/\brename\b/i, "a new name breaks the version before this one: expand, backfill, contract"],
];

/** What a migration does that a running shop would feel, one sentence each. Tables that it makes itself are empty. */
export function risksOf(sql: string): string[] {
  const created = new Set([...sql.matchAll(/create table (?:if not exists )?"?(\w+)"?/gi)].map(([, name]) => name));
  const statements = sql.split(/;|--> statement-breakpoint/).filter((statement) => {
    const table =
      statement.match(/\bon "?(?:public"\."|public\.)?(\w+)"?/i)?.[1] ?? statement.match(/alter table "?(\w+)"?/i)?.[1];
    return !table || !created.has(table);
  });
  return risky
    .filter(([pattern]) => statements.some((statement) => pattern.test(statement)))
    .map(([, sentence]) => sentence);
}
