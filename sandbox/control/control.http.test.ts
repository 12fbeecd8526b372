import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { startTestBench, type TestBench } from "../test-bench.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

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

const advance = (bench: TestBench, input: unknown) => bench.control("POST", "/_control/clock/advance", input);

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
