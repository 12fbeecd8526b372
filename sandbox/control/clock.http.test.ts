import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { controlToken, startTestBench, submitCheckout, type TestBench } from "../test-bench.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface FakeProduct {
  url: string;
  told: string[];
  /** What to answer to the n-th telling of an instant. */
  answer: (now: string) => { idle: boolean; nextDueAt: string | null };
  authorization: Set<string>;
  status: number;
  resets: string[];
}

/** A product that only knows what time it is. */
async function startProduct(): Promise<FakeProduct> {
  const product: FakeProduct = {
    url: "",
    told: [],
    answer: () => ({ idle: true, nextDueAt: null }),
    authorization: new Set(),
    status: 200,
    resets: [],
  };
  const read = async (request: IncomingMessage) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    return text;
  };
  const server = createServer((request, response) => {
    product.authorization.add(`${request.method} ${request.url} ${request.headers.authorization}`);
    read(request).then(
      (text) => {
        const { now, reset } = JSON.parse(text) as { now: string; reset?: boolean };
        if (reset) product.resets.push(now);
        product.told.push(now);
        response
          .writeHead(product.status, { "Content-Type": "application/json" })
          .end(JSON.stringify(product.answer(now)));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  product.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  closing.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return product;
}

async function start(settings: Record<string, string> = {}): Promise<TestBench> {
  const bench = await startTestBench(settings);
  closing.push(() => bench.close());
  return bench;
}

/** The status of a reset asked for with headers that `fetch` would not send. */
async function statusOf(port: number, headers: Record<string, string>): Promise<number | undefined> {
  const sent = request({
    port,
    path: "/_control/reset",
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
  });
  sent.end("{}");
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

interface ClockState {
  now: string;
  offsetMs: number;
  nextDue: { at: string; what: string } | null;
}
const clockOf = async (bench: TestBench) => (await bench.control("GET", "/_control/clock")).body as ClockState;
const advance = (bench: TestBench, input: unknown) => bench.control("POST", "/_control/clock/advance", input);

describe("the clock", () => {
  it("starts at real time and moves by durations and to instants, never back", async () => {
    const bench = await start();
    expect(Math.abs(Date.parse((await clockOf(bench)).now) - Date.now())).toBeLessThan(1_000);
    expect((await advance(bench, { to: "2027-12-31T00:00:00Z" })).status).toBe(200);
    expect((await clockOf(bench)).now).toMatch(/^2027-12-31T00:00:0/);
    expect(await advance(bench, { to: "2027-01-01T00:00:00Z" })).toMatchObject({
      status: 400,
      body: { error: { code: "backwards" } },
    });
    expect(await advance(bench, { by: "a month" })).toMatchObject({
      status: 400,
      body: { error: { code: "invalid", message: expect.stringContaining("ISO 8601") } },
    });
    expect(await advance(bench, { by: "P1D", to: "next" })).toMatchObject({ status: 400 });
  });

  it("goes to whatever comes next", async () => {
    const bench = await start();
    const session = await bench.stripe.checkout.sessions.create({
      mode: "subscription",
      success_url: "http://x.test",
      line_items: [{ price: "price_TEST123", quantity: 1 }],
    });
    expect((await clockOf(bench)).nextDue).toEqual({
      at: new Date(session.expires_at * 1000).toISOString(),
      what: `a checkout expires (${session.id})`,
    });
    await advance(bench, { to: "next" });
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
    expect((await clockOf(bench)).nextDue).toBeNull();
  });

  it("lets time flow on from where it was moved to", async () => {
    const bench = await start();
    await advance(bench, { by: "P1Y" });
    const before = Date.parse((await clockOf(bench)).now);
    await new Promise((resolve) => setTimeout(resolve, 120));
    const passed = Date.parse((await clockOf(bench)).now) - before;
    expect(passed).toBeGreaterThanOrEqual(100);
    expect(passed).toBeLessThan(5_000);
  });

  it("is moved by one at a time", async () => {
    const product = await startProduct();
    const bench = await start({ SANDBOX_PRODUCT_URL: product.url });
    let asked = 0;
    product.answer = () => {
      asked += 1;
      return { idle: asked > 4, nextDueAt: null };
    };
    const first = advance(bench, { by: "P1D" });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await advance(bench, { by: "P1D" })).toMatchObject({ status: 409, body: { error: { code: "busy" } } });
    expect((await first).status).toBe(200);
  });
});

describe("the product", () => {
  it("is told each instant at which anything is due there, and asked until it is idle", async () => {
    const product = await startProduct();
    const bench = await start({ SANDBOX_PRODUCT_URL: product.url });
    const now = Date.parse((await clockOf(bench)).now);
    const due = [1, 2, 3].map((days) => new Date(now + days * 86_400_000).toISOString());
    const asked = new Map<string, number>();
    product.answer = (at) => {
      const times = (asked.get(at) ?? 0) + 1;
      asked.set(at, times);
      return { idle: times >= 3, nextDueAt: due.find((one) => one > at) ?? null };
    };
    expect((await advance(bench, { by: "P10D" })).status).toBe(200);
    const instants = [...new Set(product.told)];
    expect(instants.slice(1, 4)).toEqual(due);
    expect(instants).toHaveLength(5);
    expect([...asked.values()].every((times) => times >= 3)).toBe(true);
    expect([...product.authorization]).toEqual([`POST /_sandbox/clock Bearer ${controlToken}`]);
  });

  it("knows the time before it gets an event signed at that time", async () => {
    const product = await startProduct();
    const bench = await start({ SANDBOX_PRODUCT_URL: product.url });
    const session = await bench.stripe.checkout.sessions.create({
      mode: "subscription",
      success_url: "http://x.test",
      line_items: [{ price: "price_TEST123", quantity: 1 }],
    });
    await submitCheckout(bench, session.id);
    await bench.receiver.until((all) => all.some(({ event }) => event.type === "checkout.session.completed"));
    bench.receiver.received.length = 0;
    const early: string[] = [];
    const { received } = bench.receiver;
    const push = received.push.bind(received);
    received.push = (...items) => {
      for (const { signature } of items) {
        const signedAt = Number(/t=(\d+)/.exec(signature)?.[1]) * 1000;
        if (signedAt > Date.parse(product.told.at(-1) ?? "") + 1_000) early.push(signature);
      }
      return push(...items);
    };
    await advance(bench, { by: "P2M" });
    expect(received.length).toBeGreaterThan(10);
    expect(early).toEqual([]);
  });

  it("sees what falls due close together in one step, and what it has to do itself on time", async () => {
    const product = await startProduct();
    const bench = await start({ SANDBOX_PRODUCT_URL: product.url });
    const subscribe = async () => {
      const session = await bench.stripe.checkout.sessions.create({
        mode: "subscription",
        success_url: "http://x.test",
        line_items: [{ price: "price_TEST123", quantity: 1 }],
      });
      await submitCheckout(bench, session.id);
    };
    await subscribe();
    await advance(bench, { by: "PT10M" });
    await subscribe();
    const own = new Date(Date.parse((await clockOf(bench)).now) + 3 * 86_400_000).toISOString();
    product.answer = (now) => ({ idle: true, nextDueAt: now < own ? own : null });
    product.told.length = 0;
    const done = (await advance(bench, { by: "P1M1D", step: "PT3H" })).body as { steps: number; performed: number };
    expect(done).toMatchObject({ steps: 4, performed: 4 });
    expect(product.told).toContain(own);
    const invoices = (await bench.stripe.invoices.list({ status: "paid" })).data;
    expect(invoices).toHaveLength(4);
    expect(new Set(invoices.map((one) => one.created)).size).toBe(4);
    expect(await advance(bench, { by: "P1D", step: "soon" })).toMatchObject({ status: 400 });
  });

  it("that is behind a clock moved earlier is brought up to it when the sandbox starts", async () => {
    const product = await startProduct();
    const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
    closing.unshift(async () => rmSync(folder, { recursive: true, force: true }));
    const first = await startTestBench({ DATA_DIR: folder });
    await advance(first, { by: "P1M" });
    const { now } = await clockOf(first);
    await first.close();
    await start({ DATA_DIR: folder, SANDBOX_PRODUCT_URL: product.url });
    await expect.poll(() => product.told.length).toBeGreaterThan(0);
    expect(Date.parse(product.told[0] ?? "")).toBeGreaterThanOrEqual(Date.parse(now));
  });

  it("goes back in time only with a reset", async () => {
    const product = await startProduct();
    const bench = await start({ SANDBOX_PRODUCT_URL: product.url });
    await advance(bench, { by: "P1M" });
    expect((await bench.control("POST", "/_control/reset")).body).toMatchObject({
      reset: true,
      productTold: true,
      offsetMs: 0,
    });
    expect(product.resets).toHaveLength(1);
    expect(Math.abs(Date.parse(product.resets[0] ?? "") - Date.now())).toBeLessThan(5_000);
  });

  it("that refuses stops the clock with its answer", async () => {
    const product = await startProduct();
    const bench = await start({ SANDBOX_PRODUCT_URL: product.url });
    product.status = 503;
    expect(await advance(bench, { by: "P1D" })).toMatchObject({
      status: 502,
      body: { error: { code: "product", message: expect.stringContaining("answered 503") } },
    });
    product.status = 200;
    expect((await advance(bench, { by: "P1D" })).status).toBe(200);
  });
});

describe("control", () => {
  it("is refused to other sites' pages and to anything but JSON", async () => {
    const bench = await start();
    const post = (headers: Record<string, string>) =>
      fetch(`${bench.sandbox.url}/_control/reset`, { method: "POST", body: "{}", headers });
    expect((await post({ "Content-Type": "application/json", Origin: "http://evil.test" })).status).toBe(403);
    expect((await post({ "Content-Type": "application/json", "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    const rebound = { Origin: "http://evil.test", Host: "evil.test", "Sec-Fetch-Site": "same-origin" };
    expect(await statusOf(bench.sandbox.port, rebound)).toBe(403);
    expect((await post({ "Content-Type": "text/plain" })).status).toBe(415);
    expect(
      (await post({ "Content-Type": "application/json", Origin: bench.sandbox.url, "Sec-Fetch-Site": "same-origin" }))
        .status,
    ).toBe(200);
    expect(
      (
        await fetch(`${bench.sandbox.url}/_workbench/reset`, {
          method: "POST",
          body: "word=reset",
          headers: { Origin: "http://evil.test", "Content-Type": "application/x-www-form-urlencoded" },
        })
      ).status,
    ).toBe(403);
  });

  it("resets everything but the endpoint from the settings and the seed", async () => {
    const bench = await start();
    await bench.stripe.customers.create({ name: "Gone" }, { idempotencyKey: "k" });
    await bench.control("POST", "/_control/faults", { webhooks: { drop: "all" } });
    await advance(bench, { by: "P1Y" });
    expect((await bench.control("POST", "/_control/reset")).status).toBe(200);
    const state = (await bench.control("GET", "/_control/state")).body as {
      counts: Record<string, number>;
      offsetMs: number;
      faults: { webhooks: { drop: number } };
    };
    expect(state.counts).toMatchObject({ customers: 0, webhookEndpoints: 1, prices: 1, mail: 0 });
    expect([state.offsetMs, state.faults.webhooks.drop]).toEqual([0, 0]);
    bench.receiver.received.length = 0;
    await bench.stripe.customers.create({ name: "New" }, { idempotencyKey: "k" });
    await bench.receiver.until((all) => all.some(({ event }) => event.type === "customer.created"));
  });

  it("shows the last calls", async () => {
    const bench = await start();
    await bench.stripe.customers.create({ name: "x" }, { idempotencyKey: "seen" });
    const { requests } = (await bench.control("GET", "/_control/requests")).body as { requests: unknown[] };
    expect(requests[0]).toMatchObject({ method: "POST", path: "/v1/customers", status: 200, idempotencyKey: "seen" });
  });

  it("refuses faults that it does not know", async () => {
    const bench = await start();
    expect(await bench.control("POST", "/_control/faults", { webhooks: { eat: true } })).toMatchObject({
      status: 400,
      body: { error: { code: "invalid" } },
    });
  });
});
