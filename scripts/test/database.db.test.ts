import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "./database.ts";

const database = await testDatabase();
const connections = {
  owner: postgres(database.urls.owner, { max: 1 }),
  service: postgres(database.urls.service, { max: 1 }),
  member: postgres(database.urls.member, { max: 1 }),
};
afterAll(() => Promise.all(Object.values(connections).map((sql) => sql.end())));

describe("the three roles", () => {
  it.each(["owner", "service", "member"] as const)("%s signs in and has no power over the server", async (role) => {
    const [row] = await connections[role]`
      select current_user as name, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication
      from pg_roles where rolname = current_user`;
    expect(row).toEqual({
      name: `kraftverk_${role}`,
      rolsuper: false,
      rolbypassrls: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolreplication: false,
    });
  });

  it.each(["service", "member"] as const)("%s makes no tables and no schemas", async (role) => {
    await expect(connections[role]`create table stray (id int)`).rejects.toThrow(/permission denied/);
    await expect(connections[role]`create schema stray`).rejects.toThrow(/permission denied/);
  });

  it("only the service role reaches the queue's tables", async () => {
    const read = (role: "service" | "member") => connections[role]`select count(*) from graphile_worker._private_jobs`;
    await expect(read("service")).resolves.toHaveLength(1);
    await expect(read("member")).rejects.toThrow(/permission denied/);
  });

  it("each asks for its own password", async () => {
    const wrong = postgres(database.urls.member.replace(":test@", ":guess@"), { max: 1 });
    await expect(wrong`select 1`).rejects.toThrow(/password authentication failed/);
    await wrong.end();
  });
});

it("the database is migrated", async () => {
  const [row] = await connections.owner`select count(*)::int as tables from pg_tables where schemaname = 'public'`;
  expect(row?.tables).toBeGreaterThan(3);
});
