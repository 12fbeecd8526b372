import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { readConfig, type SandboxSettings } from "./config.ts";
import { type RunningSandbox, startSandbox } from "./start.ts";

export const webhookSecret = "whsec_test_bench_secret";
export const controlToken = "test-bench-control-token";

/** The official client, pointed at a sandbox. */
export function stripeClient(port: number, options: { retries?: number; timeout?: number } = {}): Stripe {
  return new Stripe("sk_test_bench", {
    host: "127.0.0.1",
    port,
    protocol: "http",
    apiVersion: "2026-10-28.endive",
    telemetry: false,
    maxNetworkRetries: options.retries ?? 0,
    timeout: options.timeout ?? 10_000,
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

export interface Received {
  event: Stripe.Event;
  signature: string;
  body: string;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** What to answer; 200 unless a test says otherwise. */
  answerWith(status: number): void;
  /** Waits until so many events came in. */
  until(ready: (received: Received[]) => boolean): Promise<Received[]>;
  types(): string[];
  close(): Promise<void>;
}

/** A small server that takes webhooks and verifies each with the official client, as a product would. */
export async function startReceiver(secret = webhookSecret): Promise<Receiver> {
  const received: Received[] = [];
  const verifier = stripeClient(1);
  let status = 200;
  const server = createServer((request, response) => {
    bodyOf(request)
      .then((body) => {
        const signature = String(request.headers["stripe-signature"] ?? "");
        const at = Number(/t=(\d+)/.exec(signature)?.[1]);
        const event = verifier.webhooks.constructEvent(body, signature, secret, 300, undefined, at);
        received.push({ event, signature, body });
        response.writeHead(status).end("{}");
      })
      .catch((error: unknown) => response.writeHead(400).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    answerWith: (next) => {
      status = next;
    },
    types: () => received.map((one) => one.event.type),
    async until(ready) {
      const deadline = Date.now() + 120_000;
      while (!ready(received)) {
        if (Date.now() > deadline)
          throw new Error(`webhooks did not arrive; got ${received.map((one) => one.event.type).join(", ")}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return received;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export interface TestBench {
  sandbox: RunningSandbox;
  stripe: Stripe;
  receiver: Receiver;
  control(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

/** A sandbox in memory on free ports, with its webhooks going to a verifying receiver. A product answers within so many milliseconds. */
export async function startTestBench(
  settings: SandboxSettings = {},
  productAnswersWithinMs?: number,
): Promise<TestBench> {
  const receiver = await startReceiver();
  const config = readConfig({
    SANDBOX_PORT: "0",
    SANDBOX_SMTP_PORT: "0",
    DATA_DIR: ":memory:",
    SANDBOX_WEBHOOK_URL: receiver.url,
    SANDBOX_WEBHOOK_SECRET: webhookSecret,
    SANDBOX_CONTROL_TOKEN: controlToken,
    SANDBOX_CHECK_ANSWERS: "1",
    ...settings,
  });
  const product = config.product && { ...config.product, answersWithinMs: productAnswersWithinMs };
  const sandbox = await startSandbox({ ...config, product });
  return {
    sandbox,
    receiver,
    stripe: stripeClient(sandbox.port),
    async control(method, path, body) {
      const response = await fetch(`${sandbox.url}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
      });
      return { status: response.status, body: await response.json() };
    },
    async close() {
      await sandbox.close();
      await receiver.close();
    },
  };
}

export const goodCard = {
  email: "ada@example.com",
  cardNumber: "4242 4242 4242 4242",
  cardExpiry: "12 / 34",
  cardCvc: "123",
  billingName: "Ada Lovelace",
  billingCountry: "SE",
};

export interface Submitted {
  status: number;
  location: string | null;
  text: string;
}

/** Fills in the hosted page and presses its button, as a browser without scripts would. */
export async function submitCheckout(
  bench: TestBench,
  sessionId: string,
  fields: Record<string, string> = {},
): Promise<Submitted> {
  return postForm(`${bench.sandbox.url}/c/pay/${sessionId}`, { ...goodCard, ...fields });
}

export async function postForm(url: string, fields: Record<string, string>): Promise<Submitted> {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  return { status: response.status, location: response.headers.get("location"), text: await response.text() };
}
