import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { grantCredits } from "../../server/credits/index.ts";
import { connect, databaseFor } from "../../server/kernel/db.ts";
import { verifyLedger } from "../../server/ledger/index.ts";
import { bundledUrls } from "../run/database.ts";
import { loadSecrets } from "../run/secrets.ts";
import { ask, makeSpenders, type Receipt, spendUntil } from "./credit-load.ts";
import type { Random } from "./random.ts";
import { openBooks } from "./record.ts";
import type { Findings } from "./report.ts";
import { type Addresses, postmasterOf, processesOf } from "./shop.ts";

export type CreditStorm = { readonly kills: number };

const PROGRAMS = 16;
const CUSTOMERS = 24;
const GRANTED = 1_000_000;
const REPLAYED = 300;
/** The supervisor gives up a process that dies too often soon after its start, rightly. */
const BETWEEN_KILLS_MS = 11_000;
/** So much later at most: no kill is at an instant that anything else keeps to. */
const RANDOM_MS = 6_000;
const READY_WITHIN_MS = 90_000;
const PARTS = ["web", "PostgreSQL", "worker"] as const;

/**
 * R17, and the promise that no credit is lost, doubled or overspent: programs use credits while web, worker and PostgreSQL are
 * killed without warning. Afterwards every answer stands and is answered again as it was, every balance is what was granted
 * less what was answered, nothing is held, and the books balance.
 */
export async function proveCredits(
  shop: Addresses,
  { kills }: CreditStorm,
  random: Random,
  found: Findings,
): Promise<void> {
  const port = Number(readFileSync(join(shop.dataDir, "postgres.port"), "utf8"));
  const { service } = bundledUrls(port, loadSecrets(shop.dataDir));
  const books = openBooks(shop);
  const connection = connect(service, { name: "prove-credits", max: 4 });
  const actor = { kind: "system" as const, name: "prove" };
  const db = databaseFor(connection, { actor, now: () => new Date(), reactions: {} });
  try {
    const spenders = await makeSpenders(connection.sql, CUSTOMERS, GRANTED);
    for (const { customerId } of spenders)
      await db.transaction((tx) =>
        grantCredits(tx, {
          ...{ customerId, credits: GRANTED, source: "manual", sourceId: "prove", key: `prove:${customerId}` },
          ...{ costBasis: "paid", expiresAt: null, priority: 0, apiKeyId: null, feature: null },
        }),
      );

    let over = false;
    const run = { over: () => over, receipts: [] as Receipt[], wrong: [] as string[], tries: 0 };
    const programs = Array.from({ length: PROGRAMS }, () => spendUntil(shop, spenders, random, run));
    // Each part as often as the others, in an order that nobody chose.
    const victims = random.shuffled(Array.from({ length: kills }, () => PARTS).flat());
    for (const [kill, part] of victims.entries()) {
      await bothReady(shop);
      await sleep((kill === 0 ? 3_000 : BETWEEN_KILLS_MS) + random.below(RANDOM_MS));
      const pids = pidsOf(shop, part);
      for (const pid of pids) process.kill(pid, "SIGKILL");
      found.check(`${part} killed after ${run.receipts.length} answers`, pids.length > 0);
    }
    await bothReady(shop);
    await sleep(5_000);
    over = true;
    await Promise.all(programs);
    found.check("web and worker came back by themselves", await bothReady(shop));
    found.say(`${run.receipts.length} requests were answered; ${run.tries} were sent`);
    found.check("every request was answered with yes", run.wrong.length === 0, run.wrong.slice(0, 3).join("; "));

    const rows = await connection.sql<{ id: string; left: string; held: string; used: string; debt: string }[]>`
      select g.customer_id id, sum(g.remaining) "left", sum(g.held) held, sum(g.used) used, max(a.debt) debt
      from credit_grants g join credit_accounts a on a.customer_id = g.customer_id
      where g.source_id = 'prove' group by g.customer_id`;
    const off = spenders.flatMap(({ customerId, used }) => {
      const row = rows.find(({ id }) => id === customerId);
      const [left, held, gone, debt] = [row?.left, row?.held, row?.used, row?.debt].map(Number);
      const right = left === GRANTED - used && held === 0 && gone === used && debt === 0;
      return right ? [] : [`${customerId}: ${gone} used, ${held} held, ${left} left; ${used} were answered`];
    });
    found.check(
      "every balance is what was granted less what was answered",
      off.length === 0,
      off.slice(0, 3).join("; "),
    );

    const again = random.shuffled(run.receipts).slice(0, REPLAYED);
    const changed: string[] = [];
    for (const { spender, asked, said } of again) {
      const { said: now } = await ask(shop, spender, asked);
      const same = now.data.operationId === said.data.operationId && now.data.newTotal === said.data.newTotal;
      if (!same || now.status !== said.status) changed.push(`${asked.path} ${JSON.stringify(now)}`);
    }
    found.check(
      `${again.length} of them are answered again as they were`,
      changed.length === 0,
      changed.slice(0, 3).join("; "),
    );

    const report = await verifyLedger({ db });
    found.check(
      `the books balance (R17): ${report.postings} postings, ${report.sealed} sealed`,
      report.problems.length === 0,
      report.problems.slice(0, 3).join("; "),
    );
    const broken = await books.violations();
    found.check("V1–V6 hold", broken.length === 0, broken.join("; "));
    const stuck = await books.stuckJobs();
    found.check("no job was given up or left behind", stuck.length === 0, stuck.join("; "));
  } finally {
    await connection.close();
    await books.close();
  }
}

/** Waits until the shop has recovered from the kill before: what is proven is that each is survived. */
async function bothReady(shop: Addresses): Promise<boolean> {
  const until = performance.now() + READY_WITHIN_MS;
  const ready = async (url: string) => (await fetch(url).catch(() => null))?.status === 200;
  while (performance.now() < until) {
    if ((await ready(`${shop.shop}/readyz`)) && (await ready(`${shop.worker}/readyz`))) return true;
    await sleep(500);
  }
  return false;
}

function pidsOf(shop: Addresses, part: (typeof PARTS)[number]): number[] {
  if (part !== "PostgreSQL") return processesOf(shop, part === "web" ? "server" : "worker");
  const postmaster = postmasterOf(shop);
  return postmaster === null ? [] : [postmaster];
}
