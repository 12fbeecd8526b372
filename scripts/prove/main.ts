// npm run prove [-- part …] [--seed=7] [--events=1000] [--worker-kills=5] [--web-kills=2]: the proofs at full size.
import { inspect, parseArgs } from "node:util";
import { proveOrdersOfDelivery } from "./orders-of-delivery.ts";
import { provePages } from "./pages.ts";
import { randomFrom } from "./random.ts";
import { findings } from "./report.ts";
import { startShop } from "./shop.ts";
import { proveStorm } from "./storm.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    events: { type: "string", default: "1000" },
    "worker-kills": { type: "string", default: "5" },
    "web-kills": { type: "string", default: "2" },
  },
});
const seed = Number(values.seed);
const storm = {
  events: Number(values.events),
  workerKills: Number(values["worker-kills"]),
  webKills: Number(values["web-kills"]),
};

const parts = {
  /** R4, H3: order, duplicates and loss of notifications never change the end. */
  orders: (shop: Shop) => proveOrdersOfDelivery(shop, randomFrom(seed), found),
  /** R1: nothing acknowledged is lost and nothing happens twice, whatever is killed. */
  storm: (shop: Shop) => proveStorm(shop, storm, randomFrom(seed), found),
  /** Every page in every language, light and size, with a picture of each to look at. */
  pages: (shop: Shop) => provePages(shop, found),
};
type Shop = Awaited<ReturnType<typeof startShop>>;

const found = findings();
const unknown = positionals.filter((word) => !(word in parts));
if (unknown.length > 0)
  throw new Error(`There is no proof called ${unknown.join(", ")}: ${Object.keys(parts).join(", ")}`);
for (const [name, prove] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  found.say(`\n── ${name} (--seed=${seed})`);
  const begin = performance.now();
  const shop = await startShop();
  try {
    await prove(shop);
  } catch (error) {
    found.check(name, false, inspect(error));
  } finally {
    await shop.stop();
  }
  found.say(`${name}: ${((performance.now() - begin) / 1000).toFixed(0)} s`);
}
process.exitCode = found.finish() ? 0 : 1;
