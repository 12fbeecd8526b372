import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll } from "vitest";
import { compileCache } from "./compile-cache.ts";

export type TestSandbox = {
  readonly url: string;
  readonly smtpUrl: string;
  /** Calls `/_control/…`: faults, clock, mail. Throws on anything but success. */
  control(path: string, init?: { method?: string; body?: unknown }): Promise<unknown>;
};

/**
 * A sandbox process of its own for the test file that asks, on free ports and with an empty folder; ended when the file
 * ends. `env` adds settings (`SANDBOX_WEBHOOK_URL`, …).
 */
export async function testSandbox(env: Record<string, string> = {}): Promise<TestSandbox> {
  const folder = mkdtempSync(join(tmpdir(), "kraftverk-sandbox-"));
  const child = spawn(process.execPath, [join(import.meta.dirname, "..", "..", "sandbox", "main.ts")], {
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH ?? "",
      ...compileCache(),
      DATA_DIR: folder,
      SANDBOX_PORT: "0",
      SANDBOX_SMTP_PORT: "0",
      SANDBOX_EXIT_ON_STDIN_END: "1",
      ...env,
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  afterAll(async () => {
    const ended = once(child, "exit");
    if (child.exitCode === null && child.kill("SIGTERM")) await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  const { port, smtpPort } = await readyLine(child);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    async control(path, init = {}) {
      const response = await fetch(`${url}/_control/${path}`, {
        method: init.method ?? (init.body === undefined ? "GET" : "POST"),
        headers: { "content-type": "application/json" },
        ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
      });
      if (!response.ok) throw new Error(`/_control/${path} answered ${response.status}: ${await response.text()}`);
      return response.json();
    },
  };
}

async function readyLine(child: ReturnType<typeof spawn>): Promise<{ port: number; smtpPort: number }> {
  if (!child.stdout) throw new Error("the sandbox has no standard output");
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{"sandbox":"ready"')) return JSON.parse(line);
  }
  throw new Error("the sandbox ended before it was ready");
}
