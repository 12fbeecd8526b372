import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { controlToken, startTestBench, submitCheckout, type TestBench } from "../test-bench.ts";
import { startTestProduct, type TestProduct } from "./test-product.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function startProduct(): Promise<TestProduct> {
  const product = await startTestProduct();
  closing.push(() => product.close());
  return product;
}

async function start(settings: Record<string, string> = {}, answersWithinMs?: number): Promise<TestBench> {
  const bench = await startTestBench(settings, answersWithinMs);
  closing.push(() => bench.close());
  return bench;
}

interface ClockState {
  now: string;
  offsetMs: number;
  nextDue: { at: string; what: string } | null;
}
const clockOf = async (bench: TestBench) => (await bench.control("GET", "/_control/clock")).body as ClockState;
const advance = (bench: TestBench, input: unknown) => bench.control("POST", "/_control/clock/advance", input);

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
    expect(done).toMatchObject({ steps: 5, performed: 6 });
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
    expect(Math.abs(Date.parse(product.resets[0] ?? "") - Date.now())).toBeLessThan(60_000);
  });

  it("that is too busy to answer is told again while it does something, and only then", async () => {
    const product = await startProduct();
    const bench = await start({ SANDBOX_PRODUCT_URL: product.url }, 2_000);
    const busy = { still: 2 };
    const state = { idle: true, nextDueAt: null };
    const never = new Promise<typeof state>(() => {});
    product.answer = async () => {
      if (busy.still === 0) return state;
      busy.still -= 1;
      await bench.stripe.customers.list();
      return never;
    };
    expect(await advance(bench, { by: "P1D" })).toMatchObject({ status: 200 });
    expect(busy.still).toBe(0);
    product.answer = () => never;
    expect(await advance(bench, { by: "P1D" })).toMatchObject({
      status: 502,
      body: { error: { code: "product", message: expect.stringContaining("within 2 s") } },
    });
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
