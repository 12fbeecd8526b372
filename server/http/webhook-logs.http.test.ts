import { Hono } from "hono";
import { afterAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { loadConfig } from "../kernel/config.ts";
import { hashToken } from "../kernel/id.ts";
import { createRuntime } from "../wire.ts";
import { webhookLogs } from "./webhooks.ts";

const { urls } = await testDatabase();
const config = loadConfig({
  DATABASE_URL: urls.member,
  DATABASE_SERVICE_URL: urls.service,
  STRIPE_SECRET_KEY: "sk_test_logs",
  STRIPE_API_BASE: "http://127.0.0.1:9",
  SESSION_SECRET: "0123456789abcdef0123456789abcdef",
  LOG_LEVEL: "fatal",
});
const runtime = createRuntime(config, { process: "web" });
const { sql } = runtime.service;
const app = new Hono();
webhookLogs(app, runtime);
afterAll(() => runtime.close());

async function person(id: string, staffRole: string | null): Promise<string> {
  await sql`insert into users (id, email, email_normalized, password_hash, locale, staff_role, created_at)
    values (${id}, ${`${id}@example.se`}, ${`${id}@example.se`}, 'x', 'sv', ${staffRole}, now())`;
  await sql`insert into customers (id, user_id, email, email_normalized, locale, created_at)
    values (${`cus_${id}`}, ${id}, ${`${id}@example.se`}, ${`${id}@example.se`}, 'sv', now())`;
  const token = `token-of-${id}`;
  await sql`insert into sessions (id, user_id, token_hash, created_at, last_seen_at, expires_at)
    values (${`ses_${id}`}, ${id}, ${hashToken(token)}, now(), now(), now() + interval '1 day')`;
  return `__Host-sid=${token}`;
}
const cookies = {
  staff: await person("usr_reader", "read_only"),
  customer: await person("usr_customer", null),
  nobody: "",
};
for (let i = 0; i < 5; i++) {
  await sql`insert into webhook_events (id, provider, external_id, type, status, payload, occurred_at)
    values (${`stripe:evt_${i}`}, 'stripe', ${`evt_${i}`}, 'x.y', ${i === 0 ? "dead" : "handled"}, '{"email":"anna@example.se"}', now())`;
}
async function get(query: string, cookie: string) {
  const response = await app.request(`http://localhost:3000/api/webhooks/stripe/logs${query}`, { headers: { cookie } });
  return {
    status: response.status,
    body: (await response.json()) as {
      success: boolean;
      events?: { externalId: string }[];
      nextCursor?: string | null;
    },
  };
}

describe("GET /api/webhooks/stripe/logs", () => {
  test("is for staff", async () => {
    expect(await get("", cookies.nobody)).toMatchObject({ status: 401, body: { success: false } });
    expect(await get("", cookies.customer)).toMatchObject({ status: 403, body: { success: false } });
    expect((await get("", cookies.staff)).status).toBe(200);
  });

  test("shows the inbox page by page, filtered, without bodies", async () => {
    const first = await get("?limit=3", cookies.staff);
    const second = await get(`?limit=3&cursor=${first.body.nextCursor}`, cookies.staff);
    expect([...first.body.events!, ...second.body.events!].map((event) => event.externalId).toSorted()).toEqual([
      "evt_0",
      "evt_1",
      "evt_2",
      "evt_3",
      "evt_4",
    ]);
    expect(second.body.nextCursor).toBeNull();
    expect((await get("?status=dead", cookies.staff)).body.events?.map((event) => event.externalId)).toEqual(["evt_0"]);
    expect(JSON.stringify(first)).not.toContain("anna@example.se");
  });

  test("says what is wrong with a question", async () => {
    expect(await get("?status=lost", cookies.staff)).toMatchObject({
      status: 400,
      body: { success: false, field: "status" },
    });
    expect(await get("?cursor=nonsense", cookies.staff)).toMatchObject({ status: 400, body: { success: false } });
  });
});
