import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { insertProduct } from "../../scripts/test/purchases.ts";
import { sized } from "../../scripts/test/size.ts";
import { listInvoices } from "../billing/invoice-list.ts";
import { connect, databaseFor, type Tx } from "../kernel/db.ts";
import type { Page } from "../kernel/page.ts";
import { listEmails } from "../messaging/queries.ts";
import { listOrders } from "../orders/order-list.ts";
import { listMemberships } from "../subscriptions/membership-list.ts";
import { listCustomers } from "./customer-list.ts";
import { search } from "./search.ts";
import { readWorkQueue } from "./work-queue.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test-service", max: 1 });
const member = connect(urls.member, { name: "test-member", max: 1 });
const owner = connect(urls.owner, { name: "test-owner", max: 1 });
afterAll(() => Promise.all([service.close(), member.close(), owner.close()]));

/** More than are counted, and enough that reading them all costs more than an index: writing them is most of the work. */
const MANY = sized(12_500, 50_000);
const now = () => new Date("2026-11-20T12:00:00Z");
const staff = databaseFor(member, {
  actor: { kind: "staff", userId: "usr_1", role: "support", customerId: null, tokens: [] },
  now,
  reactions: {},
});

/** Tables that grow with the shop: a page of a list, or a search, must never read one from end to end. */
const LARGE = [
  "orders",
  "customers",
  "subscriptions",
  "invoices",
  "emails",
  "payments",
  "checkouts",
  "fulfilments",
  "webhook_events",
];

beforeAll(async () => {
  const system = databaseFor(service, { actor: { kind: "system", name: "test" }, now, reactions: {} });
  await system.transaction(insertProduct);
  const { sql: run } = service;
  const at = "timestamptz '2024-01-01' + n * interval '17 minutes'";
  /** Holds for as many as this, spread over all. */
  const few = (count: number) => `n % ${MANY / count} = 0`;
  const seed = (statement: string) => run.unsafe(`${statement} from generate_series(1, ${MANY}) n`);
  await seed(`insert into customers (id, email, email_normalized, name, locale, created_at)
    select 'cus_' || n, 'buyer' || n || '@example.com', 'buyer' || n || '@example.com', 'Name' || n || ' Family' || (n % 997), 'sv', ${at}`);
  await seed(`insert into carts (id, access_token_hash, currency, status, created_at, updated_at)
    select 'crt_' || n, 'h' || n, 'SEK', 'ordered', ${at}, ${at}`);
  await seed(`insert into checkouts (id, access_token_hash, cart_id, cart_version, attempt, cancel_path, mode, status, currency, total_amount, lines, locale, requires_shipping, idempotency_key, stripe_session_id, expires_at, created_at)
    select 'chk_' || n, 'h' || n, 'crt_' || n, 1, 1, '/cart', 'payment', 'completed', 'SEK', 100, '[]', 'sv', true, 'k' || n, 'cs_test_' || n, ${at}, ${at}`);
  await seed(`insert into orders (id, checkout_id, customer_id, access_token_hash, email, locale, status, currency, total_amount, tax_amount, placed_at)
    select 'ord_' || n, 'chk_' || n, 'cus_' || n, 'h' || n, 'buyer' || n || '@example.com', 'sv', case when n % 50 = 0 then 'cancelled' else 'confirmed' end, 'SEK', 100 + n % 5000, 0, ${at}`);
  await seed(`insert into payments (id, customer_id, order_id, provider, external_id, status, currency, amount, card_last4, paid_at, created_at)
    select 'pay_' || n, 'cus_' || n, 'ord_' || n, 'stripe', 'pi_test_' || n, case when ${few(2)} then 'unknown' else 'paid' end, 'SEK', 100, lpad((n % 10000)::text, 4, '0'), ${at}, ${at}`);
  await seed(`insert into subscriptions (id, customer_id, order_id, product_id, stripe_subscription_id, status, price_receipt_id, currency, amount, interval, interval_count, created_at)
    select 'sub_' || n, 'cus_' || n, 'ord_' || n, 'thing', 'sub_stripe_' || n, case when ${few(5)} then 'past_due' else 'active' end, 'rcp', 'SEK', 100, 'month', 1, ${at}`);
  await seed(`insert into invoices (id, customer_id, subscription_id, stripe_invoice_id, number, status, reason, currency, total_amount, amount_paid, tax_amount, attempt_count, created_at)
    select 'inv_' || n, 'cus_' || n, 'sub_' || n, 'in_' || n, 'KV' || lpad(n::text, 6, '0'), case when ${few(10)} then 'open' else 'paid' end, 'subscription_cycle', 'SEK', 100 + n % 5000, 100, 6, case when ${few(10)} then 1 else 0 end, ${at}`);
  await seed(`insert into fulfilments (id, order_id, customer_id, status, created_at)
    select 'ful_' || n, 'ord_' || n, 'cus_' || n, case when ${few(10)} then 'not_started' else 'shipped' end, ${at}`);
  await seed(`insert into emails (id, dedupe_key, template, locale, to_address, subject, html, text, status, message_id, cause, created_at)
    select 'eml_' || n, 'd' || n, 'order-confirmation', 'sv', 'buyer' || n || '@example.com', 's', 'h', 't', case when ${few(5)} then 'failed' else 'sent' end, 'm' || n, 'c', ${at}`);
  await seed(`insert into webhook_events (id, provider, external_id, type, object_id, payload, status, occurred_at, received_at)
    select 'stripe:evt_' || n, 'stripe', 'evt_' || n, 'invoice.paid', 'in_' || n, '{}', case when ${few(2)} then 'dead' else 'handled' end, ${at}, ${at}`);
  await owner.sql.unsafe(`analyze ${LARGE.join(", ")}`);
});

