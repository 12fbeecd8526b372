import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestBench, stripeClient, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { error?: Record<string, string> };
}

async function call(method: string, path: string, form = "", headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${bench.sandbox.url}${path}`, {
    method,
    headers: { Authorization: "Bearer sk_test_raw", "Content-Type": "application/x-www-form-urlencoded", ...headers },
    ...(method === "POST" ? { body: form } : {}),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer["body"] };
}

describe("keys", () => {
  it("are needed", async () => {
    const answer = await call("GET", "/v1/customers", "", { Authorization: "" });
    expect(answer.status).toBe(401);
    expect(answer.body.error?.message).toContain("You did not provide an API key.");
  });

  it("of a live account never work, and are not shown in the answer", async () => {
    const answer = await call("GET", "/v1/customers", "", { Authorization: "Bearer sk_live_51abcdefghijklmnop" });
    expect(answer.status).toBe(401);
    expect(answer.body.error).toMatchObject({
      type: "invalid_request_error",
      message: "Invalid API Key provided: sk_live_**************mnop",
    });
  });

  it("may be sent as a user name", async () => {
    const basic = `Basic ${Buffer.from("sk_test_x:").toString("base64")}`;
    expect((await call("GET", "/v1/customers", "", { Authorization: basic })).status).toBe(200);
  });
});

describe("bodies", () => {
  /** Begins a call, and answers what comes back before its end was sent. */
  async function begun(headers: Record<string, string>, body: string): Promise<number | undefined> {
    const sent = request(`${bench.sandbox.url}/v1/customers`, {
      method: "POST",
      headers: { Authorization: "Bearer sk_test_raw", ...headers },
    });
    sent.on("error", () => {});
    sent.write(body);
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    sent.destroy();
    return answer.statusCode;
  }

  it("of more than a megabyte are refused, whether they say how long they are or not", async () => {
    expect(await begun({ "Content-Length": "1000001" }, "name=A")).toBe(413);
    expect(await begun({ "Transfer-Encoding": "chunked" }, `name=${"A".repeat(1_000_000)}`)).toBe(413);
    const body = new Blob(["name=A"]).stream();
    const headers = { Authorization: "Bearer sk_test_raw", "Content-Type": "application/x-www-form-urlencoded" };
    const whole = await fetch(`${bench.sandbox.url}/v1/customers`, { method: "POST", headers, body, duplex: "half" });
    expect([whole.status, await whole.json()]).toMatchObject([200, { name: "A" }]);
  });
});

describe("what is not there", () => {
  it("is 404 for an unknown address", async () => {
    const answer = await call("GET", "/v1/nonsense");
    expect([answer.status, answer.body.error?.message]).toEqual([
      404,
      expect.stringContaining("Unrecognized request URL (GET: /v1/nonsense)."),
    ]);
  });

  it("is 501 for an operation that is not simulated, without retries, and is listed", async () => {
    const stripe = stripeClient(bench.sandbox.port, { retries: 2 });
    await expect(
      stripe.plans.create({ currency: "sek", interval: "month", product: "prod_TEST123", amount: 100 }),
    ).rejects.toMatchObject({
      statusCode: 501,
      type: "StripeAPIError",
    });
    const state = (await bench.control("GET", "/_control/state")).body as {
      unimplemented: { call: string; times: number }[];
    };
    expect(state.unimplemented).toContainEqual({ call: expect.stringContaining("POST /v1/plans"), times: 1 });
  });

  it("is 501 for a parameter that is not simulated", async () => {
    const answer = await call("POST", "/v1/customers", "validate=true");
    expect([answer.status, answer.headers.get("stripe-should-retry")]).toEqual([501, "false"]);
  });

  it("is not mistaken for an object: a search is no customer called search", async () => {
    expect((await call("GET", "/v1/customers/search?query=x")).status).toBe(400);
    expect((await call("GET", "/v1/subscriptions/search/x")).status).toBe(404);
  });

  it("is 404 for an unknown object in an address and 400 for one in a parameter", async () => {
    expect(await call("GET", "/v1/customers/cus_none")).toMatchObject({
      status: 404,
      body: {
        error: {
          code: "resource_missing",
          param: "id",
          message: "No such customer: 'cus_none'",
          type: "invalid_request_error",
        },
      },
    });
    const answer = await call(
      "POST",
      "/v1/checkout/sessions",
      "mode=payment&success_url=http://x.test&line_items[0][price]=invalid&line_items[0][quantity]=1",
    );
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: "resource_missing", param: "line_items[0][price]", message: "No such price: 'invalid'" } },
    });
  });
});

describe("answers", () => {
  it("carry the provider's headers", async () => {
    const { headers } = await call("POST", "/v1/customers", "name=Ada", { "Idempotency-Key": "headers-1" });
    expect(headers.get("request-id")).toMatch(/^req_/);
    expect(headers.get("original-request")).toBe(headers.get("request-id"));
    expect([headers.get("stripe-version"), headers.get("idempotency-key"), headers.get("stripe-should-retry")]).toEqual(
      ["2026-10-28.endive", "headers-1", "false"],
    );
  });

  it("list an error's parts in alphabetical order, with its page", async () => {
    const { body } = await call("POST", "/v1/customers", "colour=red");
    expect(Object.keys(body.error ?? {})).toEqual(["code", "doc_url", "message", "param", "request_log_url", "type"]);
    expect(body.error?.doc_url).toBe("https://stripe.com/docs/error-codes/parameter-unknown");
  });
});

describe("idempotency", () => {
  it("replays the first answer and does nothing twice", async () => {
    const first = await call("POST", "/v1/customers", "name=Once", { "Idempotency-Key": "once" });
    const second = await call("POST", "/v1/customers", "name=Once", { "Idempotency-Key": "once" });
    expect(second.body).toEqual(first.body);
    expect([first.headers.get("idempotent-replayed"), second.headers.get("idempotent-replayed")]).toEqual([
      null,
      "true",
    ]);
    expect(second.headers.get("original-request")).toBe(first.headers.get("request-id"));
    const found = await bench.stripe.customers.list({ limit: 100 });
    expect(found.data.filter((one) => one.name === "Once")).toHaveLength(1);
  });

  it("refuses a key with other parameters or another address", async () => {
    await call("POST", "/v1/customers", "name=A", { "Idempotency-Key": "other" });
    const changed = await call("POST", "/v1/customers", "name=B", { "Idempotency-Key": "other" });
    expect(changed).toMatchObject({
      status: 400,
      body: { error: { type: "idempotency_error", message: expect.stringContaining("same parameters") } },
    });
    const elsewhere = await call("POST", "/v1/products", "name=A", { "Idempotency-Key": "other" });
    expect(elsewhere).toMatchObject({ status: 400, body: { error: { type: "idempotency_error" } } });
    const stripe = stripeClient(bench.sandbox.port);
    await expect(stripe.customers.create({ name: "C" }, { idempotencyKey: "other" })).rejects.toBeInstanceOf(
      Stripe.errors.StripeIdempotencyError,
    );
  });

  it("forgets a request that was refused before anything was done", async () => {
    expect((await call("POST", "/v1/customers", "colour=red", { "Idempotency-Key": "typo" })).status).toBe(400);
    expect((await call("POST", "/v1/customers", "name=fixed", { "Idempotency-Key": "typo" })).status).toBe(200);
  });

  it("tells a second request with the same key to wait while the first is running", async () => {
    await bench.control("POST", "/_control/faults", {
      calls: [{ kind: "delay", delayMs: 1_500, path: "/v1/customers" }],
    });
    const both = [1, 2].map(() => call("POST", "/v1/customers", "name=Slow", { "Idempotency-Key": "slow" }));
    // Whichever came first is the one that takes its time.
    const [first, second] = (await Promise.all(both)).sort((a, b) => a.status - b.status);
    expect(first?.status).toBe(200);
    expect([second?.status, second?.body.error?.code]).toEqual([409, "idempotency_key_in_use"]);
  });

  it("forgets a key after a day on the sandbox clock", async () => {
    const first = await call("POST", "/v1/customers", "name=Day", { "Idempotency-Key": "day" });
    await bench.control("POST", "/_control/clock/advance", { by: "P2D" });
    const second = await call("POST", "/v1/customers", "name=Day", { "Idempotency-Key": "day" });
    expect(second.body.id).not.toBe(first.body.id);
  });

  it("refuses an empty key", async () => {
    expect(await call("POST", "/v1/customers", "name=A", { "Idempotency-Key": "" })).toMatchObject({ status: 400 });
  });
});

describe("lists", () => {
  it("page newest first in both directions and follow the client's iteration", async () => {
    const made: string[] = [];
    for (let index = 0; index < 25; index += 1)
      made.unshift((await bench.stripe.customers.create({ email: "many@example.com", name: `${index}` })).id);
    const all: string[] = [];
    for await (const one of bench.stripe.customers.list({ email: "many@example.com", limit: 10 })) all.push(one.id);
    expect(all).toEqual(made);
    const middle = await bench.stripe.customers.list({ email: "many@example.com", limit: 3, ending_before: made[10] });
    expect([middle.data.map((one) => one.id), middle.has_more]).toEqual([made.slice(7, 10), true]);
  });

  it("refuse cursors that do not exist, limits that are too large and two cursors at once", async () => {
    await expect(bench.stripe.customers.list({ starting_after: "cus_none" })).rejects.toMatchObject({
      code: "resource_missing",
      param: "starting_after",
    });
    await expect(bench.stripe.customers.list({ limit: 101 })).rejects.toMatchObject({
      code: "parameter_invalid_integer",
      param: "limit",
    });
  });

  it("filter by time of creation", async () => {
    const { now } = (await bench.control("GET", "/_control/clock")).body as { now: string };
    const seconds = Math.floor(Date.parse(now) / 1000);
    await bench.control("POST", "/_control/clock/advance", { by: "P1D" });
    const later = await bench.stripe.customers.create({ name: "later" });
    const found = await bench.stripe.customers.list({ created: { gt: seconds + 3_600 }, limit: 100 });
    expect(found.data.map((one) => one.id)).toEqual([later.id]);
    expect((await bench.stripe.customers.list({ created: { gt: seconds + 90_000 } })).data).toEqual([]);
  });
});

describe("expand", () => {
  it("follows ids, also in lists, and leaves what is stored alone", async () => {
    const price = await bench.stripe.prices.retrieve("price_TEST123", { expand: ["product"] });
    expect(price.product).toMatchObject({ id: "prod_TEST123", object: "product" });
    const list = await bench.stripe.prices.list({ expand: ["data.product.default_price"] });
    expect(list.data[0]?.product).toMatchObject({ object: "product" });
    expect((await bench.stripe.prices.retrieve("price_TEST123")).product).toBe("prod_TEST123");
  });

  it("refuses what cannot be expanded, and more than four levels", async () => {
    const answer = await call("GET", "/v1/prices/price_TEST123?expand[]=metadata");
    expect([answer.status, answer.body.error?.message]).toEqual([400, "This property cannot be expanded (metadata)."]);
    const deep = await call("GET", "/v1/prices?expand[]=data.product.default_price.product.default_price");
    expect(deep.body.error?.code).toBe("property_expansion_max_depth");
  });
});
