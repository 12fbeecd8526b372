import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { compileCache, SHORT_WAYS } from "../test/compile-cache.ts";

export type SandboxProcess = {
  readonly url: string;
  readonly smtpUrl: string;
  readonly pid: number;
  /** Calls `/_control/…`; throws on anything but success. */
  control(path: string, body?: unknown): Promise<unknown>;
  end(): Promise<void>;
};

/** Most of what a year makes is over in a moment. What is copied before it is over, as often as the usual 16 MB are full, was a fourteenth of the work. */
const ROOM_FOR_THE_YOUNG = ["--max-semi-space-size=64"];

/** A sandbox whose clock stands where it is told to, with its ids from a seed; it ends with this process. */
export async function startSandbox(env: Readonly<Record<string, string>>): Promise<SandboxProcess> {
  const program = join(import.meta.dirname, "..", "..", "sandbox", "main.ts");
  const child = spawn(process.execPath, [...ROOM_FOR_THE_YOUNG, ...SHORT_WAYS, program], {
    env: {
      PATH: process.env.PATH ?? "",
      NODE_ENV: "production",
      ...compileCache(),
      SANDBOX_PORT: "0",
      SANDBOX_SMTP_PORT: "0",
      SANDBOX_EXIT_ON_STDIN_END: "1",
      ...env,
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{"sandbox":"ready"')) continue;
    const { port, smtpPort } = JSON.parse(line) as { port: number; smtpPort: number };
    const url = `http://127.0.0.1:${port}`;
    return {
      url,
      smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
      pid: child.pid ?? 0,
      async control(path, body) {
        const response = await fetch(`${url}/_control/${path}`, {
          method: body === undefined ? "GET" : "POST",
          headers: { "content-type": "application/json" },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          // A year may take longer than a request usually does; whoever waits says when it is enough.
          signal: AbortSignal.timeout(30 * 60_000),
        });
        if (!response.ok) throw new Error(`/_control/${path} answered ${response.status}: ${await response.text()}`);
        return response.json();
      },
      async end() {
        child.kill("SIGTERM");
        await exited;
      },
    };
  }
  throw new Error("the sandbox ended before it was ready");
}
