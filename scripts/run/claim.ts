import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandOf, isAlive } from "../process/alive.mjs";
import { StartError } from "./failure.ts";

/** What a running start says about itself in DATA_DIR/run.json. */
export type Run = { pid: number; startedAt: string; baseUrl: string; children: number[] };

export type Claim = {
  /** Notes the processes that must be gone before anybody else starts here. */
  note(children: number[]): void;
  release(): void;
};

const lingerMs = 15_000;

/** The start that runs on this data folder now; null when none does. */
export function currentRun(dataDir: string): Run | null {
  const run = read(dataDir);
  return run && run.pid !== process.pid && isAlive(run.pid) && /scripts\/(run|db)\//.test(commandOf(run.pid))
    ? run
    : null;
}

/**
 * Claims a data folder for this start. Throws {@link StartError} when another start of it is alive. After one that was
 * killed, waits for its processes to end by themselves, then ends those that did not.
 */
export async function claimDataDir(dataDir: string, self: Omit<Run, "children" | "pid">): Promise<Claim> {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "run.json");
  const content = (children: number[]) => `${JSON.stringify({ ...self, pid: process.pid, children }, null, 2)}\n`;
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, content([]), { flag: "wx" });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 5) throw error;
    }
    const other = currentRun(dataDir);
    if (other) throw new StartError(alreadyRuns(other));
    const dead = read(dataDir);
    await endChildren(dead?.children ?? []);
    if (read(dataDir)?.pid === dead?.pid) rmSync(file, { force: true });
  }
  return {
    note: (children) => writeFileSync(file, content(children)),
    release: () => rmSync(file, { force: true }),
  };
}

function read(dataDir: string): Run | null {
  try {
    return JSON.parse(readFileSync(join(dataDir, "run.json"), "utf8"));
  } catch {
    return null;
  }
}

function alreadyRuns(run: Run): string {
  return [
    "Kraftverk already runs from this folder.",
    `  Shop     ${run.baseUrl}`,
    `  Process  ${run.pid}, since ${run.startedAt.slice(0, 16).replace("T", " ")} UTC`,
    `Stop it with Ctrl-C in its terminal, or: kill ${run.pid}`,
    "To run a second shop beside it, give it its own DATA_DIR, PORT, WORKER_PORT, SANDBOX_PORT and SANDBOX_SMTP_PORT.",
  ].join("\n");
}

async function endChildren(pids: number[]): Promise<void> {
  const ours = (pid: number) =>
    isAlive(pid) && /(server|worker|sandbox)\/main\.ts|processes\/(web|worker)\.js/.test(commandOf(pid));
  const deadline = performance.now() + lingerMs;
  while (pids.some(ours) && performance.now() < deadline) await sleep(50);
  for (const pid of pids.filter(ours)) process.kill(pid, "SIGKILL");
}
