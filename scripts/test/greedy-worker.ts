// A worker of the product with one task more: it takes memory until the process dies. Started by worker/poison-job.db.test.ts.
import { loadConfig } from "../../server/kernel/config.ts";
import { createRuntime } from "../../server/wire.ts";
import { startWorker } from "../../worker/run.ts";

const runtime = createRuntime(loadConfig(process.env), { process: "worker", serviceConnections: 30 });
const hoard: number[][] = [];
await startWorker(runtime, () => process.exit(1), {
  "test.greedy": async () => {
    for (;;) {
      hoard.push(Array.from({ length: 250_000 }, (_, n) => n * Math.random()));
      await new Promise((resolve) => setImmediate(resolve));
    }
  },
  "test.plain": async () => {},
});
process.stdout.write("ready\n");
