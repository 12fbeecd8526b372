import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Findings } from "./report.ts";

const root = join(import.meta.dirname, "..", "..");
const TESTS = ["server/ledger/model.db.test.ts", "server/credits/model.db.test.ts"];

export type ModelSize = { readonly steps: number; readonly seeds: number };

/**
 * R13: random operations against a model without a database, equal after every step. The tests of the same name at the
 * size that is asked for. One seed is a story that has to be told in order, with a clock of its own; so the seeds are shared
 * between as many processes as there are processors, each with a database of its own. A run that fails prints its seed.
 */
export async function proveModel({ steps, seeds }: ModelSize, found: Findings): Promise<void> {
  const processes = Math.min(cpus().length, seeds);
  const shares = Array.from({ length: processes }, (_, n) => Math.ceil((seeds - n) / processes));
  for (const file of TESTS) {
    const runs = await Promise.all(shares.map((share) => runTest(file, { steps, seeds: share })));
    const failed = runs.flatMap(({ code, said }) => (code === 0 ? [] : [said.slice(-3_000)]));
    found.check(`${file}: ${steps} operations from each of ${seeds} seeds`, failed.length === 0, failed.join("\n"));
  }
}

async function runTest(file: string, size: ModelSize): Promise<{ code: number | null; said: string }> {
  const [steps, seeds] = [String(size.steps), String(size.seeds)];
  const child = spawn(
    process.execPath,
    [
      join(root, "node_modules/vitest/vitest.mjs"),
      "run",
      "--project",
      "db",
      "--testTimeout=0",
      "--hookTimeout=0",
      file,
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        ...{ LEDGER_MODEL_STEPS: steps, LEDGER_MODEL_SEEDS: seeds },
        ...{ CREDIT_MODEL_STEPS: steps, CREDIT_MODEL_SEEDS: seeds },
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const [code] = (await once(child, "exit")) as [number | null];
  return { code, said };
}
