import { z } from "zod";
import { settings } from "../../server/kernel/config.ts";

/** The names that the owner's documents use for settings of ours; null: there is nothing to set any more, and why. */
const OTHER_NAMES: readonly (readonly [name: string, ours: string | null, note: string])[] = [
  ["NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY", "STRIPE_PUBLISHABLE_KEY", ""],
  ["NEXT_PUBLIC_BASE_URL", "BASE_URL", ""],
  ["NEXT_PUBLIC_SITE_URL", "BASE_URL", ""],
  ["SUPABASE_URL", "DATABASE_URL", "any PostgreSQL 15 or later"],
  ["SUPABASE_SERVICE_ROLE_KEY", "DATABASE_SERVICE_URL", "the role is in the address"],
  ["INNGEST_EVENT_KEY", null, "jobs are in the database"],
  ["INNGEST_SIGNING_KEY", null, "jobs are in the database"],
];

/** Set by `npm start` when it starts the part that needs them, so unset does not mean missing there. */
const MADE_AT_START = new Set(["DATABASE_URL", "DATABASE_SERVICE_URL", "STRIPE_SECRET_KEY", "SESSION_SECRET"]);

/** The README's part on settings, from the definitions that read them. */
export function settingsTable(): string {
  const rows = Object.entries(settings).map(([name, schema]) => {
    const meaning = z.globalRegistry.get(schema)?.description ?? "";
    return `| \`${name}\` | ${defaultOf(name, schema)} | ${meaning} |`;
  });
  const names = OTHER_NAMES.map(([name, ours, note]) => {
    const shown = ours === null ? "nothing" : `\`${ours}\``;
    return `| \`${name}\` | ${note === "" ? shown : `${shown} (${note})`} |`;
  });
  return [
    "| setting | default | meaning |",
    "|---|---|---|",
    ...rows,
    "",
    "Names in the owner's documents and what they are here (those that are the same are left out):",
    "",
    "| there | here |",
    "|---|---|",
    ...names,
  ].join("\n");
}

function defaultOf(name: string, schema: z.ZodType): string {
  if (MADE_AT_START.has(name)) return "made at start";
  const unset = schema.safeParse(undefined);
  if (!unset.success) return "required";
  return unset.data === undefined ? "" : `\`${String(unset.data)}\``;
}

const BEGIN = "<!-- settings:begin -->";
const END = "<!-- settings:end -->";

/** The README with its settings part as it should be. */
export function withSettings(readme: string): string {
  const from = readme.indexOf(BEGIN);
  const to = readme.indexOf(END);
  if (from < 0 || to < from) throw new Error(`README.md lacks ${BEGIN} … ${END}`);
  return `${readme.slice(0, from)}${BEGIN}\n\n${settingsTable()}\n\n${readme.slice(to)}`;
}
