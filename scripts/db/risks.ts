const risky: [RegExp, string][] = [
  [/\bdrop (table|column)\b/i, "drops data: the version before this one must run without it first"],
  [
    /\bset not null\b/i,
    "set not null reads the whole table under a lock: add a check constraint, not valid, and validate it",
  ],
  [/\balter column\b.*\bset data type\b/i, "a new type rewrites the table: expand, backfill, contract"],
  [
    /\badd column\b.*\bdefault (?:gen_random_uuid|now|clock_timestamp|nextval|random)\b/i,
    "a default that differs from row to row rewrites the table: a column that may be null, then a backfill in a file of its own",
  ],
  [
    /\badd constraint\b.*\b(?:primary key|exclude)\b/i,
    "this constraint reads the whole table under a lock: make a unique index, and the constraint of it in the next release",
  ],
  [/\brename\b/i, "a new name breaks the version before this one: expand, backfill, contract"],
];

/**
 * What a migration does that a running shop would feel, one sentence each. Tables that it makes itself are empty; indexes,
 * checks, foreign keys and unique constraints are taken care of by the migrator (`drizzle/migration-plan.ts`).
 */
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