type Plan = { "Node Type": string; "Relation Name"?: string; "Actual Loops": number; Plans?: Plan[] };

/** Runs the work as staff and returns which large tables its statements read from end to end. */
async function readWhole(work: (tx: Tx) => Promise<unknown>): Promise<string[]> {
  const statements: SQL[] = [];
  await staff.transaction((tx) => work(watching(tx, statements)));
  expect(statements.length).toBeGreaterThan(0);
  const whole: string[] = [];
  await staff.transaction(async (tx) => {
    for (const statement of statements) {
      const [row] = await tx.execute<{ "QUERY PLAN": [{ Plan: Plan }] | string }>(
        sql`explain (analyze, format json) ${statement}`,
      );
      const plan = row?.["QUERY PLAN"];
      const [top] = typeof plan === "string" ? (JSON.parse(plan) as [{ Plan: Plan }]) : (plan ?? []);
      const visit = (node: Plan) => {
        // What a policy keeps ready for other visitors is never run for staff.
        if (node["Actual Loops"] === 0) return;
        if (node["Node Type"] === "Seq Scan" && LARGE.includes(node["Relation Name"] ?? "")) {
          whole.push(node["Relation Name"] ?? "");
        }
        node.Plans?.forEach(visit);
      };
      if (top) visit(top.Plan);
    }
  });
  return whole;
}

/** The same transaction, remembering each statement: those of the query builder and those written by hand. */
function watching(tx: Tx, statements: SQL[]): Tx {
  const session = (
    tx as unknown as {
      session: { prepareQuery(query: { sql: string; params: unknown[] }, ...rest: unknown[]): unknown };
    }
  ).session;
  const prepare = session.prepareQuery.bind(session);
  session.prepareQuery = (query, ...rest) => {
    const parts = query.sql.split(/\$\d+/);
    const order = [...query.sql.matchAll(/\$(\d+)/g)].map((match) => Number(match[1]) - 1);
    const pieces = parts.flatMap((part, index) => {
      const place = order[index];
      return place === undefined ? [sql.raw(part)] : [sql.raw(part), sql`${query.params[place]}`];
    });
    statements.push(sql.join(pieces));
    return prepare(query, ...rest);
  };
  return tx;
}

const deep = async <Row>(
  list: (cursor: string | undefined) => Promise<{ nextCursor: string | null; items: Row[] }>,
) => {
  const first = await list(undefined);
  expect(first.items).toHaveLength(50);
  return first.nextCursor ?? "";
};

type List = (tx: Tx, cursor?: string) => Promise<Page<unknown>>;

