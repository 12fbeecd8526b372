// Plain JavaScript without dependencies, like install.mjs.
import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = join(dirname(dirname(fileURLToPath(import.meta.url))), "node_modules");

/**
 * Runs npm and answers with its exit code and, where it is `kept`, its standard output; what else it says goes to standard
 * error. Throws when npm is not there, and when this process is told to stop meanwhile. npm replaces the Node that `npm start` may already be running on, so it gets a PATH without node_modules.
 * @param {string[]} parameters
 * @param {{ folder: string, kept?: boolean }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export function npm(parameters, { folder, kept = false }) {
  const path = (process.env.PATH ?? "").split(delimiter).filter((entry) => !entry.startsWith(modules));
  const env = { ...process.env, PATH: path.join(delimiter), npm_config_node_options: "" };
  return new Promise((resolve, reject) => {
    const child = spawn("npm", parameters, { cwd: folder, env, stdio: ["ignore", kept ? "pipe" : 2, 2] });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    let stopped = false;
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      stopped = true;
      child.kill(signal);
    };
    process.on("SIGINT", forward).on("SIGTERM", forward);
    child.once("error", (cause) => reject(new Error("npm is needed to install the packages.", { cause })));
    child.once("close", (code) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      if (stopped) reject(new Error("The installation was stopped."));
      else resolve({ code: code ?? 1, output });
    });
  });
}
