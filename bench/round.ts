import { startProduct } from "../scripts/test/product.ts";
import { type BaselineName, measureBaseline } from "./baselines.ts";
import { campaignFigures } from "./campaigns.ts";
import { measureColdStart } from "./cold-start.ts";
import { measureCredits } from "./credits.ts";
import { measureEffects, measureThroughput } from "./effects.ts";
import { measureEntitlements, measureRevocation } from "./entitlements.ts";
import { requestBytes } from "./http-line.ts";
import { closedLoop } from "./http-load.ts";
import { installedSize } from "./installed-size.ts";
import { measureIntake } from "./intake.ts";
import { measureLedger } from "./ledger.ts";
import { measureMemory } from "./memory.ts";
import { measureOverload } from "./overload.ts";
import { measureBilling, measureStorefront, type Visitors } from "./pages.ts";
import type { Figures } from "./report.ts";
import { measureSandboxYear } from "./sandbox-year.ts";
import { type Stand, startPlain } from "./stand.ts";
import { percentile } from "./statistics.ts";
import { measureTimeMachine } from "./time-machine.ts";

export type Choice = {
  readonly seconds: number;
  /** Whether something is to be measured, by its name in docs/performance: `P1`, `P9` … */
  wants(name: string): boolean;
  /** What takes a minute or never changes is measured in the last round alone. */
  readonly last: boolean;
};

/** What is told as a share of a baseline, which is then measured in the same round. */
const TOLD_BESIDE: Readonly<Record<Exclude<BaselineName, "W">, readonly string[]>> = {
  H: ["P6"],
  C: ["P5"],
  S: ["P7"],
};

/** Measures everything that was chosen once, the baselines W and P always, the others with what they stand beside. */
export async function measureRound(stand: Stand, choice: Choice): Promise<Figures> {
  const { env, baselineUrl } = stand;
  const { seconds, wants } = choice;
  const figures: Record<string, number> = {};
  for (const name of ["W", "H", "C", "S"] as const satisfies readonly BaselineName[])
    if (name === "W" || [name, ...TOLD_BESIDE[name]].some(wants))
      figures[name] = await say(name, measureBaseline(baselineUrl, name, seconds));
  figures.P = await say("P", measurePlain(seconds));
  if (["P1", "P2", "P3", "P5", "P6", "P7", "P9", "P10", "P14", "P17"].some(wants))
    await measureRunning(stand, choice, figures);
  if (wants("L") && choice.last) {
    const { verify, verifyFile } = await measureLedger(stand.admin, env.DATABASE_SERVICE_URL ?? "");
    figures.L = await say("L", verify);
    figures["L file"] = await say("L file", verifyFile);
  }
  if (wants("P11")) {
    const campaigns = campaignFigures(Math.min(seconds, 3));
    figures.P11 = await say("P11", campaigns.P11);
    figures["P11 p99"] = await say("P11 p99", campaigns["P11 p99"]);
  }
  if (wants("P15"))
    for (const kind of ["web", "worker"] as const)
      figures[`P15 ${kind}`] = await say(`P15 ${kind}`, measureColdStart(kind, env));
  if (wants("P16") && choice.last) {
    const size = installedSize();
    figures["P16 packages"] = await say("P16 packages", size.packages);
    figures["P16 MB"] = await say("P16 MB", size.megabytes);
  }
  if (wants("Y")) {
    const year = await measureSandboxYear();
    figures.Y = await say("Y", year.seconds);
    figures["Y MB"] = await say("Y MB", year.megabytes);
    figures["Y deliveries"] = await say("Y deliveries", year.deliveries);
    figures["Y page"] = await say("Y page", year.checkoutMilliseconds);
  }
  if (wants("T") && choice.last) {
    const year = await measureTimeMachine();
    figures.T = await say("T", year.seconds);
    figures["T charges"] = await say("T charges", year.charges / year.seconds);
    figures["T joining"] = await say("T joining", year.joining);
    figures["T joined"] = await say("T joined", year.joined);
  }
  return figures;
}

async function measureRunning(stand: Stand, choice: Choice, figures: Record<string, number>): Promise<void> {
  const { env } = stand;
  const { wants } = choice;
  const web = await startProduct("web", env, "bundle");
  const port = Number(new URL(web.url).port);
  try {
    if (["P1", "P2", "P17"].some(wants)) await intake(stand, port, choice, figures);
    if (wants("P5") || wants("P6")) await credits(stand, port, choice, figures);
    if (wants("P7")) await entitlements(stand, port, choice, figures);
    if (["P9", "P10", "P14"].some(wants)) await pages(port, choice, figures);
    if (wants("P3") || wants("P14")) {
      const worker = await startProduct("worker", env, "bundle");
      try {
        await effects(stand, port, choice, figures);
        if (wants("P14") && choice.last) {
          const load = { pages: figures["P9 each"] ?? 50, events: figures.throughput ?? 20 };
          const memory = await measureMemory(stand.admin, { port, web: web.pid, worker: worker.pid, ...load });
          figures["P14 web"] = await say("P14 web", memory.web);
          figures["P14 worker"] = await say("P14 worker", memory.worker);
        }
      } finally {
        await worker.end("SIGTERM");
      }
    }
  } finally {
    await web.end("SIGTERM");
  }
}

