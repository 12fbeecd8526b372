import { afterEach, describe, expect, it } from "vitest";
import { startTestBench, type TestBench } from "../test-bench.ts";
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

async function start(settings: Record<string, string> = {}): Promise<TestBench> {
  const bench = await startTestBench(settings);
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

describe("the clock", () => {
  it("starts at real time and moves by durations and to instants, never back", async () => {
    const bench = await start();
    expect(Math.abs(Date.parse((await clockOf(bench)).now) - Date.now())).toBeLessThan(60_000);
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
    expect(passed).toBeLessThan(60_000);
  });

  it("is moved by one at a time", async () => {
    const product = await startProduct();
    const bench = await start({ SANDBOX_PRODUCT_URL: product.url });
    let asked = 0;
    let isDone = false;
    product.answer = () => {
      asked += 1;
      return { idle: isDone, nextDueAt: null };
    };
    const first = advance(bench, { by: "P1D" });
    await expect.poll(() => asked, { timeout: 120_000 }).toBeGreaterThan(0);
    expect(await advance(bench, { by: "P1D" })).toMatchObject({ status: 409, body: { error: { code: "busy" } } });
    isDone = true;
    expect((await first).status).toBe(200);
  });
});
