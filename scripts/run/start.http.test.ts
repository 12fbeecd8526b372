import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { commandOf, isAlive } from "../process/alive.mjs";
import { freePort, isPortFree } from "../process/ports.ts";
import type { Run } from "./claim.ts";

// A temporary folder may be entered by its owner only: as root this is the folder that PostgreSQL's user cannot enter.
const folder = mkdtempSync(join(tmpdir(), "kraftverk-start-"));
const ports = {
  PORT: await freePort(),
  WORKER_PORT: await freePort(),
  SANDBOX_PORT: await freePort(),
  SANDBOX_SMTP_PORT: await freePort(),
};
const started: ChildProcess[] = [];

afterAll(async () => {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

/** `npm start`, as npm runs it, with settings of its own. */
function start(settings: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: join(import.meta.dirname, "..", ".."),
    env: {
      // Not the test runner's own environment, which names a BASE_URL of its own.
      NODE_ENV: "production",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
      DATA_DIR: join(folder, "data"),
      NO_COLOR: "1",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const shop = { child, output: "", ended: once(child, "exit").then(([code, signal]) => code ?? signal) };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (shop.output += chunk));
  return shop;
}

async function ready(shop: ReturnType<typeof start>): Promise<void> {
  while (!shop.output.includes("Kraftverk is ready")) {
    if (shop.child.exitCode !== null || shop.child.signalCode !== null)
      throw new Error(`It ended instead:\n${shop.output}`);
    await sleep(50);
  }
}

const run = (): Run => JSON.parse(readFileSync(join(folder, "data", "run.json"), "utf8"));
const postmaster = () =>
  Number(readFileSync(join(folder, "data", "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
const everyProcess = () => [run().pid, ...run().children, postmaster()];
const answers = async () => (await fetch(`http://127.0.0.1:${ports.PORT}/readyz`).catch(() => null))?.status;

async function allGone(processes: number[]): Promise<void> {
  await expect.poll(() => processes.filter(isAlive), { timeout: 120_000 }).toEqual([]);
}

describe("npm start", { timeout: 600_000 }, () => {
  let shop: ReturnType<typeof start>;

  it("runs a shop in an empty folder and prints where it is and who can log in", async () => {
    shop = start();
    await ready(shop);
    expect(await answers()).toBe(200);
    expect(shop.output).toContain(`http://localhost:${ports.PORT}/medlemskap`);
    expect(shop.output).toMatch(/owner@kraftverk\.test +password kraftverk-demo/);
    expect(shop.output).toMatch(/Authorization: Bearer source_\S{20,}"/);
    expect(run().children).toHaveLength(3);
  });

  it("says that it runs already when it is started again from the same folder", async () => {
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output).toContain("already runs from this folder");
    expect(second.output).toContain(`kill ${run().pid}`);
    expect(await answers()).toBe(200);
  });

  it("names the ports that are taken when another folder wants them, and starts nothing", async () => {
    const elsewhere = join(folder, "elsewhere");
    const second = start({ DATA_DIR: elsewhere });
    expect(await second.ended).toBe(1);
    for (const [name, port] of Object.entries(ports))
      expect(second.output).toMatch(new RegExp(`${port} .*\\(${name}\\)`));
    expect(existsSync(join(elsewhere, "postgres"))).toBe(false);
    expect(existsSync(join(elsewhere, "run.json"))).toBe(false);
  });

  it("names every wrong setting at once", async () => {
    const wrong = start({ DATA_DIR: join(folder, "wrong"), LOG_LEVEL: "loud", METRICS_TOKEN: "short" });
    expect(await wrong.ended).toBe(1);
    expect(wrong.output).toContain("LOG_LEVEL");
    expect(wrong.output).toContain("METRICS_TOKEN");
  });

  it("starts a process again that died", async () => {
    const [victim] = run().children.filter((pid) => commandOf(pid).includes("processes/web.js"));
    process.kill(victim!, "SIGKILL");
    await expect.poll(() => run().children.includes(victim!), { timeout: 120_000 }).toBe(false);
    await expect.poll(answers, { timeout: 120_000, interval: 100 }).toBe(200);
    expect(shop.output).toContain("web ended (SIGKILL); starting it again");
  });

  it("leaves nothing behind when it is killed, and starts again on the same ports", async () => {
    const before = everyProcess();
    process.kill(run().pid, "SIGKILL");
    expect(await shop.ended).not.toBe(0);
    shop = start();
    await ready(shop);
    await allGone(before);
    expect(await answers()).toBe(200);
    expect(everyProcess()).toHaveLength(5);
  });

  it("stops everything in order when it is told to", async () => {
    const before = everyProcess();
    shop.child.kill("SIGTERM");
    expect(await shop.ended).toBe(0);
    await allGone(before);
    expect(shop.output).toContain("Stopped.");
    for (const port of Object.values(ports)) expect(await isPortFree(port)).toBe(true);
    expect(existsSync(join(folder, "data", "run.json"))).toBe(false);
  });

  it("stops everything, too, when the launcher itself is killed", async () => {
    shop = start();
    await ready(shop);
    const before = everyProcess();
    shop.child.kill("SIGKILL");
    await allGone(before);
  });
});
