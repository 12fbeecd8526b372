import { inspect } from "node:util";
import { readArguments, refuseArguments } from "../process/arguments.ts";
import { proveCredits } from "./credits.ts";
import { proveModel } from "./model.ts";
import { proveOrdersOfDelivery } from "./orders-of-delivery.ts";
import { provePages } from "./pages.ts";
import { randomFrom } from "./random.ts";
import { findings } from "./report.ts";
import { startShop } from "./shop.ts";
import { proveStorm } from "./storm.ts";
import { proveSuites } from "./suites.ts";
import { proveTimeMachine } from "./time-machine.ts";

const USAGE = `npm run prove [-- part …] [--seed=7] [--events=1000] [--worker-kills=5] [--web-kills=2] [--database-stops=1]
  [--credit-kills=2] [--model-steps=50] [--model-seeds=200] [--memberships=2000] [--days=365]
The proofs, all of them or those that are named: orders, storm, credits, pages, model, time-machine, suites.
With --full at the size that docs ask for, where nothing else is said: hours, and minutes without.`;
const { values, positionals } = readArguments(USAGE, {
  allowPositionals: true,
  options: {
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    full: { type: "boolean", default: false },
    events: { type: "string" },
    "worker-kills": { type: "string" },
    "web-kills": { type: "string" },
    "database-stops": { type: "string" },
    "credit-kills": { type: "string" },
    "model-steps": { type: "string" },
    "model-seeds": { type: "string" },
    memberships: { type: "string" },
    days: { type: "string" },
  },
});
const seed = Number(values.seed);
/** What was asked for, else the size for the occasion. */
const size = (asked: string | undefined, usual: number, full: number) => Number(asked ?? (values.full ? full : usual));
const storm = {
  events: size(values.events, 1_000, 10_000),
  workerKills: size(values["worker-kills"], 5, 50),
  webKills: size(values["web-kills"], 2, 20),
  databaseStops: size(values["database-stops"], 1, 5),
};
const creditStorm = { kills: size(values["credit-kills"], 2, 20) };
const modelSize = {
  steps: size(values["model-steps"], 50, 10_000),
  seeds: size(values["model-seeds"], 200, 200),
};
const year = { size: size(values.memberships, 2_000, 2_000), days: size(values.days, 365, 365), seed };

/** Parts that want a whole shop, and those that make their own surroundings. */
const parts = {
  /** R4, H3: order, duplicates and loss of notifications never change the end. */
  orders: (shop: Shop) => proveOrdersOfDelivery(shop, randomFrom(seed), found),
  /** R1: nothing acknowledged is lost and nothing happens twice, whatever is killed or stopped. */
  storm: (shop: Shop) => proveStorm(shop, storm, randomFrom(seed), found),
  /** R17: credits while web, worker and PostgreSQL are killed. */
  credits: (shop: Shop) => proveCredits(shop, creditStorm, randomFrom(seed), found),
  /** Every page in every language, light and size, with a picture of each to look at. */
  pages: (shop: Shop) => provePages(shop, found),
};
const alone = {
  /** R13: ledger and credits against a model. */
  model: () => proveModel(modelSize, found),
  /** A year of 2,000 memberships, in minutes. */
  "time-machine": () => proveTimeMachine(year, found),
  /** R4, R21, R28: tests of `npm test` at full size. */
  suites: () => proveSuites(found),
};
type Shop = Awaited<ReturnType<typeof startShop>>;

const found = findings();
const known = { ...parts, ...alone };
const unknown = positionals.filter((word) => !(word in known));
if (unknown.length > 0) refuseArguments(USAGE, `There is no proof called ${unknown.join(", ")}.`);
for (const [name, prove] of Object.entries({ ...inAShop(), ...alone })) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  found.say(`\n── ${name} (--seed=${seed})`);
  const begin = performance.now();
  try {
    await prove();
  } catch (error) {
    found.check(name, false, inspect(error));
  }
  found.say(`${name}: ${((performance.now() - begin) / 1000).toFixed(0)} s`);
}

/** Each part with a whole shop of its own around it. */
function inAShop(): Record<string, () => Promise<void>> {
  const around = (prove: (shop: Shop) => Promise<void>) => async () => {
    const shop = await startShop();
    try {
      await prove(shop);
    } finally {
      await shop.stop();
    }
  };
  return Object.fromEntries(Object.entries(parts).map(([name, prove]) => [name, around(prove)]));
}

process.exitCode = found.finish() ? 0 : 1;
