import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Receiver, startReceiver, stripeClient, webhookSecret } from "./test-bench.ts";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));
let folder: string;
let receiver: Receiver;
const started: ChildProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  receiver = await startReceiver();
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Process {
  child: ChildProcess;
  port: number;
}

async function start(settings: Record<string, string> = {}): Promise<Process> {
  const env = {
    ...process.env,
    SANDBOX_PORT: "0",
    SANDBOX_SMTP_PORT: "0",
    DATA_DIR: folder,
    SANDBOX_WEBHOOK_URL: receiver.url,
    SANDBOX_WEBHOOK_SECRET: webhookSecret,
    ...settings,
  };
  const child = spawn(process.execPath, [main], { env, stdio: ["pipe", "pipe", "inherit"] });
  started.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const ready = JSON.parse(line) as { sandbox: string; port: number; smtpPort: number };
  expect(ready).toEqual({ sandbox: "ready", port: expect.any(Number), smtpPort: expect.any(Number) });
  return { child, port: ready.port };
}

const call = async (port: number, path: string, body?: unknown) =>
  (
    await fetch(
      `http://127.0.0.1:${port}${path}`,
      body === undefined
        ? {}
        : { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } },
    )
  ).json();

it("has after kill -9 everything it ever answered, the time and the deliveries it owed", async () => {
  receiver.answerWith(500);
  const first = await start();
  const stripe = stripeClient(first.port);
  await call(first.port, "/_control/clock/advance", { by: "P1M" });
  const customer = await stripe.customers.create({ name: "Kept" }, { idempotencyKey: "kept" });
  const events = await stripe.events.list({ limit: 100 });
  const read = Date.now();
  const clock = (await call(first.port, "/_control/clock")) as { now: string };
  first.child.kill("SIGKILL");
  await once(first.child, "exit");

  receiver.answerWith(200);
  receiver.received.length = 0;
  const second = await start();
  const again = stripeClient(second.port);
  expect(await again.customers.retrieve(customer.id)).toEqual(customer);
  expect((await again.customers.create({ name: "Kept" }, { idempotencyKey: "kept" })).id).toBe(customer.id);
  expect((await again.events.list({ limit: 100 })).data.map((one) => one.id)).toEqual(events.data.map((one) => one.id));
  const later = (await call(second.port, "/_control/clock")) as { now: string };
  // It went on with real time, however long that took, and did not fall back to it.
  expect(Date.parse(later.now) - Date.parse(clock.now)).toBeGreaterThan(0);
  expect(Date.parse(later.now) - Date.parse(clock.now)).toBeLessThanOrEqual(Date.now() - read + 1_000);
  await receiver.until((all) => all.some(({ event }) => event.type === "customer.created"));
  expect((await again.prices.list({ limit: 100 })).data).toHaveLength(1);
});

it.each(["SIGTERM", "SIGINT"] as const)("stops cleanly on %s", async (signal) => {
  const { child } = await start();
  const begun = performance.now();
  child.kill(signal);
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(performance.now() - begun).toBeLessThan(60_000);
});

it("ends with its parent when told to", async () => {
  const { child } = await start({ SANDBOX_EXIT_ON_STDIN_END: "1" });
  child.stdin?.end();
  expect(await once(child, "exit")).toEqual([0, null]);
});

it("says what is wrong and ends when its port is taken or a setting cannot be read", async () => {
  const { port } = await start();
  const run = async (settings: Record<string, string>) => {
    const child = spawn(process.execPath, [main], {
      env: { ...process.env, SANDBOX_SMTP_PORT: "0", DATA_DIR: ":memory:", ...settings },
      stdio: ["ignore", "ignore", "pipe"],
    });
    started.push(child);
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const [code] = (await once(child, "close")) as [number];
    return { code, errors };
  };
  expect(await run({ SANDBOX_PORT: String(port) })).toMatchObject({
    code: 1,
    errors: expect.stringContaining("EADDRINUSE"),
  });
  expect(await run({ SANDBOX_PORT: "many" })).toMatchObject({
    code: 1,
    errors: expect.stringContaining("SANDBOX_PORT"),
  });
});
