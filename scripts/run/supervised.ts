import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "./failure.ts";

export type Plan = {
  name: string;
  command: string;
  parameters: string[];
  env: NodeJS.ProcessEnv;
  /** Answers 200 when the process can work. */
  readyUrl: string;
  /** How long it may take to finish what it is doing when asked to stop. */
  drainMs: number;
};

export type Watcher = {
  /** A line that the process wrote. */
  line(name: string, line: string): void;
  /** Something about the process that its reader should know. */
  say(text: string): void;
  /** The set of running processes changed. */
  changed(): void;
  /** The process died too often to go on. */
  gaveUp(name: string, reason: string): void;
};

export type Supervised = {
  name: string;
  pid(): number | null;
  /** Starts it and waits until it is ready; throws with its last lines when it dies instead. */
  start(): Promise<void>;
  /** Asks it to stop, waits while it drains, then ends it. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
};

const readyWithinMs = 60_000;
const quickDeathMs = 10_000;
const quickDeathsAllowed = 3;
const firstBackoffMs = 500;
const keptLines = 20;

/**
 * A process that is kept running: started again, each time a little later, when it dies; given up after three quick
 * deaths in a row. Its standard input is a pipe that it watches, so that it ends when we are killed.
 */
export function supervise(plan: Plan, watcher: Watcher): Supervised {
  let child: ChildProcess | null = null;
  /** The child whose death we answer: one that was ready once, or was started in place of one that died. */
  let current: ChildProcess | null = null;
  let wanted = false;
  let quickDeaths = 0;
  let lastLines: string[] = [];

  const launch = () => {
    const begin = performance.now();
    const started = spawn(plan.command, plan.parameters, {
      env: plan.env,
      // A group of its own: Ctrl-C in the terminal reaches it through us, in order.
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
    });
    child = started;
    lastLines = [];
    for (const stream of [started.stdout, started.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        lastLines = [...lastLines, line].slice(-keptLines);
        watcher.line(plan.name, line);
      });
    }
    started.stdin.on("error", () => {});
    started.once("error", (error) => watcher.say(`${plan.name} cannot be started: ${error.message}`));
    started.once("close", (code, signal) => {
      if (child === started) child = null;
      watcher.changed();
      if (wanted && started === current) void revive(signal ?? `exit code ${code}`, performance.now() - begin);
    });
    watcher.changed();
    return started;
  };

  const revive = async (how: string, livedMs: number) => {
    quickDeaths = livedMs < quickDeathMs ? quickDeaths + 1 : 1;
    if (quickDeaths >= quickDeathsAllowed) {
      wanted = false;
      watcher.gaveUp(plan.name, `${plan.name} died ${quickDeaths} times in a row (${how}).\n${tail()}`);
      return;
    }
    const delay = firstBackoffMs * 2 ** (quickDeaths - 1);
    watcher.say(`${plan.name} ended (${how}); starting it again in ${delay / 1000} s`);
    await sleep(delay);
    if (!wanted) return;
    const revived = launch();
    current = revived;
    if (await becomesReady(plan.readyUrl, revived)) watcher.say(`${plan.name} is ready again`);
  };

  const tail = () => lastLines.map((line) => `  ${line}`).join("\n");

  return {
    name: plan.name,
    pid: () => child?.pid ?? null,
    async start() {
      wanted = true;
      const started = launch();
      if (await becomesReady(plan.readyUrl, started)) {
        current = started;
        return;
      }
      wanted = false;
      const how = isOver(started)
        ? `ended (${started.signalCode ?? `exit code ${started.exitCode}`})`
        : "did not get ready";
      throw new StartError(`${plan.name} ${how}. Its last lines:\n${tail()}`);
    },
    async stop() {
      wanted = false;
      // Its death is no longer answered, not even when it is wanted again by then.
      current = null;
      const stopping = child;
      if (!stopping || isOver(stopping)) return;
      const gone = new Promise<true>((resolve) => stopping.once("exit", () => resolve(true)));
      stopping.kill("SIGTERM");
      if (await Promise.race([gone, sleep(plan.drainMs, false, { ref: false })])) return;
      watcher.say(`${plan.name} did not stop within ${plan.drainMs / 1000} s and is ended`);
      endGroup(stopping);
      await gone;
    },
    kill() {
      wanted = false;
      if (child) endGroup(child);
    },
  };
}

function isOver(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

async function becomesReady(url: string, child: ChildProcess): Promise<boolean> {
  const deadline = performance.now() + readyWithinMs;
  while (performance.now() < deadline && !isOver(child)) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok && !isOver(child)) return true;
    await sleep(40);
  }
  return false;
}
