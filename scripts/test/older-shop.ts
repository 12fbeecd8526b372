import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { migrate } from "../../drizzle/migrate.ts";
import { projectFile } from "../../server/kernel/project-file.ts";
import { applyRoles, asAdmin, databaseUrl, type RoleUrls, roleUrls } from "../postgres/roles.ts";
import { rolePasswords } from "./postgres.ts";

/** Which migration was the last of the release whose rows `drizzle/shop-of-0003.sql` has. */
const RELEASED = 3;

export type OlderShop = {
  readonly urls: RoleUrls;
  readonly name: string;
  /** A superuser, as an administrator at the server: nothing of the product connects so. */
  readonly admin: postgres.Sql;
  /** Brings it to this version, or through one migration of it. */
  upgrade(through?: number): Promise<void>;
};

/** A database of its own in which a shop of version 0003 has traded, as a restored dump of it. Dropped when the file ends. */
export async function olderShop(): Promise<OlderShop> {
  const { adminUrl } = inject("testServer");
  const name = `kraftverk_old_${randomBytes(6).toString("hex")}`;
  await applyRoles(adminUrl, name, rolePasswords);
  const urls = roleUrls(new URL(adminUrl).host, name, rolePasswords);
  const upgrade = (through?: number) =>
    migrate({ ownerUrl: urls.owner, serviceUrl: urls.service }, through === undefined ? {} : { through });
  await upgrade(RELEASED);
  const admin = postgres(databaseUrl(adminUrl, name), { max: 2, onnotice: () => {} });
  afterAll(async () => {
    await admin.end();
    await asAdmin(adminUrl, (server) => server.unsafe(`drop database if exists ${name} with (force)`));
  });
  await fill(admin);
  return { urls, name, admin, upgrade };
}

/** Rows in any order, with triggers asleep: what pg_restore does. Numbers that the database hands out go on after them. */
async function fill(admin: postgres.Sql): Promise<void> {
  const rows = readFileSync(projectFile("drizzle/shop-of-0003.sql"), "utf8");
  await admin.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    const tables = await tx<{ name: string }[]>`
      select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`;
    await tx.unsafe(`truncate ${tables.map((table) => table.name).join(", ")}`);
    await tx.unsafe(rows);
    const numbered = await tx<{ table: string; column: string }[]>`
      select table_name as "table", column_name as "column" from information_schema.columns
      where table_schema = 'public' and is_identity = 'YES'`;
    for (const { table, column } of numbered)
      await tx.unsafe(
        `select setval(pg_get_serial_sequence('${table}', '${column}'), coalesce(max("${column}"), 0) + 1, false) from "${table}"`,
      );
  });
}
