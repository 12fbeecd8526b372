import { join } from "node:path";
import { styleText } from "node:util";
import { build, isBuilt } from "../build.ts";
import type { RoleUrls } from "../postgres/roles.ts";
import type { RunningPostgres } from "../postgres/start-postgres.ts";
import { NODE_ENVIRONMENT, NODE_FLAGS } from "../process/node-flags.ts";
import { prepareDatabase, syncCatalog } from "./contents.ts";
import { bundledUrls, startBundled } from "./database.ts";
import { readableLine } from "./log-line.ts";
import { type Say, step } from "./progress.ts";
import type { Setup } from "./setup.ts";
import { type Plan, type Supervised, supervise } from "./supervised.ts";
import { watchSource } from "./watch.ts";

export type Shop = {
  start(): Promise<void>;
  /** Stops in order: web, worker, sandbox, database. */
  stop(): Promise<void>;
  /** Ends every process at once; the database still shuts down cleanly. */
  kill(): void;
};

type Reactions = { say: Say; noteChildren(pids: number[]): void; failed(reason: string): void };

const sourcePrograms = ["server/main.ts", "worker/main.ts"] as const;
const bundledPrograms = ["build/processes/web.js", "build/processes/worker.js"] as const;

/** Everything that `npm start` runs, in the order it needs. */
export function createShop(setup: Setup, { say: tell, noteChildren, failed }: Reactions): Shop {
  const { config } = setup;
  let postgres: RunningPostgres | null = null;
  let stopping = false;
  // What fails because everything is being stopped is no news.
  const say: Say = (line) => {
    if (!stopping) tell(line);
  };
  let processes: Supervised[] = [];
  let stopWatching = () => {};

  const raw = process.env.LOG_FORMAT === "json";
  const run = (plan: Plan) => {
    const supervised = supervise(plan, {
      line: (name, line) => {
        if (!line.startsWith('{"sandbox":"ready"')) console.log(raw ? line : readableLine(name, line));
      },
      say: (text) => say(styleText("yellow", text)),
      changed: () => noteChildren(processes.flatMap((one) => one.pid() ?? [])),
      gaveUp: (_name, reason) => failed(reason),
    });
    processes.push(supervised);
    return supervised;
  };

  const openDatabase = async (): Promise<RoleUrls> => {
    if (setup.databaseUrls) return setup.databaseUrls;
    const server = await startBundled(setup);
    postgres = server;
    void server.exited.then(async () => {
      if (stopping || postgres !== server) return;
      say(styleText("yellow", "PostgreSQL ended; starting it again"));
      await openDatabase().catch((error) => failed(`PostgreSQL cannot be started again: ${error}`));
    });
    return bundledUrls(server.port, setup.secrets);
  };

  const database = async () => {
    const name = setup.databaseUrls ? "Database migrated" : "PostgreSQL started and migrated";
    return step(say, name, async () => {
      const urls = await openDatabase();
      await prepareDatabase(urls, setup);
      return urls;
    });
  };

  const pages = async () => {
    if (isBuilt(setup.dev)) return;
    await step(say, setup.dev ? "Mail templates built" : "Pages built", () => build(setup.dev));
  };

  const sandbox = async () => {
    if (!setup.sandbox) return;
    await step(say, "Sandbox started", () =>
      run(node("sandbox", "sandbox/main.ts", setup.sandboxEnv, `:${config.SANDBOX_PORT}/healthz`, 5_000)).start(),
    );
  };

  return {
    async start() {
      const [urls] = await allOrFirstError([database(), pages(), sandbox()] as const);
      const env = setup.productEnv(urls);
      const [webProgram, workerProgram] = setup.dev ? sourcePrograms : bundledPrograms;
      const web = run(node("web", webProgram, env, `:${config.PORT}/readyz`, 12_000));
      const worker = run(node("worker", workerProgram, env, `:${config.WORKER_PORT}/healthz`, 12_000));
      await allOrFirstError([
        step(say, "Catalog synced to the payment provider", () => syncCatalog(urls, setup)),
        step(say, "Shop and worker started", () => allOrFirstError([web.start(), worker.start()])),
      ]);
      if (setup.dev) stopWatching = reloadOnChange(say, { web, worker });
    },
    async stop() {
      stopping = true;
      stopWatching();
      const inOrder = ["web", "worker", "sandbox"].flatMap((name) => processes.filter((one) => one.name === name));
      for (const one of inOrder) await one.stop();
      await postgres?.stop();
    },
    kill() {
      stopping = true;
      for (const one of processes) one.kill();
      processes = [];
    },
  };
}

/** Web and worker run as they are bundled; in development, and the sandbox always, from their source. */
function node(name: string, program: string, env: Plan["env"], ready: string, drainMs: number): Plan {
  const ours = program.startsWith("build/") && (name === "web" || name === "worker") ? name : null;
  return {
    name,
    command: process.execPath,
    parameters: [...(ours ? NODE_FLAGS[ours] : []), join(import.meta.dirname, "..", "..", program)],
    env: ours ? { ...NODE_ENVIRONMENT, ...env } : env,
    readyUrl: `http://127.0.0.1${ready}`,
    drainMs,
  };
}

function reloadOnChange(say: Say, { web, worker }: { web: Supervised; worker: Supervised }): () => void {
  const restart = (processes: Supervised[]) => async () => {
    for (const one of processes) {
      await one.stop();
      await one.start().then(
        () => say(styleText("dim", `${one.name} reloaded`)),
        (error) => say(`${error.message}\nIt is started again at the next change.`),
      );
    }
  };
  const stopShared = watchSource(["server", "drizzle"], () => void restart([web, worker])());
  const stopWorker = watchSource(["worker"], () => void restart([worker])());
  return () => {
    stopShared();
    stopWorker();
  };
}

/** Like Promise.all, but waits for the others before it throws, so that nothing is started after the failure. */
async function allOrFirstError<T extends readonly Promise<unknown>[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
