import { z } from "zod";
import { databaseRefusals } from "./live-guard.ts";
import { baseUrlOf, isLive, liveRefusals } from "./live-settings.ts";

/** Where the product runs, told from the Stripe key alone: what guards a real shop applies to `live`. */
export type Profile = "sandbox" | "test" | "live";

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean),
);
const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const secret = z.string().min(32, "must have at least 32 characters in each part");
const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgres://");

/** Every setting, its default and its meaning. The README's table is generated from this. */
export const settings = {
  PORT: port(3000).describe("Port of the web process."),
  BASE_URL: z
    .url()
    .optional()
    .describe("Public address of the shop; default http://localhost:PORT. Must be https in live."),
  DATABASE_URL: databaseUrl.describe("Database as the member role (web). All three unset: embedded PostgreSQL."),
  DATABASE_SERVICE_URL: databaseUrl.describe("Database as the service role (worker, webhook intake)."),
  DATABASE_OWNER_URL: databaseUrl.optional().describe("Database as the owner role; only migrations use it."),
  DATABASE_NETWORK: z
    .enum(["private"])
    .optional()
    .describe(
      "private: a database without a dot in its name is a container beside this one, and the way to it needs no TLS in live.",
    ),
  DATA_DIR: z.string().default(".data").describe("Folder of the embedded database, the sandbox and generated secrets."),
  SANDBOX_PORT: port(4010).describe("Port of the sandbox (Stripe stand-in, mailbox, workbench)."),
  SANDBOX_SMTP_PORT: port(4025).describe("SMTP port of the sandbox's mailbox."),
  WORKER_PORT: port(3001).describe("Port of the worker's health and metrics (loopback)."),
  TRUST_PROXY: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe("How many reverse proxies stand in front (their X-Forwarded-* are believed)."),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe("Bearer token for /metrics; without it metrics answer on loopback only."),
  PROFILE: z
    .enum(["live"])
    .optional()
    .describe("live: this shop takes real money, and does not start with anything less (a test key, say)."),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_/, "must begin with sk_test_, sk_live_, rk_test_ or rk_live_")
    .describe("Stripe's secret key. Unset: the sandbox."),
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_/)
    .optional()
    .describe("Stripe's publishable key."),
  STRIPE_WEBHOOK_SECRET: list
    .optional()
    .describe("Signing secrets of the Stripe webhook endpoint, comma-separated while one is rotated."),
  STRIPE_API_BASE: z.url().optional().describe("Address of a Stripe stand-in; set by npm start when the sandbox runs."),
  SOURCE_API_KEY: list
    .pipe(z.array(z.string().min(16, "must have at least 16 characters")).min(1))
    .optional()
    .describe("Keys the partner's system may use for the campaign webhook, comma-separated."),
  SOURCE_WEBHOOK_SECRET: z.string().min(24).optional().describe("Secret of the campaign webhook's optional signature."),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must begin with smtp:// or smtps://")
    .optional()
    .describe("Mail server; in the sandbox its mailbox."),
  MAIL_FROM: z.string().default("Kraftverk <hej@kraftverk.test>").describe("Sender of every mail."),
  COMPANY_NAME: z.string().default("Kraftverk Träning AB").describe("Who sells: on every page, mail and receipt."),
  COMPANY_ORG_NUMBER: z.string().default("559999-0001").describe("The seller's registration number."),
  COMPANY_VAT_NUMBER: z.string().default("SE559999000101").describe("The seller's VAT number."),
  COMPANY_ADDRESS: z.string().default("Turbingatan 4, 211 19 Malmö").describe("The seller's postal address."),
  COMPANY_EMAIL: z.string().default("hej@kraftverk.test").describe("Where customers reach the seller."),
  TEXTS_DIR: z
    .string()
    .optional()
    .describe(
      "Folder with your own terms.sv.md, terms.en.md, privacy.….md and cookies.….md; unset, or a text missing: the demo's.",
    ),
  SESSION_SECRET: list
    .pipe(z.tuple([secret], secret))
    .describe(
      "Signs links and seals what must be read again (authenticator apps, receivers' keys), at least 32 bytes; `new,old` while it is rotated. Sessions are random tokens.",
    ),
  SANDBOX_PUBLIC_URL: z
    .url()
    .optional()
    .describe("Address at which a browser reaches the sandbox; default http://localhost:SANDBOX_PORT."),
  SANDBOX_CONTROL_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe("Shared by the sandbox and the product; lets the sandbox move business time."),
  RATE_LIMIT_SCALE: z.coerce
    .number()
    .min(0.001)
    .max(1_000_000)
    .default(1)
    .describe(
      "Multiplies how many requests one address may make; more than 1 only to measure the shop from one machine.",
    ),
  TRUST_USER_ID_HEADER: z
    .literal("1")
    .optional()
    .describe(
      "1: whoever sends x-user-id to /api/billing and /api/entitlements is believed. For tests behind closed doors alone.",
    ),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace"])
    .default("info")
    .describe("Least severe level that is logged."),
  DEBUG: list.optional().describe("Areas logged in detail, e.g. stripe:*,billing:*."),
} as const satisfies Record<string, z.ZodType>;

