import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import { asAdmin, roleUrls } from "../postgres/roles.ts";
import { syncCatalogOnce } from "../sync-catalog.ts";
import { copyDatabase } from "./database.ts";
import { rolePasswords } from "./postgres.ts";
import type { TestSandbox } from "./sandbox.ts";

const DATABASE = "kraftverk_template_shop";
/** Any number that nothing else locks on this server. */
const LOCK = 7_491;

/**
 * Puts the demo catalogue into a sandbox and answers the name of the database that is mirrored in it. Seeding and mirroring
 * some two hundred things takes a second of work, so the first file of a run that asks does it, and all others get a copy.
 */
export async function shopTemplate(sandbox: TestSandbox): Promise<string> {
  const { adminUrl, folder } = inject("testServer");
  const file = join(folder, "shop.json");
  if (!existsSync(file)) {
    await asAdmin(adminUrl, async (admin) => {
      await admin`select pg_advisory_lock(${LOCK})`;
      // Whoever waited finds it made.
      if (!existsSync(file)) await make(sandbox, file);
    });
  }
  await sandbox.control("import", { body: JSON.parse(readFileSync(file, "utf8")) });
  return DATABASE;
}

async function make(sandbox: TestSandbox, file: string): Promise<void> {
  const { adminUrl, template } = inject("testServer");
  // What a file that failed half-way has left.
  await asAdmin(adminUrl, (admin) => admin.unsafe(`drop database if exists ${DATABASE} with (force)`));
  await copyDatabase(template, DATABASE);
  const { member, service } = roleUrls(new URL(adminUrl).host, DATABASE, rolePasswords);
  await seedDemo({ serviceUrl: service });
  await syncCatalogOnce({
    DATABASE_URL: member,
    DATABASE_SERVICE_URL: service,
    STRIPE_SECRET_KEY: "sk_test_shop_template",
    STRIPE_API_BASE: sandbox.url,
    STRIPE_WEBHOOK_SECRET: "whsec_shop_template_0123456789",
    SESSION_SECRET: "0123456789abcdef0123456789abcdef",
    LOG_LEVEL: "fatal",
  });
  writeFileSync(`${file}.part`, JSON.stringify(await sandbox.control("export")));
  await asAdmin(adminUrl, (admin) => admin.unsafe(`alter database ${DATABASE} with allow_connections false`));
  renameSync(`${file}.part`, file);
}
