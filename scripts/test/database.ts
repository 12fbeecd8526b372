import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { type RoleUrls, rolesSql, roleUrls } from "../postgres/roles.ts";
import { violations } from "../prove/invariants.ts";
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
 *
 * Before it is dropped, V1–V6 must hold of whatever the file's tests did to it: no suite gets a database without. One that
 * breaks an invariant on purpose, and leaves it so, says which (`expected`).
 */
export async function testDatabase(
  expected: readonly RegExp[] = [],
  template = inject("testServer").template,
): Promise<TestDatabase> {
  const { adminUrl } = inject("testServer");
  const name = `kraftverk_test_${randomBytes(6).toString("hex")}`;
  await copyDatabase(template, name);
  const urls = roleUrls(new URL(adminUrl).host, name, rolePasswords);
  afterAll(async () => {
    try {
      await expectInvariants(urls.service, expected);
    } finally {
      await admin().unsafe(`drop database if exists ${name} with (force)`);
    }
  });
  return { name, urls };
}

/**
 * For `expected`: things of these kinds the file's tests put into a state by hand, as no code of ours could, so that their
 * histories do not lead there.
 */
export const setByHand = (...nouns: string[]): RegExp =>
  new RegExp(`^V2: a thing stands where its history leads.*: (and|(${nouns.join("|")}) )`);

/** Makes a database as another is, to which nobody may be connected. */
export async function copyDatabase(from: string, name: string): Promise<void> {
  await admin().unsafe(`create database ${name} template ${from} strategy file_copy owner kraftverk_owner`);
  // Rights on the database itself are not copied with it.
  await admin().unsafe(databaseRights(name));
}

let connected: postgres.Sql | undefined;
/** The superuser's connection for making and dropping databases: one for all files of this process. */
function admin(): postgres.Sql {
  connected ??= postgres(inject("testServer").adminUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  return connected;
}

/** Throws, naming each violation of V1–V6 that was not expected. */
async function expectInvariants(serviceUrl: string, expected: readonly RegExp[]): Promise<void> {
  const sql = postgres(serviceUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    const broken = (await violations(sql, { atRest: false })).filter((line) => !expected.some((one) => one.test(line)));
    if (broken.length > 0) throw new Error(["After the tests of this file:", ...broken].join("\n"));
  } finally {
    await sql.end();
  }
}

function databaseRights(name: string): string {
  const statements = rolesSql(name, rolePasswords).database.split(";");
  return statements.filter((statement) => statement.includes(" on database ")).join(";");
}
