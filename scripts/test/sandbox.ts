import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { afterAll } from "vitest";
import { compileCache, SHORT_WAYS } from "./compile-cache.ts";

export type TestSandbox = {
  readonly url: string;
  readonly smtpUrl: string;
  /** Calls `/_control/…`: faults, clock, mail. Throws on anything but success. */
  control(path: string, init?: { method?: string; body?: unknown }): Promise<unknown>;
};

type Running = { readonly child: ChildProcess; readonly sandbox: TestSandbox };

// A sandbox loads for longer than most files use it: the next file of this process gets the one that is free.
const free: Running[] = [];

/**
 * A sandbox process for the test file that asks, on free ports and as on its first day: nobody else has it until the file
 * ends. It ends with the process that runs the tests.
 */
export async function testSandbox(): Promise<TestSandbox> {
  const running = free.pop() ?? (await start());
  afterAll(() => {
    if (running.child.exitCode === null && running.child.signalCode === null) free.push(running);
  });
  await running.sandbox.control("reset", { method: "POST" });
  return running.sandbox;
}

async function start(): Promise<Running> {
  const child = spawn(process.execPath, [...SHORT_WAYS, join(import.meta.dirname, "..", "..", "sandbox", "main.ts")], {
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH ?? "",
      ...compileCache(),
      DATA_DIR: ":memory:",
      SANDBOX_PORT: "0",
      SANDBOX_SMTP_PORT: "0",
      SANDBOX_EXIT_ON_STDIN_END: "1",
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { port, smtpPort } = await readyLine(child.stdout);
  // It ends when its standard input does; nobody waits for it.
  letGo(child, child.stdin, child.stdout);
  const url = `http://127.0.0.1:${port}`;
  const sandbox: TestSandbox = {
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
  return { child, sandbox };
}

/** Lets this process end while these are open. */
function letGo(...open: (ChildProcess | Readable | Writable)[]): void {
  for (const one of open) if ("unref" in one && typeof one.unref === "function") one.unref();
}

async function readyLine(output: Readable): Promise<{ port: number; smtpPort: number }> {
  for await (const line of createInterface({ input: output })) {
    if (line.startsWith('{"sandbox":"ready"')) return JSON.parse(line);
  }
  throw new Error("the sandbox ended before it was ready");
}
