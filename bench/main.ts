// npm run bench: what the product reaches beside what the machine can do at most, in one sequence. `-- --rounds 1
// --seconds 2` for a quick look.
import { parseArgs } from "node:util";
import { startProduct } from "../scripts/test/product.ts";
import { hasPgbench, measureBaseline } from "./baselines.ts";
import { campaignFigures } from "./campaigns.ts";
import { measureColdStart } from "./cold-start.ts";
import { measureEffects, measureThroughput, prepareEffects } from "./effects.ts";
import { closedLoop, requestBytes } from "./http-load.ts";
import { measureIntake } from "./intake.ts";
import { measureStorefront, preparePages } from "./pages.ts";
import { type Figures, report } from "./report.ts";
import { openStand, type Stand, startPlain } from "./stand.ts";
import { drift, percentile } from "./statistics.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "3" }, seconds: { type: "string", default: "6" } },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);

const stand = await openStand();
try {
  await preparePages(stand.admin);
  await prepareEffects(stand.admin);
  const results: Figures[] = [];
  for (let round = 1; round <= rounds; round++) {
    console.error(`round ${round} of ${rounds}`);
    results.push(await measureRound(stand));
  }
  const last = { W: await say("W", measureBaseline(stand.baselineUrl, "W", seconds)), P: await say("P", plain()) };
  const wanders = (name: "W" | "P") => drift([...results.map((figures) => figures[name] ?? Number.NaN), last[name]]);
  const generator = hasPgbench() ? "pgbench" : "a Node driver";
  const spread = { W: wanders("W"), P: wanders("P") };
  console.log(report(results, { postgres: stand.postgresVersion, generator, drift: spread }));
  if (Math.max(spread.W, spread.P) > 0.25) process.exitCode = 1;
} finally {
  await stand.close();
}

async function measureRound({ admin, baselineUrl, env }: Stand): Promise<Figures> {
  const figures: Record<string, number> = {};
  for (const name of ["W", "H", "C", "S"] as const)
    figures[name] = await say(name, measureBaseline(baselineUrl, name, seconds));
  figures.P = await say("P", plain());
  const campaigns = campaignFigures(Math.min(seconds, 3));
  figures.P11 = await say("P11", campaigns.P11);
  figures["P11 p99"] = await say("P11 p99", campaigns["P11 p99"]);

  const web = await startProduct("web", env, "bundle");
  const port = Number(new URL(web.url).port);
  try {
    await measureIntake(admin, port, { connections: 16, seconds: 2 });
    const sixteen = await measureIntake(admin, port, { connections: 16, seconds });
    figures.P1 = await say("P1", sixteen.perSecond);
    figures["P1 p99"] = percentile(sixteen.latencies, 0.99);
    figures["P1 64"] = await say("P1 64", (await measureIntake(admin, port, { connections: 64, seconds })).perSecond);
    figures.P2 = await say(
      "P2",
      (await measureIntake(admin, port, { connections: 16, seconds, repeats: true })).perSecond,
    );

    await measureStorefront(port, { connections: 16, seconds: 3 });
    const storefront = await measureStorefront(port, { connections: 16, seconds });
    figures.P9 = await say("P9", storefront.perSecond);
    figures["P9 p99"] = percentile(storefront.latencies, 0.99);

    const worker = await startProduct("worker", env, "bundle");
    try {
      await measureThroughput(admin, port, 3);
      figures.throughput = await say("throughput", measureThroughput(admin, port, seconds));
      const idle = await measureEffects(admin, port, { perSecond: 20, seconds: seconds * 2 });
      figures["P3 p50"] = await say("P3 p50", percentile(idle, 0.5));
      figures["P3 p99"] = await say("P3 p99", percentile(idle, 0.99));
      const half = await measureEffects(admin, port, { perSecond: figures.throughput / 2, seconds });
      figures["P3 half p99"] = await say("P3 half p99", percentile(half, 0.99));
    } finally {
      await worker.end("SIGTERM");
    }
  } finally {
    await web.end("SIGTERM");
  }
  for (const kind of ["web", "worker"] as const)
    figures[`P15 ${kind}`] = await say(`P15 ${kind}`, measureColdStart(kind, env));
  return figures;
}

async function plain(): Promise<number> {
  const server = await startPlain();
  const request = requestBytes("GET", "/");
  const { perSecond } = await closedLoop({ port: server.port, connections: 50, seconds, next: () => request });
  server.end();
  return perSecond;
}

/** Shows progress where the table does not go. */
async function say(name: string, figure: number | Promise<number>): Promise<number> {
  const value = await figure;
  console.error(`  ${name.padEnd(12)} ${value.toFixed(2)}`);
  return value;
}
