import { setTimeout as sleep } from "node:timers/promises";
import { buy, type Purchase } from "./buyer.ts";
import { type Control, controlOf } from "./control.ts";
import { deliver } from "./deliver.ts";
import { type Fault, type Faults, faultPlan } from "./faults.ts";
import { eventsSince, type ProviderEvent } from "./provider.ts";
import type { Random } from "./random.ts";
import { type Books, fingerprint, openBooks } from "./record.ts";
import type { Findings } from "./report.ts";
import { type Addresses, databaseStopsOf, postmasterOf, processesOf } from "./shop.ts";

export type Storm = Faults & { readonly events: number };

const senders = 8;
const drainMs = 60_000;
const products = ["oppet", "towel"] as const;

/**
 * Thousands of notifications of real purchases, each delivered one to four times in random order by eight senders, while
 * web and worker are killed without warning and PostgreSQL is stopped at once: every acknowledged one is stored, everything
 * it asks for happens once, and a minute after the last fault all is done.
 */
export async function proveStorm(shop: Addresses, storm: Storm, random: Random, found: Findings): Promise<void> {
  const control = controlOf(shop);
  const books = openBooks(shop);
  try {
    const expected = await plainEnds(shop, control, books);
    await control.webhooks({ drop: "all" });
    const since = Math.floor((await control.now()).getTime() / 1000) + 1;
    await sleep(1_500);
    const { purchases, events } = await buyUntil(shop, storm.events, since);
    await control.noFaults();
    found.say(`${purchases.length} purchases made ${events.length} notifications; none was delivered yet`);

    const copies = random.shuffled(events.flatMap((event) => Array.from({ length: 1 + random.below(4) }, () => event)));
    const faults = faultPlan(storm, random);
    const lastsMs = (faults.at(-1)?.at ?? 0) + 5_000;
    const befalling = runFaults(shop, faults, found);
    const tries = await sendAll(shop, copies, lastsMs);
    const lastAt = await befalling;
    found.say(`${copies.length} deliveries took ${tries} tries over ${(lastsMs / 1000).toFixed(0)} s`);

    const drained = await drain(books, lastAt);
    found.check(
      "all is done within a minute of the last fault",
      drained !== null,
      `${((drained ?? drainMs) / 1000).toFixed(1)} s`,
    );
    const stops = databaseStopsOf(shop);
    found.check("PostgreSQL was stopped at once as often as that", stops === storm.databaseStops, `${stops} times`);
    const missing = await books.missing(events.map((event) => event.id));
    found.check("every acknowledged notification is stored", missing.length === 0, missing.join(", "));
    await control.advance("PT1S");
    await checkEnds({ books, control, purchases, expected, found });
  } finally {
    await control.noFaults();
    await books.close();
  }
}

async function plainEnds(shop: Addresses, control: Control, books: Books): Promise<Record<string, string>> {
  const ends: Record<string, string> = {};
  for (const product of products) {
    const { email } = await buy(shop, product, `plain-${product}@example.test`);
    await control.advance("PT5M");
    ends[product] = fingerprint(await books.record(email));
  }
  return ends;
}

async function buyUntil(shop: Addresses, wanted: number, since: number) {
  const purchases: (Purchase & { product: string })[] = [];
  let events: ProviderEvent[] = [];
  while (events.length < wanted) {
    const round = Array.from({ length: 10 }, (_, i) => purchases.length + i);
    const bought = round.map(async (n) => {
      // Two memberships to one parcel: they cause the most.
      const product = n % 3 === 2 ? "towel" : "oppet";
      return { product, ...(await buy(shop, product, `storm-${n}@example.test`)) };
    });
    purchases.push(...(await Promise.all(bought)));
    events = await eventsSince(shop, since);
  }
  return { purchases, events };
}

