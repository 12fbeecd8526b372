import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { connect, databaseFor } from "../kernel/db.ts";
import { creditsAccount, liabilityAccount } from "./account.ts";
import { post } from "./post.ts";
import { credit, debit } from "./posting.ts";

const { urls } = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "kraftverk-ledger-"));
const service = connect(urls.service, { name: "test-service", max: 2 });
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});
const now = () => new Date("2026-11-20T12:00:00.123Z");
const db = databaseFor(service, { actor: { kind: "system", name: "test" }, now, reactions: {} });

const program = new URL("../../scripts/ledger/main.ts", import.meta.url).pathname;
const database = {
  DATABASE_URL: urls.member,
  DATABASE_SERVICE_URL: urls.service,
  DATABASE_OWNER_URL: urls.owner,
};
async function ledger(args: string[], env: Record<string, string> = {}) {
  const run = promisify(execFile)(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  return run.then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stdout, stderr }) => ({ code, said: `${stdout}${stderr}` }),
  );
}

describe("an export", () => {
  const file = join(folder, "ledger.ndjson");

  it("is verified without the shop", async () => {
    const wallet = liabilityAccount("paid", "cus_1");
    const entries = [debit(creditsAccount("issued"), 9), credit(wallet, 9)];
    await db.transaction((tx) => post(tx, { key: "g", kind: "k", source: "s", entries, reason: 'with "quotes" å\n' }));
    expect(await ledger(["verify"], database)).toMatchObject({ code: 0, said: expect.stringContaining("1 postings") });
    expect((await ledger(["export", file], database)).code).toBe(0);
    expect(await ledger(["verify", file])).toEqual({
      code: 0,
      said: expect.stringMatching(/^The books balance\. 1 postings, 2 entries, 0 sealed/),
    });
  });

  it("in which a figure was changed does not balance", async () => {
    writeFileSync(file, readFileSync(file, "utf8").replace('"amount":9', '"amount":8'));
    const { code, said } = await ledger(["verify", file]);
    expect(code).toBe(1);
    expect(said).toMatch(/posting pst_\w+: its entries in CREDIT sum to -1 instead of zero/);
  });
});