export type Settings = { readonly [Name in keyof typeof settings]: z.output<(typeof settings)[Name]> };
export type Config = Settings & {
  readonly profile: Profile;
  readonly baseUrl: string;
  readonly sandboxUrl: string | null;
};

/** Settings that cannot be right; the message names every wrong one and what it must be. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Reads all settings at once. Throws one {@link ConfigError} naming every wrong one; values are never repeated in it. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const config = readConfig(env);
  refuse(guardLive(config));
  return config;
}

/**
 * Reads all settings for a process that is about to begin. In live also the database is asked whether it will do
 * (`live-guard.ts`); the one {@link ConfigError} then names everything that is wrong with either.
 */
export async function loadConfigToStart(
  env: Readonly<Record<string, string | undefined>>,
  migrations: number,
): Promise<Config> {
  const config = readConfig(env);
  const ofDatabase = config.profile === "live" ? await databaseRefusals(config, migrations) : [];
  refuse([...guardLive(config), ...ofDatabase]);
  return config;
}

function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(Object.keys(settings).flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = z.object(settings).safeParse(present);
  if (!parsed.success) throw wrongSettings(env, present, parsed.error.issues);
  const values = parsed.data as Settings;
  const profile: Profile = isLive(values) ? "live" : values.STRIPE_API_BASE ? "sandbox" : "test";
  return {
    ...values,
    profile,
    baseUrl: baseUrlOf(values),
    sandboxUrl: profile === "sandbox" ? (values.SANDBOX_PUBLIC_URL ?? `http://localhost:${values.SANDBOX_PORT}`) : null,
  };
}

/** Of a shop that would take real money, what speaks against that is told with what cannot be read: one round, not two. */
function wrongSettings(
  env: Readonly<Record<string, string | undefined>>,
  present: Readonly<Record<string, unknown>>,
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): ConfigError {
  const wrong = new Set(issues.map(({ path }) => String(path[0])));
  const lines = issues.map(({ path, message }) => {
    const name = String(path[0]);
    return env[name] ? `${name} ${message}` : `${name} is missing`;
  });
  const readable = Object.entries(settings).flatMap(([name, shape]) => {
    const { data } = wrong.has(name) ? {} : shape.safeParse(present[name]);
    return data === undefined ? [] : [[name, data]];
  });
  const values: Partial<Settings> = Object.fromEntries(readable);
  // Each begins with its setting; of one that cannot be read it is said already.
  const ofLive = isLive(values) ? liveRefusals(values).filter((line) => !wrong.has(line.split(" ")[0] ?? "")) : [];
  const all = [...new Set([...lines, ...ofLive])].map((line) => `  ${line}`);
  return new ConfigError(`Wrong settings:\n${all.join("\n")}\nThe README lists every setting.`);
}

function refuse(refusals: readonly string[]): void {
  if (refusals.length === 0) return;
  throw new ConfigError(
    `This shop would take real money, so it does not start:\n${refusals.map((r) => `  ${r}`).join("\n")}`,
  );
}

function guardLive(config: Config): string[] {
  return config.profile === "live" ? liveRefusals(config) : [];
}
