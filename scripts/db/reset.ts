import { rmSync } from "node:fs";
import { join } from "node:path";
import type { RoleUrls } from "../postgres/roles.ts";
import { asAdmin, rolesSql } from "../postgres/roles.ts";
import { readArguments } from "../process/arguments.ts";
import { prepareDatabase, syncCatalog } from "../run/contents.ts";
import { StartError } from "../run/failure.ts";
import { readSetup, type Setup } from "../run/setup.ts";
import { command } from "./command.ts";
import { withDatabase } from "./open-database.ts";

const USAGE = `npm run db:reset             makes the shop as on its first day: deletes everything in its database
npm run db:reset -- --yes    the same where the database is your own`;
const { values } = readArguments(USAGE, { options: { yes: { type: "boolean", default: false } } });

await command(async () => {
  const setup = readSetup(process.env);
  refuseWhereItHurts(setup);
  return withDatabase(async (urls) => {
    await dropSchemas(urls);
    await prepareDatabase(urls, setup);
    if (!setup.sandbox) return "The shop is as on its first day.";
    if (await resetRunningSandbox(setup)) {
      await syncCatalog(urls, setup);
      return "Shop and sandbox are as on their first day.";
    }
    for (const suffix of ["", "-wal", "-shm"]) rmSync(join(setup.dataDir, `sandbox.sqlite${suffix}`), { force: true });
    return "Shop and sandbox are as on their first day; npm start runs them.";
  });
});

function refuseWhereItHurts({ config, databaseUrls }: Setup): void {
  if (config.profile === "live")
    throw new StartError("db:reset deletes everything, so it does not run with a live key.");
  if (databaseUrls && !values.yes) {
    throw new StartError(
      `db:reset deletes everything in the database on ${new URL(databaseUrls.owner).host}.\n` +
        "If you mean that: npm run db:reset -- --yes",
    );
  }
}

/**
 * Empties the database with the rights of its own roles, so that it works on every server; connections of a running shop
 * stay.
 */
async function dropSchemas({ owner, service }: RoleUrls): Promise<void> {
  await asAdmin(service, (sql) =>
    sql.unsafe("set lock_timeout = '10s'; drop schema if exists graphile_worker cascade"),
  );
  await asAdmin(owner, async (sql) => {
    const schemas = await sql<{ name: string; database: string }[]>`
      select nspname as name, current_database() as database from pg_namespace
      where nspname !~ '^(pg_|information_schema$)' and pg_has_role(nspowner, 'member')`;
    const database = schemas[0]?.database ?? new URL(owner).pathname.slice(1);
    await sql.unsafe(
      [
        "set lock_timeout = '10s'",
        ...schemas.map(({ name }) => `drop schema "${name}" cascade`),
        "create schema public",
        rolesSql(database, { owner: "", service: "", member: "" }).database,
      ].join(";\n"),
    );
  });
}

/** False when no sandbox answers at its address. */
async function resetRunningSandbox({ config }: Setup): Promise<boolean> {
  const url = `http://127.0.0.1:${config.SANDBOX_PORT}/_control/reset`;
  const request = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
  const answer = await fetch(url, request).catch(() => null);
  if (!answer) return false;
  if (!answer.ok) throw new Error(`The sandbox could not be reset: ${answer.status} ${await answer.text()}`);
  return true;
}
