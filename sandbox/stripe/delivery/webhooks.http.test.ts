import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startReceiver, startTestBench, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeEach(async () => {
  bench = await startTestBench();
  await bench.receiver.until((all) => all.length >= 3);
  bench.receiver.received.length = 0;
});
afterEach(() => bench.close());

interface Log {
  deliveries: { state: string; attempts: number; log: { outcome: string; status: number | null }[] }[];
}
const deliveriesOf = async (eventId: string) =>
  ((await bench.control("GET", `/_control/events/${eventId}/deliveries`)).body as Log).deliveries;
const eventOf = async (customerId: string) => {
  const all = await bench.stripe.events.list({ type: "customer.created", limit: 100 });
  const found = all.data.find((one) => (one.data.object as { id: string }).id === customerId);
  if (!found) throw new Error("no such event");
  return found;
};
const faults = (webhooks: unknown) => bench.control("POST", "/_control/faults", { webhooks });
const names = () => bench.receiver.received.map(({ event }) => (event.data.object as { name?: string }).name);

describe("an event", () => {
  it("is delivered signed, as it can be read from the API", async () => {
    const customer = await bench.stripe.customers.create(
      { name: "Ada", metadata: { a: "1" } },
      { idempotencyKey: "key-1" },
    );
    const [first] = await bench.receiver.until((all) => all.length >= 1);
    expect(first?.event).toMatchObject({
      type: "customer.created",
      api_version: "2026-10-28.endive",
      livemode: false,
      data: { object: customer },
      request: { id: expect.stringMatching(/^req_/), idempotency_key: "key-1" },
      pending_webhooks: 1,
    });
    expect(first?.signature).toMatch(/^t=\d{10},v1=[0-9a-f]{64}$/);
    const read = await bench.stripe.events.retrieve(first?.event.id ?? "");
    expect(read.data.object).toEqual(first?.event.data.object);
    expect((await deliveriesOf(read.id))[0]).toMatchObject({ state: "delivered", attempts: 1 });
    expect((await bench.stripe.events.retrieve(read.id)).pending_webhooks).toBe(0);
  });

  it("keeps the object as it was, and tells what an update changed", async () => {
    const customer = await bench.stripe.customers.create({ name: "Before" });
    await bench.stripe.customers.update(customer.id, { name: "After", metadata: { k: "v" } });
    await bench.stripe.customers.update(customer.id, { name: "After" });
    const [created, updated] = await bench.receiver.until((all) => all.length >= 2);
    expect(created?.event.data.object).toMatchObject({ name: "Before" });
    expect(updated?.event).toMatchObject({
      type: "customer.updated",
      data: { object: { name: "After" }, previous_attributes: { name: "Before", metadata: { k: null } } },
    });
    expect((await bench.stripe.events.list({ types: ["customer.updated"] })).data).toHaveLength(1);
  });

  it("is found by type, pattern and time", async () => {
    await bench.stripe.customers.create({ name: "x" });
    expect((await bench.stripe.events.list({ type: "price.*" })).data.map((one) => one.type)).toEqual([
      "price.created",
    ]);
    expect(
      (await bench.stripe.events.list({ types: ["customer.created", "plan.created"] })).data.map((one) => one.type),
    ).toEqual(["customer.created", "plan.created"]);
    expect((await bench.stripe.events.list({ created: { gt: Math.floor(Date.now() / 1000) + 60 } })).data).toEqual([]);
  });
});