/** Lets each fault befall the shop at its time. Answers when the last one did, on the clock of `performance.now()`. */
async function runFaults(shop: Addresses, faults: readonly Fault[], found: Findings): Promise<number> {
  const begin = performance.now();
  for (const { at, part } of faults) {
    await sleep(Math.max(0, begin + at - performance.now()));
    const after = `after ${(at / 1000).toFixed(1)} s`;
    if (part === "database") {
      const pid = postmasterOf(shop);
      // What `pg_ctl stop -m immediate` sends: no session is waited for and nothing is written; the next start recovers.
      if (pid !== null) process.kill(pid, "SIGQUIT");
      found.check(`PostgreSQL stopped ${after}`, pid !== null);
    } else {
      const pids = processesOf(shop, part);
      for (const pid of pids) process.kill(pid, "SIGKILL");
      found.check(`${part === "server" ? "web" : "worker"} killed ${after}`, pids.length > 0);
    }
  }
  return performance.now();
}

/** Spreads the deliveries over the whole time, so that every kill hits some of them. Answers how many tries were made. */
async function sendAll(shop: Addresses, copies: readonly ProviderEvent[], lastsMs: number): Promise<number> {
  const begin = performance.now();
  let sent = 0;
  let tries = 0;
  const sender = async () => {
    for (let place = sent++; place < copies.length; place = sent++) {
      await sleep(Math.max(0, begin + (place / copies.length) * lastsMs - performance.now()));
      // Read after the waiting: the other senders count in the meantime.
      const needed = await deliver(shop, copies[place] as ProviderEvent);
      tries += needed;
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return tries;
}

/** Waits until nothing is left to do, a minute from `begin` at most. Answers how long that took, and null when it was not enough. */
async function drain(books: Books, begin: number): Promise<number | null> {
  while (performance.now() - begin < drainMs) {
    const { received = 0, retrying = 0 } = await books.inbox();
    if (received + retrying === 0 && (await books.openJobs()) === 0) return performance.now() - begin;
    await sleep(200);
  }
  return null;
}

type Ends = {
  books: Books;
  control: Control;
  purchases: readonly (Purchase & { product: string })[];
  expected: Record<string, string>;
  found: Findings;
};

async function checkEnds({ books, control, purchases, expected, found }: Ends): Promise<void> {
  const wrong: string[] = [];
  const twice: string[] = [];
  for (const { email, product } of purchases) {
    const record = await books.record(email);
    if (fingerprint(record) !== expected[product]) wrong.push(`${email} ${JSON.stringify(record)}`);
    const letters = await control.lettersTo(email);
    // A letter whose sending was cut off may come again: as the same letter, by its Message-ID.
    if (new Set(letters.map((letter) => letter.messageId)).size !== record.letters?.length) twice.push(email);
  }
  found.check(
    `${purchases.length} purchases have each effect exactly once`,
    wrong.length === 0,
    wrong.slice(0, 3).join("; "),
  );
  found.check("every buyer was told each thing once", twice.length === 0, twice.join(", "));
  const inbox = await books.inbox();
  const { handled = 0, ignored = 0, ...others } = inbox;
  found.check(
    "no notification is left over",
    Object.keys(others).length === 0,
    JSON.stringify({ handled, ignored, ...others }),
  );
  const stuck = await books.stuckJobs();
  found.check("no job was given up or left behind", stuck.length === 0, stuck.join("; "));
  const broken = await books.violations();
  found.check("V1–V6 hold", broken.length === 0, broken.join("; "));
  // That the machine is slow is worth saying, and is nothing that somebody has to put right.
  const [slow, alerts] = parted(await books.alerts(), (alert) => alert.startsWith("database.pool_exhausted"));
  for (const alert of slow) found.say(`  the machine was slow: ${alert}`);
  found.check("nothing waits for a person", alerts.length === 0, alerts.join("; "));
}

function parted<T>(all: readonly T[], first: (one: T) => boolean): [T[], T[]] {
  return [all.filter(first), all.filter((one) => !first(one))];
}
