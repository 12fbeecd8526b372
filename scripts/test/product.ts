import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build, isBuilt } from "../build.ts";
import type { RoleUrls } from "../postgres/roles.ts";
import { NODE_ENVIRONMENT, NODE_FLAGS } from "../process/node-flags.ts";
import { compileCache } from "./compile-cache.ts";

const root = join(import.meta.dirname, "..", "..");

/** One line of the product's log. */
export type LogLine = { readonly level: string; readonly msg: string } & Readonly<Record<string, unknown>>;

export type ProductProcess = {
  readonly url: string;
  readonly log: LogLine[];
  readonly pid: number;
  /** Sends a signal and resolves with the exit code when the process is gone (null: killed). */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
};

export const webhookSecret = "whsec_test_0123456789abcdef";
export const controlToken = "control-token-of-the-tests";

/** Settings of a product process on a test database; the provider's address leads nowhere unless `env` says otherwise. */
export function productEnv(urls: RoleUrls, env: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    NODE_ENV: "production",
    PORT: "0",
    WORKER_PORT: "0",
    DATABASE_URL: urls.member,
    DATABASE_SERVICE_URL: urls.service,
    STRIPE_SECRET_KEY: "sk_test_product",
    STRIPE_API_BASE: "http://127.0.0.1:9",
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    SOURCE_API_KEY: "source-key-of-the-tests",
    SANDBOX_CONTROL_TOKEN: controlToken,
    SESSION_SECRET: "0123456789abcdef0123456789abcdef",
    KRAFTVERK_EXIT_ON_STDIN_END: "1",
    // Tests and measurements come from one address.
    RATE_LIMIT_SCALE: "10000",
    ...env,
  };
}

/** The production build, made where there is none. */
export async function ensureBuild(): Promise<void> {
  if (!existsSync(join(root, "build/mail/templates.js"))) await build(true);
  if (!existsSync(join(root, "build/server/index.js"))) await build();
}

let current: boolean | undefined;
/** Bundled, a process is there in a quarter of the work; from its source when the bundle is of another state, or missing. */
function whatIsBuilt(): "source" | "bundle" {
  current ??= isBuilt();
  return current ? "bundle" : "source";
}

/** What Node is given to run a process, and what it has to know for it. */
export function programOf(kind: "web" | "worker", from = whatIsBuilt()) {
  const source = kind === "web" ? "server/main.ts" : "worker/main.ts";
  return from === "bundle"
    ? { parameters: [...NODE_FLAGS[kind], join(root, `build/processes/${kind}.js`)], env: NODE_ENVIRONMENT }
    : { parameters: [join(root, source)], env: compileCache() };
}

/**
 * Starts a real web or worker process and resolves when it listens; throws with its last words when it ends before. As it
 * is bundled for production, or from its source.
 */
export async function startProduct(
  kind: "web" | "worker",
  env: Record<string, string>,
  from = whatIsBuilt(),
): Promise<ProductProcess> {
  const program = programOf(kind, from);
  const child = spawn(process.execPath, program.parameters, {
    cwd: root,
    env: { ...program.env, ...env } as NodeJS.ProcessEnv,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const log: LogLine[] = [];
  const exited = once(child, "exit") as Promise<[number | null]>;
  const port = await listening(child, kind, log);
  return {
    url: `http://127.0.0.1:${port}`,
    log,
    pid: child.pid ?? 0,
    signal: (signal) => void child.kill(signal),
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const [code] = await exited;
      return code;
    },
  };
}

async function listening(child: ChildProcess, kind: "web" | "worker", log: LogLine[]): Promise<number> {
  let stray = "";
  child.stderr?.on("data", (chunk) => {
    stray += chunk;
  });
  const ready = kind === "web" ? "web is listening" : "worker is ready";
  return new Promise((resolve, reject) => {
    if (child.stdout) {
      createInterface({ input: child.stdout }).on("line", (text) => {
        if (!text.startsWith("{")) return;
        const line = JSON.parse(text) as LogLine;
        log.push(line);
        if (line.msg === ready) resolve(Number(line.port));
      });
    }
    child.on("exit", (code) =>
      reject(
        new Error(`${kind} ended with ${code} before it was ready: ${stray}${log.map((line) => line.msg).join("\n")}`),
      ),
    );
  });
}
