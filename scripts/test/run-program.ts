import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Say } from "./in-turn.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs a program of node_modules in the project. What it prints goes to `say` as it comes, or is kept and returned.
 */
export function runProgram(program: string, parameters: string[], options: Options = {}): Promise<Ended> {
  return runNode([join(root, "node_modules", ".bin", program), ...parameters], options);
}

type Options = { env?: Record<string, string>; say?: Say };
type Ended = { code: number; output: string };

/** Runs Node in the project with these parameters. */
export function runNode(parameters: string[], options: Options = {}): Promise<Ended> {
  const child = spawn(process.execPath, parameters, {
    cwd: root,
    // A pipe has no colors of its own accord.
    env: { ...process.env, ...(options.say && process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const hear = options.say ?? ((text) => (output += text));
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", hear);
  const end = () => child.kill();
  process.once("exit", end);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("exit", end);
      resolve({ code: code ?? 1, output });
    });
  });
}