describe("endpoints", () => {
  it("get only what they listen to, signed with their own secret", async () => {
    const endpoint = await bench.stripe.webhookEndpoints.create({
      url: "http://127.0.0.1:1/",
      enabled_events: ["product.created"],
    });
    expect(endpoint.secret).toMatch(/^whsec_/);
    expect((await bench.stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
    const own = await startReceiver(endpoint.secret);
    await bench.stripe.webhookEndpoints.update(endpoint.id, { url: own.url });
    await bench.stripe.customers.create({ name: "not for this one" });
    await bench.stripe.products.create({ name: "for this one" });
    await own.until((all) => all.length >= 1);
    expect(own.types()).toEqual(["product.created"]);
    await bench.stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
    const quiet = await bench.stripe.products.create({ name: "for nobody" });
    await bench.receiver.until((all) => all.some(({ event }) => (event.data.object as { id: string }).id === quiet.id));
    expect(own.types()).toEqual(["product.created"]);
    expect(await bench.stripe.webhookEndpoints.del(endpoint.id)).toMatchObject({ deleted: true });
    await own.close();
  });
});

describe("a receiver that fails", () => {
  it("is tried again with the same event and a fresh signature on the sandbox clock", async () => {
    bench.receiver.answerWith(500);
    const customer = await bench.stripe.customers.create({ name: "Retry" });
    await bench.receiver.until((all) => all.length >= 1);
    bench.receiver.answerWith(200);
    await bench.control("POST", "/_control/clock/advance", { by: "PT1H" });
    const [first, second] = bench.receiver.received;
    expect(second?.event.id).toBe(first?.event.id);
    expect(second?.signature).not.toBe(first?.signature);
    const event = await eventOf(customer.id);
    expect((await deliveriesOf(event.id))[0]).toMatchObject({
      state: "delivered",
      attempts: 2,
      log: [
        { outcome: "failed", status: 500 },
        { outcome: "delivered", status: 200 },
      ],
    });
  });

  it("is given up after three days, and can be tried by hand", async () => {
    bench.receiver.answerWith(302);
    const customer = await bench.stripe.customers.create({ name: "Gone" });
    await bench.control("POST", "/_control/clock/advance", { by: "P4D" });
    const event = await eventOf(customer.id);
    expect((await deliveriesOf(event.id))[0]).toMatchObject({ state: "failed", attempts: 13 });
    bench.receiver.answerWith(200);
    expect((await bench.control("POST", `/_control/events/${event.id}/redeliver`)).body).toEqual({ redelivered: 1 });
    await bench.receiver.until((all) => all.length >= 14);
    expect(await bench.control("POST", "/_control/webhooks/flush")).toMatchObject({ body: { pendingDeliveries: 0 } });
    expect((await deliveriesOf(event.id)).map((one) => one.state)).toEqual(["failed", "delivered"]);
  });
});

describe("faults of webhooks", () => {
  it("lose all, and what is lost is still in the list of events", async () => {
    await faults({ drop: "all" });
    const customer = await bench.stripe.customers.create({ name: "Lost" });
    await bench.control("POST", "/_control/webhooks/flush");
    expect(bench.receiver.received).toEqual([]);
    expect((await deliveriesOf((await eventOf(customer.id)).id))[0]).toMatchObject({ state: "dropped" });
    expect((await bench.control("DELETE", "/_control/faults")).body).toMatchObject({ webhooks: { drop: 0 } });
    await bench.control("POST", `/_control/events/${(await eventOf(customer.id)).id}/redeliver`);
    await bench.receiver.until((all) => all.length === 1);
  });

  it("send copies", async () => {
    await faults({ duplicate: 2 });
    await bench.stripe.customers.create({ name: "Thrice" });
    await bench.receiver.until((all) => all.length >= 3);
    expect(new Set(bench.receiver.received.map(({ event }) => event.id)).size).toBe(1);
  });

  it("reverse the order of what gathers", async () => {
    await faults({ reorder: true });
    for (const name of ["1", "2", "3", "4"]) await bench.stripe.customers.create({ name });
    await bench.receiver.until((all) => all.length >= 4);
    expect(names()).toEqual(["4", "3", "2", "1"]);
  });

  it("send effects before causes when that is asked for, a moment's events together", async () => {
    await faults({ order: "observed" });
    const customer = await bench.stripe.customers.create({ name: "Ada" });
    const card = await bench.stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await bench.receiver.until((all) => all.length >= 2);
    bench.receiver.received.length = 0;
    await bench.stripe.subscriptions.create({
      customer: customer.id,
      default_payment_method: card.id,
      items: [{ price: "price_TEST123" }],
    });
    await bench.control("POST", "/_control/clock/advance", { by: "PT1M" });
    const types = bench.receiver.types();
    expect(types.indexOf("charge.succeeded")).toBe(0);
    expect(types.indexOf("payment_intent.succeeded")).toBeLessThan(types.indexOf("payment_intent.created"));
    expect(types.slice(-2).sort()).toEqual(["charge.updated", "invoice_payment.paid"]);
  });

  it("come late", async () => {
    await faults({ delayMs: 300 });
    const started = performance.now();
    await bench.stripe.customers.create({ name: "Late" });
    await bench.receiver.until((all) => all.length >= 1);
    expect(performance.now() - started).toBeGreaterThan(290);
  });

  it("are in order of creation when nothing is set", async () => {
    for (const name of ["1", "2", "3", "4", "5", "6"]) await bench.stripe.customers.create({ name });
    await bench.receiver.until((all) => all.length >= 6);
    expect(names()).toEqual(["1", "2", "3", "4", "5", "6"]);
  });
});
