import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import Stripe from "stripe";
import { compileCache } from "../scripts/test/compile-cache.ts";
import { percentile } from "./statistics.ts";

const SUBSCRIPTIONS = 1_000;
const AT_ONCE = 16;
/** What a product that bills has to hear of; four of them come with every renewal. */
const BILLING_EVENTS: Stripe.WebhookEndpointCreateParams["enabled_events"] = [
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
  "invoice.created",
  "invoice.finalized",
  "invoice.paid",
  "invoice.payment_failed",
  "charge.refunded",
];

export type SandboxYear = {
  readonly seconds: number;
  readonly megabytes: number;
  readonly deliveries: number;
  /** How long a payment page takes, of twenty all but one, with the year lived. */
  readonly checkoutMilliseconds: number;
};

const PAGES = 200;

/**
 * A year of 1,000 monthly subscriptions in a sandbox of its own with its state on disk, eight types of event delivered to a
 * receiver in this process: how long moving the clock takes, and the most memory that the sandbox ever held.
 */
export async function measureSandboxYear(): Promise<SandboxYear> {
  const folder = mkdtempSync(join(tmpdir(), "kraftverk-bench-sandbox-"));
  const sink = await startSink();
  const sandbox = await startSandbox(folder);
  try {
    await subscribeMany(sandbox.port, sink.port);
    const before = sink.received();
    const began = performance.now();
    const response = await fetch(`http://127.0.0.1:${sandbox.port}/_control/clock/advance`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ by: "P1Y" }),
    });
    const seconds = (performance.now() - began) / 1_000;
    if (!response.ok) throw new Error(`the clock could not be moved: ${await response.text()}`);
    const deliveries = sink.received() - before;
    if (deliveries < SUBSCRIPTIONS * 12) throw new Error(`only ${deliveries} events arrived in a year`);
    const checkoutMilliseconds = await measureCheckout(sandbox.port);
    return { seconds, megabytes: mostMegabytes(sandbox.pid), deliveries, checkoutMilliseconds };
  } finally {
    await sandbox.end();
    sink.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function subscribeMany(port: number, sinkPort: number): Promise<void> {
  const stripe = new Stripe("sk_test_bench", { host: "127.0.0.1", port, protocol: "http", telemetry: false });
  const product = await stripe.products.create({ name: "Membership" });
  const price = await stripe.prices.create({
    product: product.id,
    currency: "sek",
    unit_amount: 29_900,
    recurring: { interval: "month" },
  });
  let made = 0;
  const member = async (): Promise<void> => {
    while (made < SUBSCRIPTIONS) {
      made += 1;
      const customer = await stripe.customers.create({ email: `member${made}@example.com` });
      const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
      await stripe.subscriptions.create({
        customer: customer.id,
        default_payment_method: card.id,
        items: [{ price: price.id }],
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, member));
  await stripe.webhookEndpoints.create({
    url: `http://127.0.0.1:${sinkPort}/hooks`,
    enabled_events: BILLING_EVENTS,
  });
}

/** A payment page with a subscription on it, asked for one time after the other. */
async function measureCheckout(port: number): Promise<number> {
  const stripe = new Stripe("sk_test_bench", { host: "127.0.0.1", port, protocol: "http", telemetry: false });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    success_url: "http://127.0.0.1/",
    line_items: [{ price: "price_TEST123", quantity: 1 }],
  });
  const took: number[] = [];
  for (let page = 0; page < PAGES; page += 1) {
    const began = performance.now();
    const response = await fetch(`http://127.0.0.1:${port}/c/pay/${session.id}`);
    await response.text();
    if (!response.ok) throw new Error(`the payment page answered ${response.status}`);
    took.push(performance.now() - began);
  }
  return percentile(took, 0.95);
}

/** The most memory a process ever held, as Linux counts it; other systems do not say. */
function mostMegabytes(pid: number): number {
  if (process.platform !== "linux") return Number.NaN;
  const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return line ? Number(line[1]) / 1024 : Number.NaN;
}

async function startSink(): Promise<{ port: number; received(): number; close(): void }> {
  let received = 0;
  const server = createServer((request, response) => {
    request.on("end", () => {
      received += 1;
      response.writeHead(200, { "Content-Length": 2 }).end("{}");
    });
    request.resume();
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, received: () => received, close: () => void server.close().closeAllConnections() };
}

async function startSandbox(folder: string): Promise<{ port: number; pid: number; end(): Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, "..", "sandbox", "main.ts")], {
    env: {
      PATH: process.env.PATH ?? "",
      NODE_ENV: "production",
      ...compileCache(),
      DATA_DIR: folder,
      SANDBOX_PORT: "0",
      SANDBOX_SMTP_PORT: "0",
      SANDBOX_EXIT_ON_STDIN_END: "1",
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  if (!child.stdout || child.pid === undefined) throw new Error("the sandbox did not start");
  const { pid } = child;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{"sandbox":"ready"')) continue;
    const { port } = JSON.parse(line) as { port: number };
    const end = () =>
      new Promise<void>((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      });
    return { port, pid, end };
  }
  throw new Error("the sandbox ended before it was ready");
}
