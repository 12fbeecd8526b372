import { migrationCount } from "../server/http/migration-count.ts";
import { ConfigError, loadConfigToStart } from "../server/kernel/config.ts";
import { createRuntime } from "../server/wire.ts";
import { healthServer } from "./health-server.ts";
import { CONCURRENCY, startWorker } from "./run.ts";

/** However a stop goes, the process is gone after this; what it held is taken over by the others. */
const STOP_WITHIN_MS = 10_000;

/** The worker process: jobs and schedules; health and metrics on loopback. */
async function main(): Promise<void> {
  const config = await loadConfigToStart(process.env, migrationCount());
  // A connection for every job that runs, and some so that heartbeat, recovery and readiness never wait for a job.
  const runtime = createRuntime(config, { process: "worker", serviceConnections: CONCURRENCY + 4 });
  const { log } = runtime;
  let stopping = false;

  const worker = await startWorker(runtime, (error) => {
    log.fatal({ err: error }, "the worker's guard was lost; others may take its jobs, so it ends");
    process.exit(1);
  });

  const server = healthServer(runtime, { migrations: migrationCount(), draining: () => stopping });
  server.on("error", (error) => {
    log.fatal({ err: error, port: config.WORKER_PORT }, "cannot listen");
    process.exit(1);
  });
  server.listen(config.WORKER_PORT, "127.0.0.1", () => {
    const address = server.address();
    log.info({ port: typeof address === "object" ? address?.port : config.WORKER_PORT }, "worker is ready");
  });

  const stop = async (cause: string, code = 0) => {
    if (stopping) return;
    stopping = true;
    log.info({ cause }, "worker stops");
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await worker.stop().catch((error: unknown) => log.error({ err: error }, "the queue did not stop cleanly"));
    server.close();
    server.closeAllConnections();
    await runtime.close();
    process.exit(code);
  };
  worker.ended.catch((error: unknown) => {
    log.fatal({ err: error }, "the queue ended by itself");
    void stop("queue ended", 1);
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
  if (process.env.KRAFTVERK_EXIT_ON_STDIN_END === "1")
    process.stdin.on("end", () => void stop("stdin closed")).resume();
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