describe(`with ${MANY} of everything, no page of a list reads a table from end to end`, () => {
  test.each([
    ["orders, newest first", (tx, cursor) => listOrders(tx, { limit: 50, cursor })],
    ["orders, oldest first", (tx, cursor) => listOrders(tx, { limit: 50, cursor, direction: "asc" })],
    ["orders, dearest first", (tx, cursor) => listOrders(tx, { limit: 50, cursor, sort: "total" })],
    ["orders in one state", (tx, cursor) => listOrders(tx, { limit: 50, cursor, status: "cancelled" })],
    ["customers, newest first", (tx, cursor) => listCustomers(tx, { limit: 50, cursor })],
    ["customers by address", (tx, cursor) => listCustomers(tx, { limit: 50, cursor, sort: "email" })],
    ["memberships", (tx, cursor) => listMemberships(tx, { limit: 50, cursor })],
    ["invoices, newest first", (tx, cursor) => listInvoices(tx, { limit: 50, cursor })],
    ["invoices, dearest first", (tx, cursor) => listInvoices(tx, { limit: 50, cursor, sort: "total" })],
    ["invoices in one state", (tx, cursor) => listInvoices(tx, { limit: 50, cursor, status: "paid" })],
    ["mail", (tx, cursor) => listEmails(tx, { limit: 50, cursor })],
  ] satisfies [string, List][])("%s", async (_name, list: List) => {
    expect(await readWhole((tx) => list(tx))).toEqual([]);
    const next = await staff.transaction((tx) => deep((cursor) => list(tx, cursor)));
    expect(await readWhole((tx) => list(tx, next))).toEqual([]);
    const second = await staff.transaction((tx) => list(tx, next));
    expect(second.previousCursor).not.toBeNull();
    expect(await readWhole((tx) => list(tx, second.previousCursor ?? ""))).toEqual([]);
  });

  test.each([
    ["orders", (tx) => listOrders(tx, { limit: 50, q: "buyer4711@" })],
    ["orders by payment", (tx) => listOrders(tx, { limit: 50, q: "pi_test_4711" })],
    ["customers", (tx) => listCustomers(tx, { limit: 50, q: "Name4711 f" })],
    ["memberships", (tx) => listMemberships(tx, { limit: 50, q: "buyer4711@" })],
    ["invoices", (tx) => listInvoices(tx, { limit: 50, q: "kv004711" })],
    ["invoices of somebody", (tx) => listInvoices(tx, { limit: 50, customer: "buyer4711@" })],
    ["mail", (tx) => listEmails(tx, { limit: 50, q: "buyer4711@" })],
  ] satisfies [string, List][])("nor does the filter by words of %s", async (_name, list: List) => {
    expect(await readWhole(list)).toEqual([]);
    expect((await staff.transaction(list)).items).toHaveLength(1);
  });

  test.each([
    ["buyer4711@", "customer", "cus_4711"],
    ["Name4711 f", "customer", "cus_4711"],
    // A hundredth, or a fifth, of all numbers begin so.
    [sized("KV-100", "KV-1"), "order", null],
    ["pi_test_4711", "payment", "pay_4711"],
    ["cs_test_4711", "order", "ord_4711"],
    ["sub_stripe_4711", "subscription", "sub_4711"],
    ["evt_12471", "webhook_event", "stripe:evt_12471"],
    ["4711", "payment", null],
  ])("nor does a search for %s", async (words, kind, id) => {
    expect(await readWhole((tx) => search(tx, words))).toEqual([]);
    const hits = await staff.transaction((tx) => search(tx, words));
    expect(hits.map((hit) => hit.kind)).toContain(kind);
    if (id !== null) expect(hits.map((hit) => hit.id)).toContain(id);
  });

  test("nor does the work queue", async () => {
    expect(await readWhole(readWorkQueue)).toEqual([]);
    const { counts } = await staff.transaction(readWorkQueue);
    expect(counts).toMatchObject({
      payment_unknown: 2,
      membership_past_due: 5,
      webhook_dead: 2,
      awaiting_fulfilment: 10,
    });
  });

  test("and a page back is the page one came from", async () => {
    const page = (cursor?: string) => staff.transaction((tx) => listOrders(tx, { limit: 50, cursor, counted: true }));
    const first = await page();
    const second = await page(first.nextCursor ?? "");
    const back = await page(second.previousCursor ?? "");
    expect(back.items.map((item) => item.id)).toEqual(first.items.map((item) => item.id));
    expect(back.previousCursor).toBeNull();
    expect(first.total).toEqual({ count: 10_000, more: true });
  });
});
