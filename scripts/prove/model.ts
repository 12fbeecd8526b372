import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Findings } from "./report.ts";

const root = join(import.meta.dirname, "..", "..");
const TESTS = ["server/ledger/model.db.test.ts", "server/credits/model.db.test.ts"];

/**
 * R13: random operations against a model without a database, equal after every step. The tests of the same name at the
 * size that is asked for; a run that fails prints its seed and the shortest operations that fail.
 */
export async function proveModel(size: { readonly steps: number; readonly seeds: number }, found: Findings) {
  for (const file of TESTS) {
    const [steps, seeds] = [String(size.steps), String(size.seeds)];
    const child = spawn(
      process.execPath,
      [join(root, "node_modules/vitest/vitest.mjs"), "run", "--project", "db", "--testTimeout=0", file],
      {
        cwd: root,
        env: {
          ...process.env,
          ...{
            LEDGER_MODEL_STEPS: steps,
            LEDGER_MODEL_SEEDS: seeds,
            CREDIT_MODEL_STEPS: steps,
            CREDIT_MODEL_SEEDS: seeds,
          },
        },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
    const [code] = await once(child, "exit");
    found.check(
      `${file}: ${steps} operations from each of ${seeds} seeds`,
      code === 0,
      code === 0 ? "" : said.slice(-3_000),
    );
  }
}
