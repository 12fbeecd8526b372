import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandOf, isAlive } from "../process/alive.mjs";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { postgresEnvironment } from "./cluster.ts";

export type Postmaster = {
  pid: number;
  /** Resolves when the server is gone, for whatever reason. */
  exited: Promise<void>;
  stop(): Promise<void>;
};

type Launch = {
  dir: string;
  port: number;
  logFile: string;
  flags: string[];
  binaries: Binaries;
  account: Account;
};

const readyWithinMs = 60_000;
const stopWithinMs = 20_000;
const logKeptBytes = 5_000_000;

/**
 * When our end of this pipe closes, also because we were killed, PostgreSQL gets a fast shutdown: it never outlives us.
 * It runs in a process group of its own, so that Ctrl-C in the terminal leaves it up until the shop has drained.
 */
const watchdog = `exec 3<&0; "$0" "$@" </dev/null & P=$!; trap '' INT TERM HUP; { cat >/dev/null; kill -INT $P; } <&3 & exec 3<&-; wait $P`;

/** What the server wrote about itself into its data folder; null when it is not running or not far enough. */
export function readPidFile(dir: string): { pid: number; port: number; ready: boolean } | null {
  try {
    const lines = readFileSync(join(dir, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: (lines[7] ?? "").trim() === "ready" };
  } catch {
    return null;
  }
}

/** Starts the server on a data folder and waits until it takes connections. Throws with the end of its log otherwise. */
export async function launchPostmaster(launch: Launch): Promise<Postmaster> {
  await clearOrphan(launch.dir);
  mkdirSync(dirname(launch.logFile), { recursive: true });
  if (existsSync(launch.logFile) && statSync(launch.logFile).size > logKeptBytes) rmSync(launch.logFile);
  const deadline = performance.now() + readyWithinMs;
  for (;;) {
    const from = existsSync(launch.logFile) ? statSync(launch.logFile).size : 0;
    const child = run(launch);
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    if (await becomesReady(launch, child, deadline)) return postmaster(launch, child, exited);
    child.stdin?.end();
    await Promise.race([exited, sleep(5_000, undefined, { ref: false })]);
    const log = readFileSync(launch.logFile, "utf8").slice(from);
    // A server that was killed a moment ago leaves its shared memory and lock file for a second or so.
    const leftovers = /lock file "postmaster.pid" already exists|shared memory block .* still in use/.test(log);
    if (!leftovers || performance.now() > deadline) throw new Error(`PostgreSQL did not start:\n${log.slice(-3000)}`);
    await sleep(250);
  }
}

function run({ dir, port, logFile, flags, binaries, account }: Launch): ChildProcess {
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC", "log_timezone=UTC"];
  const options = [...settings, ...flags].flatMap((setting) => ["-c", setting]);
  const command = [...account.prefix, binaries.postgres, "-D", dir, "-p", String(port), ...options];
  const log = openSync(logFile, "a");
  try {
    return spawn("/bin/sh", ["-c", watchdog, ...command], {
      ...account.ids,
      cwd: "/",
      env: postgresEnvironment,
      detached: true,
      stdio: ["pipe", "ignore", log],
    });
  } finally {
    closeSync(log);
  }
}

async function becomesReady({ dir, port }: Launch, child: ChildProcess, deadline: number): Promise<boolean> {
  while (performance.now() < deadline) {
    const seen = readPidFile(dir);
    if (seen?.ready && seen.port === port && isAlive(seen.pid)) return true;
    if (child.exitCode !== null || child.signalCode !== null) return false;
    await sleep(10);
  }
  return false;
}

function postmaster({ dir }: Launch, child: ChildProcess, exited: Promise<void>): Postmaster {
  const pid = readPidFile(dir)?.pid ?? 0;
  // The watchdog itself must not stay behind when the server dies first.
  void exited.then(() => child.stdin?.end());
  child.stdin?.on("error", () => {});
  return {
    pid,
    exited,
    async stop() {
      child.stdin?.end();
      const done = await Promise.race([exited.then(() => true), sleep(stopWithinMs, false, { ref: false })]);
      if (!done && isAlive(pid)) process.kill(pid, "SIGQUIT");
      await exited;
    },
  };
}

/** A server left over from a killed parent is stopped; a lock file that names some other program is removed. */
async function clearOrphan(dir: string): Promise<void> {
  const left = readPidFile(dir);
  if (!left || !isAlive(left.pid)) return;
  if (!commandOf(left.pid).includes("postgres")) {
    rmSync(join(dir, "postmaster.pid"), { force: true });
    return;
  }
  process.kill(left.pid, "SIGINT");
  const deadline = performance.now() + stopWithinMs;
  while (isAlive(left.pid) && performance.now() < deadline) await sleep(20);
}
