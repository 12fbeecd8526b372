import { execFile } from "node:child_process";
import { join } from "node:path";
import postgres from "postgres";
import { describe, expect, inject, test } from "vitest";
import { peopleRows } from "../drizzle/seed/people.ts";
import { testDatabase } from "../scripts/test/database.ts";
import { rolePasswords } from "../scripts/test/postgres.ts";
import { programOf } from "../scripts/test/product.ts";
import { migrationCount } from "./http/migration-count.ts";
import { loadConfig } from "./kernel/config.ts";
import { databaseRefusals } from "./kernel/live-guard.ts";

const { adminUrl } = inject("testServer");
const { urls } = await testDatabase();
const root = join(import.meta.dirname, "..");

const right = {
  PATH: process.env.PATH ?? "",
  NODE_ENV: "production" as const,
  PORT: "0",
  WORKER_PORT: "0",
  DATABASE_URL: urls.member,
  DATABASE_SERVICE_URL: urls.service,
  STRIPE_SECRET_KEY: "sk_live_a-key-that-nobody-has",
  STRIPE_WEBHOOK_SECRET: "whsec_Zk3vQ9rT1xW8yB5nM2pL7sD4fG6hJ0aC",
  BASE_URL: "https://kraftverk.example",
  SMTP_URL: "smtps://mail.kraftverk.example",
  MAIL_FROM: "Kraftverk <hej@kraftverk.example>",
  COMPANY_ORG_NUMBER: "556000-0000",
  COMPANY_EMAIL: "hej@kraftverk.example",
  SESSION_SECRET: "8f14e45fceea167a5a36dedd4bea2543c0ffee00",
};

/** Starts a process as an operator would, and waits for it to give up: its exit code and last words. */
function start(kind: "web" | "worker", settings: NodeJS.ProcessEnv): Promise<{ code: unknown; words: string }> {
  const { parameters, env } = programOf(kind);
  const options = { cwd: root, env: { ...env, ...settings }, timeout: 600_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, options, (error, _out, words) => resolve({ code: error?.code ?? 0, words }));
  });
}

describe("R35: a shop that would take real money", () => {
  test.each(["web", "worker"] as const)("%s does not start, and says everything that is wrong", async (kind) => {
    const superuser = new URL(adminUrl);
    superuser.pathname = new URL(urls.owner).pathname;
    const { code, words } = await start(kind, {
      ...right,
      PROFILE: "live",
      STRIPE_SECRET_KEY: "sk_test_1234567890",
      BASE_URL: "http://kraftverk.example",
      SESSION_SECRET: `${right.SESSION_SECRET},change-me-change-me-change-me-changeme`,
      SOURCE_API_KEY: "much-too-short-key",
      DATABASE_URL: superuser.href,
      DATABASE_SERVICE_URL: urls.owner,
    });
    expect(code).toBe(1);
    for (const reason of [
      "STRIPE_SECRET_KEY is a test key",
      "BASE_URL must be https",
      "SESSION_SECRET must be random",
      "SOURCE_API_KEY must be random",
      "DATABASE_URL is a superuser's",
      "DATABASE_SERVICE_URL is the role that owns the tables",
    ])
      expect(words).toContain(reason);
    for (const secret of ["changeme", "much-too-short-key", rolePasswords.owner]) {
      if (secret.length > 6) expect(words).not.toContain(secret);
    }
  });

  test("finds nothing wrong with the roles, the way and the migrations of production", async () => {
    expect(await databaseRefusals(loadConfig(right), migrationCount())).toEqual([]);
  });

  test("finds the sandbox's people, until they are shut out", async () => {
    const sql = postgres(urls.service, { max: 1 });
    const { users } = peopleRows("x", new Date());
    for (const { id, email, emailNormalized, staffRole } of users)
      await sql`insert into users (id, email, email_normalized, password_hash, locale, staff_role, created_at)
        values (${id}, ${email}, ${emailNormalized}, 'x', 'sv', ${staffRole ?? null}, now())`;
    expect(await databaseRefusals(loadConfig(right), migrationCount())).toEqual([
      "DATABASE_SERVICE_URL: the sandbox's people can sign in here by the password of the README; take another database",
    ]);
    await sql`update users set disabled_at = now()`;
    expect(await databaseRefusals(loadConfig(right), migrationCount())).toEqual([]);
    await sql.end();
  });

  test("finds a business clock that was moved, by a second and whichever way", async () => {
    const sql = postgres(urls.service, { max: 1 });
    for (const offset of [86_400_000, -1_000]) {
      await sql`update app_clock set offset_ms = ${offset}`;
      expect((await databaseRefusals(loadConfig(right), migrationCount())).map((one) => one.split(",")[0])).toEqual([
        "DATABASE_URL: the business clock of this database was moved in the sandbox",
        "DATABASE_SERVICE_URL: the business clock of this database was moved in the sandbox",
      ]);
    }
    await sql`update app_clock set offset_ms = 0`;
    expect(await databaseRefusals(loadConfig(right), migrationCount())).toEqual([]);
    await sql.end();
  });

  test("asks for migrations that are missing, for TLS to another machine, and for a database that answers", async () => {
    expect(await databaseRefusals(loadConfig(right), migrationCount() + 2)).toEqual([
      "DATABASE_URL: 2 migrations are missing; run npm run db:migrate",
      "DATABASE_SERVICE_URL: 2 migrations are missing; run npm run db:migrate",
    ]);
    const away = { DATABASE_URL: "postgres://m:x@db.invalid:5432/shop", DATABASE_SERVICE_URL: urls.service };
    const refusals = await databaseRefusals(away, migrationCount());
    expect(refusals[0]).toBe(
      "DATABASE_URL leads to another machine without TLS: add ?sslmode=verify-full (or require)",
    );
    expect(refusals[1]).toMatch(/^DATABASE_URL: the database does not answer/);
    const secured = { ...away, DATABASE_URL: `${away.DATABASE_URL}?sslmode=require` };
    expect((await databaseRefusals(secured, migrationCount())).join()).not.toContain("without TLS");
    // As compose.yaml has it: a container on this machine. A machine elsewhere is not made one by saying so.
    const beside = { ...away, DATABASE_URL: "postgres://m:x@database:5432/shop", DATABASE_NETWORK: "private" as const };
    expect((await databaseRefusals(beside, migrationCount())).join()).not.toContain("without TLS");
    expect((await databaseRefusals({ ...beside, DATABASE_NETWORK: undefined }, 0)).join()).toContain("without TLS");
    expect((await databaseRefusals({ ...away, DATABASE_NETWORK: "private" }, 0)).join()).toContain("without TLS");
  });
});
