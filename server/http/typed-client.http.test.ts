import { createTRPCClient, httpBatchLink, httpBatchStreamLink, TRPCClientError } from "@trpc/client";
import superjson from "superjson";
import { afterAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { loadConfig } from "../kernel/config.ts";
import { connect } from "../kernel/db.ts";
import type { AppRouter } from "../trpc/router.ts";
import { createRuntime } from "../wire.ts";
import { createApp } from "./app.ts";

const { urls } = await testDatabase();
const config = loadConfig({
  DATABASE_URL: urls.member,
  DATABASE_SERVICE_URL: urls.service,
  STRIPE_SECRET_KEY: "sk_test_client",
  STRIPE_API_BASE: "http://127.0.0.1:9",
  SESSION_SECRET: "0123456789abcdef0123456789abcdef",
  LOG_LEVEL: "fatal",
});
const runtime = createRuntime(config, { process: "web" });
afterAll(() => runtime.close());
const app = createApp({
  runtime,
  remix: async () => new Response("a page"),
  webhooks: { receive: async () => ({ status: 503, body: "", headers: {} }) },
  endpoints: [],
  migrations: 0,
  development: false,
  draining: () => false,
});
const requests: string[] = [];
const transport = async (input: RequestInfo | URL | string, init?: RequestInit) => {
  requests.push(String(input));
  return app.request(String(input), init);
};
const link = { url: "http://localhost:3000/api/trpc", transformer: superjson, fetch: transport as typeof fetch };
const client = createTRPCClient<AppRouter>({ links: [httpBatchLink(link)] });

describe("a program with the typed client", () => {
  test("reads what everybody may, several calls in one request", async () => {
    requests.length = 0;
    const [products, memberships, me] = await Promise.all([
      client.catalog.products.list.query({}),
      client.catalog.memberships.list.query({}),
      client.identity.me.query(),
    ]);
    expect(requests).toHaveLength(1);
    expect([products.items, memberships.items, me]).toEqual([[], [], null]);
  });

  test("streams its answers too", async () => {
    const streaming = createTRPCClient<AppRouter>({ links: [httpBatchStreamLink(link)] });
    expect((await streaming.catalog.memberships.list.query({})).items).toEqual([]);
  });

  test("is told in codes what it may not do and what is not there", async () => {
    const refused = await client.orders.list.query({}).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TRPCClientError);
    expect((refused as TRPCClientError<AppRouter>).data).toMatchObject({
      code: "UNAUTHORIZED",
      httpStatus: 401,
      reason: "identity.sign_in_first",
    });
    const missing = await client.catalog.products.get.query({ id: "no-such" }).catch((error: unknown) => error);
    expect((missing as TRPCClientError<AppRouter>).data).toMatchObject({ code: "NOT_FOUND" });
  });

  test("gets no stack and no inner words when something breaks", async () => {
    const response = await app.request("http://localhost:3000/api/trpc/catalog.products.get?input=%7Bbroken");
    const body = await response.text();
    expect(response.status).toBe(400);
    expect(body).not.toMatch(/node_modules|\.ts:\d+|at Object/);
  });

  test("is told what cannot be kept, which is no fault of the shop", async () => {
    const asked = await client.pricing.receipts.get.query({ id: "a\u0000b" }).catch((error: unknown) => error);
    expect((asked as TRPCClientError<AppRouter>).data).toMatchObject({ code: "BAD_REQUEST", httpStatus: 400 });
  });
});

describe("what is counted of what went wrong", () => {
  const counted = async (kind: string) =>
    (await runtime.metrics.errors.get()).values.find(({ labels }) => labels.kind === kind)?.value ?? 0;

  test("a refusal as one, a fault of ours as one", async () => {
    const [refusals, bugs] = [await counted("domain"), await counted("bug")];
    await expect(client.pricing.receipts.get.query({ id: "no-such" })).rejects.toThrow();
    expect([await counted("domain"), await counted("bug")]).toEqual([refusals + 1, bugs]);
    const owner = connect(urls.owner, { name: "test-client-owner", max: 1 });
    await owner.sql`alter table price_receipts rename to receipts_elsewhere`;
    try {
      const failed = await client.pricing.receipts.get.query({ id: "no-such" }).catch((error: unknown) => error);
      expect((failed as TRPCClientError<AppRouter>).data).toMatchObject({ httpStatus: 500 });
    } finally {
      await owner.sql`alter table receipts_elsewhere rename to price_receipts`;
      await owner.close();
    }
    expect([await counted("domain"), await counted("bug")]).toEqual([refusals + 1, bugs + 1]);
  });
});

describe("a page", () => {
  const post = (body?: BodyInit, type?: string) =>
    app.request("http://localhost:3000/cart", { method: "POST", body, headers: type ? { "content-type": type } : {} });

  test("takes a form, in both ways that browsers send one", async () => {
    const form = new FormData();
    form.set("quantity", "2");
    expect((await post(form)).status).toBe(200);
    expect((await post(new URLSearchParams({ quantity: "2" }))).status).toBe(200);
  });

  test("is not asked about anything else", async () => {
    expect((await post()).status).toBe(415);
    expect((await post("{}", "application/json")).status).toBe(415);
    expect((await post("quantity=2", "multipart/form-data")).status).toBe(415);
    expect((await app.request("http://localhost:3000/cart", { method: "PUT" })).status).toBe(415);
  });
});
