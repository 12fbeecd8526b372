import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { projectFile } from "../../server/kernel/project-file.ts";
import { applyRoles, asAdmin, roleUrls } from "../postgres/roles.ts";
import type { TestDatabase } from "./database.ts";
import { rolePasswords } from "./postgres.ts";

/** A database of a shop that has not had a migration yet, nor any after it: what an upgrade starts from. */
export async function testDatabaseBefore(migration: string): Promise<TestDatabase> {
  const { adminUrl } = inject("testServer");
  const name = `kraftverk_test_${randomBytes(6).toString("hex")}`;
  await applyRoles(adminUrl, name, rolePasswords);
  afterAll(() => asAdmin(adminUrl, (admin) => admin.unsafe(`drop database if exists ${name} with (force)`)));
  const urls = roleUrls(new URL(adminUrl).host, name, rolePasswords);
  const folder = mkdtempSync(join(tmpdir(), "kraftverk-migrations-"));
  cpSync(fileURLToPath(projectFile("drizzle/migrations")), folder, { recursive: true });
  const file = join(folder, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(file, "utf8")) as { entries: { tag: string }[] };
  journal.entries = journal.entries.filter(({ tag }) => tag < migration);
  writeFileSync(file, JSON.stringify(journal));
  const owner = postgres(urls.owner, { max: 1, onnotice: () => {} });
  try {
    await runMigrations({ connectionString: urls.service });
    await applyMigrations(drizzle(owner), { migrationsFolder: folder });
  } finally {
    await owner.end();
    rmSync(folder, { recursive: true });
  }
  return { urls, name };
}
