// A worker of the product with one task more: it takes memory until the process dies. Started by worker/poison-job.db.test.ts.
import { loadConfig } from "../../server/kernel/config.ts";
import { createRuntime } from "../../server/wire.ts";
import { startWorker } from "../../worker/run.ts";

const runtime = createRuntime(loadConfig(process.env), { process: "worker", serviceConnections: 30 });
const hoard: number[][] = [];
await startWorker(runtime, () => process.exit(1), {
  "test.greedy": async () => {
    for (;;) {
      // In large pieces: near its limit a heap of small ones is searched for room for seconds before the process dies.
      hoard.push(new Array<number>(4_000_000).fill(0.5));
      await new Promise((resolve) => setImmediate(resolve));
    }
  },
  "test.plain": async () => {},
});
process.stdout.write("ready\n");
