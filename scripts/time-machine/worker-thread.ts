// The shop's worker, in a thread of its own: see start-worker-thread.ts.
import { parentPort, workerData } from "node:worker_threads";
import { loadConfig } from "../../server/kernel/config.ts";
import { createRuntime } from "../../server/wire.ts";
import { startWorker } from "../../worker/run.ts";
import { standingClock } from "./standing-clock.ts";
import type { WorkerOf } from "./start-worker-thread.ts";

const { settings, connections, stands } = workerData as WorkerOf;
const runtime = createRuntime(loadConfig(settings), { process: "worker", serviceConnections: connections });
Object.assign(runtime.clock, standingClock(stands));
const worker = await startWorker(runtime, (error) => {
  throw error;
});
parentPort?.once("message", async () => {
  await worker.stop();
  await runtime.close();
});
parentPort?.postMessage("ready");