async function intake({ admin }: Stand, port: number, { seconds, wants }: Choice, figures: Record<string, number>) {
  await measureIntake(admin, port, { connections: 16, seconds: 2 });
  const sixteen = await measureIntake(admin, port, { connections: 16, seconds });
  figures.P1 = await say("P1", sixteen.perSecond);
  figures["P1 p99"] = percentile(sixteen.latencies, 0.99);
  const peak = (await measureIntake(admin, port, { connections: 64, seconds })).perSecond;
  figures["P1 64"] = await say("P1 64", peak);
  if (wants("P2")) {
    const twice = await measureIntake(admin, port, { connections: 16, seconds, repeats: true });
    figures.P2 = await say("P2", twice.perSecond);
  }
  if (wants("P17")) {
    const overload = await measureOverload(admin, port, { perSecond: peak * 2, seconds });
    figures["P17 goodput"] = await say("P17 goodput", overload.goodPerSecond);
    figures["P17 refused"] = await say("P17 refused", overload.refusedWithoutAdvice);
    figures["P17 refusal p99"] = await say("P17 refusal p99", overload.refusalP99);
    figures["P17 refusal due p99"] = await say("P17 refusal due p99", overload.refusalDueP99);
    figures["P17 recovery"] = await say("P17 recovery", overload.recoverySeconds);
  }
}

async function credits({ admin }: Stand, port: number, { seconds, wants }: Choice, figures: Record<string, number>) {
  const measure = async (name: string, accounts: "many" | "one", connections: number) => {
    const load = await measureCredits(admin, port, { connections, seconds, accounts });
    figures[name] = await say(name, load.perSecond);
    figures[`${name} p99`] = await say(`${name} p99`, percentile(load.latencies, 0.99));
  };
  await measureCredits(admin, port, { connections: 16, seconds: 2, accounts: "many" });
  if (wants("P5")) await measure("P5", "many", 16);
  if (wants("P6")) {
    await measure("P6", "one", 16);
    await measure("P6 64", "one", 64);
  }
}

async function entitlements({ admin, env }: Stand, port: number, { seconds }: Choice, figures: Record<string, number>) {
  await measureEntitlements(port, { connections: 16, seconds: 2 });
  const load = await measureEntitlements(port, { connections: 16, seconds });
  figures.P7 = await say("P7", load.perSecond);
  figures["P7 p99"] = await say("P7 p99", percentile(load.latencies, 0.99));
  const second = await startProduct("web", env, "bundle");
  try {
    const ports = [port, Number(new URL(second.url).port)];
    figures["P7 revoked"] = await say("P7 revoked", measureRevocation(admin, ports));
  } finally {
    await second.end("SIGTERM");
  }
}

async function pages(port: number, { seconds, wants }: Choice, figures: Record<string, number>) {
  const measure = async (name: string, visitors: Visitors) => {
    const load = await measureStorefront(port, { connections: 16, seconds, visitors });
    figures[name] = await say(name, load.perSecond);
    figures[`${name} p99`] = percentile(load.latencies, 0.99);
  };
  await measureStorefront(port, { connections: 16, seconds: 3, visitors: "each" });
  await measure("P9 each", "each");
  await measure("P9 shared", "nobody");
  await measure("P9 known", "known");
  if (wants("P10")) {
    await measureBilling(port, { connections: 16, seconds: 2 });
    const billing = await measureBilling(port, { connections: 16, seconds });
    figures.P10 = await say("P10", billing.perSecond);
    figures["P10 p99"] = percentile(billing.latencies, 0.99);
  }
}

async function effects({ admin }: Stand, port: number, { seconds }: Choice, figures: Record<string, number>) {
  await measureThroughput(admin, port, 3);
  figures.throughput = await say("throughput", measureThroughput(admin, port, seconds));
  const idle = await measureEffects(admin, port, { perSecond: 20, seconds: seconds * 2 });
  figures["P3 p50"] = await say("P3 p50", percentile(idle, 0.5));
  figures["P3 p99"] = await say("P3 p99", percentile(idle, 0.99));
  const half = await measureEffects(admin, port, { perSecond: figures.throughput / 2, seconds });
  figures["P3 half p99"] = await say("P3 half p99", percentile(half, 0.99));
}

/** P: what a bare server answers in a second. */
export async function measurePlain(seconds: number): Promise<number> {
  const server = await startPlain();
  const request = requestBytes("GET", "/");
  const { perSecond } = await closedLoop({ port: server.port, connections: 50, seconds, next: () => request });
  server.end();
  return perSecond;
}

/** Shows progress where the table does not go. */
export async function say(name: string, figure: number | Promise<number>): Promise<number> {
  const value = await figure;
  console.error(`  ${name.padEnd(12)} ${value.toFixed(2)}`);
  return value;
}
