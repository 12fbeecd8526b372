import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { isAlive } from "../process/alive.mjs";
import { asAdmin } from "./roles.ts";
import { type RunningPostgres, startPostgres } from "./start-postgres.ts";

const folder = mkdtempSync(join(tmpdir(), "kraftverk-postgres-"));
const dir = join(folder, "postgres");
let server: RunningPostgres | null = null;

const start = async () => {
  server = await startPostgres({ dir, adminPassword: "it's secret", logFile: join(folder, "logs", "postgres.log") });
  return server;
};
const ask = (url: string) => asAdmin(url, async (sql) => (await sql`select count(*)::int as rows from kept`)[0]?.rows);

afterEach(async () => {
  await server?.stop();
  server = null;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("makes a database that asks for its password and keeps what it was told", async () => {
  const { adminUrl } = await start();
  await asAdmin(adminUrl, (sql) => sql.unsafe("create table kept as select 1 as id"));
  await expect(ask(adminUrl.replace("secret", "guess"))).rejects.toThrow(/password authentication failed/);
});

it("is on the same port with the same rows the next time, and gone when it was stopped", async () => {
  const remembered = Number(readFileSync(join(folder, "postgres.port"), "utf8"));
  const { adminUrl, port, pid, stop } = await start();
  expect(port).toBe(remembered);
  expect(await ask(adminUrl)).toBe(1);
  await stop();
  expect(isAlive(pid)).toBe(false);
});

it("recovers when it was killed", async () => {
  const killed = await start();
  process.kill(killed.pid, "SIGKILL");
  await killed.exited;
  const { adminUrl } = await start();
  expect(await ask(adminUrl)).toBe(1);
});

it("is not kept from starting by a lock file whose number another program has now", async () => {
  writeFileSync(join(dir, "postmaster.pid"), `${process.pid}\n${dir}\n0\n1\n\n\n\nready\n`);
  const { adminUrl } = await start();
  expect(await ask(adminUrl)).toBe(1);
});
