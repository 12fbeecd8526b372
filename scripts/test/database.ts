import { randomBytes } from "node:crypto";
import { afterAll, inject } from "vitest";
import { asAdmin, type RoleUrls, rolesSql, roleUrls } from "../postgres/roles.ts";
import { rolePasswords } from "./postgres.ts";

export type TestDatabase = {
  /** Connection strings of the three roles that production uses. */
  urls: RoleUrls;
  name: string;
};

/**
 * A migrated database of its own for the test file that asks, dropped when the file ends. Call it at the top of the file
 * (`const database = await testDatabase()`) or in `beforeAll`, connect as the role that production would use, and close
 * what you open. There is no superuser in it: a test that needs one tests something production cannot do.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = inject("testServer");
  const name = `kraftverk_test_${randomBytes(6).toString("hex")}`;
  await asAdmin(adminUrl, async (admin) => {
    await admin.unsafe(`create database ${name} template ${template} strategy file_copy owner kraftverk_owner`);
    // Rights on the database itself are not copied with it.
    await admin.unsafe(databaseRights(name));
  });
  afterAll(() => asAdmin(adminUrl, (admin) => admin.unsafe(`drop database if exists ${name} with (force)`)));
  return { name, urls: roleUrls(new URL(adminUrl).host, name, rolePasswords) };
}

function databaseRights(name: string): string {
  const statements = rolesSql(name, rolePasswords).database.split(";");
  return statements.filter((statement) => statement.includes(" on database ")).join(";");
}
