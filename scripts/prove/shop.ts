import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readPidFile } from "../postgres/postmaster.ts";
import { commandOf } from "../process/alive.mjs";
import { freePort } from "../process/ports.ts";
import type { Run } from "../run/claim.ts";

/** Where a shop under test is, and what its owner knows of it. */
export type Addresses = {
  readonly shop: string;
  readonly sandbox: string;
  readonly worker: string;
  readonly dataDir: string;
  /** What `npm start` writes to standard output and standard error; the product's own lines are JSON. */
  readonly output: string;
  /** The partner's key for the campaign webhook. */
  readonly sourceKey: string;
  /** What the payment provider signs its notifications with. */
  readonly webhookSecret: string;
};

export type ShopUnderTest = Addresses & { stop(): Promise<void> };

const readyWithinMs = 120_000;
const root = join(import.meta.dirname, "..", "..");

/**
 * Starts the whole product as `npm start` does, in an empty folder and on free ports. Everything it started ends with
 * `stop()`, or when this process dies. Throws with what it printed when it does not get ready.
 */
export async function startShop(): Promise<ShopUnderTest> {
  const dataDir = mkdtempSync(join(tmpdir(), "kraftverk-shop-"));
  const output = join(dataDir, "output.log");
  const [port, workerPort, sandboxPort, smtpPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const sourceKey = `source_${randomBytes(16).toString("hex")}`;
  const webhookSecret = `whsec_${randomBytes(16).toString("hex")}`;
  const file = openSync(output, "w");
  const child = spawn(process.execPath, [join(root, "scripts", "run", "main.ts")], {
    cwd: root,
    env: {
      ...process.env,
      // Everybody comes from one address here.
      RATE_LIMIT_SCALE: "10000",
      DATA_DIR: dataDir,
      PORT: String(port),
      WORKER_PORT: String(workerPort),
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_SMTP_PORT: String(smtpPort),
      SOURCE_API_KEY: sourceKey,
      LOG_FORMAT: "json",
      STRIPE_WEBHOOK_SECRET: webhookSecret,
    },
    // Through the channel it notices when we are killed.
    stdio: ["ignore", file, file, "ipc"],
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
    rmSync(dataDir, { recursive: true, force: true });
  };
  if (!(await becameReady(child, output))) {
    const said = readFileSync(output, "utf8");
    await stop();
    throw new Error(`The shop did not start:\n${said.slice(-4_000)}`);
  }
  return {
    shop: `http://localhost:${port}`,
    sandbox: `http://localhost:${sandboxPort}`,
    worker: `http://127.0.0.1:${workerPort}`,
    dataDir,
    output,
    sourceKey,
    webhookSecret,
    stop,
  };
}

/** The processes of a running shop that run this part of it. */
export function processesOf(shop: Addresses, part: "server" | "worker"): number[] {
  const run = JSON.parse(readFileSync(join(shop.dataDir, "run.json"), "utf8")) as Run;
  const program = join("processes", part === "server" ? "web.js" : "worker.js");
  return run.children.filter((pid) => commandOf(pid).includes(program));
}

/** The first process of a running shop's database; null while there is none. */
export function postmasterOf({ dataDir }: Addresses): number | null {
  return readPidFile(join(dataDir, "postgres"))?.pid ?? null;
}

/** How often the shop's database was told to stop at once, as it says itself. */
export function databaseStopsOf({ dataDir }: Addresses): number {
  const said = readFileSync(join(dataDir, "logs", "postgres.log"), "utf8");
  return said.split("received immediate shutdown request").length - 1;
}

async function becameReady(child: ChildProcess, output: string): Promise<boolean> {
  const deadline = performance.now() + readyWithinMs;
  while (performance.now() < deadline && child.exitCode === null && child.signalCode === null) {
    if (readFileSync(output, "utf8").includes("Kraftverk is ready")) return true;
    await sleep(100);
  }
  return false;
}
