import { beforeAll, describe, expect, it } from "vitest";
import { LIST_EXPORTS } from "../app/lib/lists/exports.server.ts";
import type { createCaller } from "../server/trpc/router.ts";
import { testCheckoutShop } from "./test/checkout-shop.ts";
import { testPurchases } from "./test/test-purchases.ts";

const shop = await testCheckoutShop();
const { bought, converge } = testPurchases(shop);
const { sql } = shop;
const session = { ...(await shop.member("owner@office.test")), staffRole: "owner" as const };
await sql`update users set staff_role = 'owner' where id = ${session.userId}`;
const caller = shop.browser({ session }).caller as ReturnType<typeof createCaller>;

type Page = { items: readonly { id?: unknown }[]; nextCursor: string | null; previousCursor?: string | null };
/** Lists whose queue function goes one way only. */
const ONE_WAY = ["jobs"];

beforeAll(async () => {
  for (const product of ["test-kund", "bag", "towel"]) {
    const purchase = await bought(product);
    await converge(purchase);
    await shop.work();
    const { lines } = await purchase.browser.caller.withdrawals.options({ ref: purchase.ref });
    await purchase.browser.caller.withdrawals.submit({
      order: { ref: purchase.ref },
      lineIds: lines.map((line) => line.id),
      formKey: `form-key-0123456789-${product}`,
    });
    await shop.work();
    const said = { name: "Anna Andersson", email: purchase.email, number: "KV-99999" };
    await purchase.browser.caller.withdrawals.state({ ...said, formKey: `form-key-0123456789-${product}` });
    await shop.work();
  }
  for (const event of (await shop.stripe.events.list({ limit: 10 })).data) await shop.receive(event);
  await fillParts();
});

/** Of lists on a record's own page: which record. */
const within: Record<string, Record<string, string>> = {};

async function fillParts(): Promise<void> {
  const customerId = session.customerId ?? "";
  const [bag] = await sql`select id from variants where product_id = 'bag'`;
  for (const [n, at] of [1, 2, 3].map((n) => [n, new Date(Date.UTC(2026, 10, n)).toISOString()] as const)) {
    await sql`insert into api_keys (id, customer_id, user_id, name, prefix, token_hash, scopes, rate_limit, created_at)
      values (${`key_${n}`}, ${customerId}, ${session.userId}, ${`Key ${n}`}, ${`kv_${n}`}, ${`hash ${n}`}, '["credits.read"]', 60, ${at})`;
    const key = `grant-of-the-list-${n}`;
    await caller.credits.office.adjust({ customerId, kind: "add", credits: n, reason: "for the list", key });
  }
  for (const [n, status] of ["paid", "in_transit", "failed"].entries())
    await sql`insert into payouts (id, external_id, status, currency, amount, arrival_at, created_at)
      values (${`pout_${n}`}, ${`po_${n}`}, ${status}, 'SEK', ${100 + n}, app_now(), app_now() - ${n} * interval '1 day')`;
  for (const by of [3, -1]) {
    const where = { variantId: String(bag?.id), locationId: "warehouse" };
    await caller.inventory.adjust({ ...where, change: { by }, reason: "correction", key: `moves-of-the-list-${by}` });
  }
  await shop.work();
  const endpoint = await caller.announcements.endpoints.add({
    name: "Another",
    url: "https://another.example/webhook",
  });
  const batch = await caller.webhooks.batches.start({
    act: "replay",
    selection: { ids: (await sql`select id from webhook_events`).map((row) => String(row.id)) },
    idempotencyKey: "key-of-every-list",
  });
  const organization = await caller.organizations.found({ name: "Kvarnen AB" });
  await peopleJoin(organization.id);
  await fillPages(organization.id);
  Object.assign(within, {
    orgmembers: { organizationId: organization.id },
    deliveries: { endpointId: endpoint.id },
    batchitems: { batchId: batch.id },
    keys: { customerId },
    grants: { customerId },
    movements: { productId: "bag" },
    showings: { offerId: "off_demo_price" },
  });
}

/** Parts of pages that have pages of their own: of which record. */
const parts = { customerId: "", organizationId: "", invoiceId: "", membershipId: "" };

async function fillPages(organizationId: string): Promise<void> {
  const [paid] = await sql`select s.id as membership, s.customer_id as customer, i.id as invoice
    from subscriptions s join invoices i on i.subscription_id = s.id limit 1`;
  const { membership, customer, invoice } = paid ?? {};
  Object.assign(parts, { organizationId, membershipId: membership, customerId: customer, invoiceId: invoice });
  for (const n of ["one", "two"]) {
    await sql`insert into subscriptions select (jsonb_populate_record(s, jsonb_build_object('id', ${`sub_${n}`}::text,
        'stripe_subscription_id', ${n}::text, 'customer_id', ${session.customerId}::text, 'status', 'past_due', 'overdue_since', app_now()))).*
      from subscriptions s where s.id = ${String(membership)}`;
    await sql`insert into invoices select (jsonb_populate_record(i, jsonb_build_object('id', ${`inv_${n}`}::text, 'stripe_invoice_id', ${n}::text,
        'subscription_id', ${`sub_${n}`}::text, 'customer_id', ${session.customerId}::text, 'status', 'open', 'amount_paid', 0, 'attempt_count', 1, 'number', null))).*
      from invoices i where i.id = ${String(invoice)}`;
    await sql`insert into plan_migrations (id, plan_code, from_version_id, to_version_id, subscribers, reason, idempotency_key, created_by, created_at, status)
      select ${`mig_${n}`}, 'pro', min(id), max(id), 1, 'for the list', ${n}, 'staff:test', app_now(), 'done' from plan_versions`;
  }
}

async function peopleJoin(organizationId: string): Promise<void> {
  for (const name of ["anna", "bo"]) {
    const { userId } = await shop.member(`${name}@kvarnen.test`);
    await sql`insert into organization_members (id, organization_id, user_id, role, joined_at)
      values (${`member_${name}`}, ${organizationId}, ${userId}, 'member', app_now())`;
  }
}

const rowsOf = async (list: (typeof LIST_EXPORTS)[number], asked: Record<string, string | number | undefined>) =>
  Array.fromAsync(list.rows(caller as never, { ...within[list.definition.name], ...asked })) as Promise<
    { id?: string }[]
  >;

describe.each(LIST_EXPORTS.map((list) => [list.definition.name, list] as const))("the list of %s", (name, list) => {
  it("has a name that its file and its cookie can bear, and a column for every value", () => {
    expect(name).toMatch(/^[a-z]{2,30}$/);
    expect(list.definition.path).toMatch(/^\/admin\//);
    expect(new Set(list.columns.map((column) => column.name)).size).toBe(list.columns.length);
  });

  it("is read whole, a row each, in every order that it offers", async () => {
    const all = await rowsOf(list, {});
    for (const column of list.columns) for (const row of all) (column.value as (row: unknown) => unknown)(row);
    expect(new Set(all.map((row) => JSON.stringify(row))).size).toBe(all.length);
    if (ONE_WAY.includes(name)) return;
    for (const sort of Object.keys(list.definition.sorts)) {
      const down = await rowsOf(list, { sort, direction: "desc" });
      const up = await rowsOf(list, { sort, direction: "asc" });
      expect(up.map((row) => row.id)).toEqual(down.map((row) => row.id).toReversed());
      expect(down).toHaveLength(all.length);
    }
  });

  it("takes each of its filters, and shows no more than without", async () => {
    const all = await rowsOf(list, {});
    for (const [filter, field] of Object.entries(list.definition.fields)) {
      const words =
        field.kind === "choice"
          ? field.options.map((option) => option.value)
          : [{ search: "no-such-thing", date: "2020-01-01", moment: "2020-01-01T09:30" }[field.kind]];
      for (const word of words) {
        expect(list.definition.filters[filter]?.safeParse(word).success, `${filter}=${word}`).toBe(true);
        const some = await rowsOf(list, { [filter]: word });
        // The inbox leaves its own tests out unless they are asked for.
        if (filter !== "own") expect(some.length).toBeLessThanOrEqual(all.length);
        if (field.kind === "search") expect(some, `${filter}=${word}`).toEqual([]);
      }
    }
  });

  it("refuses by itself a filter that the database cannot hold", async () => {
    const impossible = { search: "a\u0000b", date: "0000-01-01", moment: "0000-01-01T09:30" };
    for (const [filter, field] of Object.entries(list.definition.fields)) {
      if (field.kind === "choice") continue;
      // What the address may not say is left out.
      if (field.kind !== "search")
        expect(list.definition.filters[filter]?.safeParse(impossible[field.kind]).success).toBe(false);
      if (field.kind === "moment") continue;
      const outcome = await rowsOf(list, { [filter]: impossible[field.kind] }).catch((error) => error.code);
      expect(outcome, filter).toSatisfy((one) => Array.isArray(one) || one === "BAD_REQUEST");
    }
  });
});

it("every list that the back office pages through goes forwards and back again to where it was", async () => {
  const pages: Record<string, (asked: { limit: number; cursor?: string }) => Promise<Page>> = {
    refunds: (asked) => caller.payments.refunds.all(asked),
    withdrawals: (asked) => caller.withdrawals.list(asked),
    statements: (asked) => caller.withdrawals.statements.list(asked),
    receipts: (asked) => caller.pricing.receipts.list(asked),
    prices: (asked) => caller.products.prices(asked),
    products: (asked) => caller.products.list(asked),
    webhooks: (asked) => caller.webhooks.events.list(asked),
    ledger: (asked) => caller.ledger.accounts.list(asked),
    orders: (asked) => caller.orders.list(asked),
    audit: (asked) => caller.audit.list(asked),
    mail: (asked) => caller.messaging.emails.list(asked),
    customers: (asked) => caller.customers.list(asked),
    movements: (asked) => caller.inventory.movements({ ...asked, productId: "bag" }),
    batchitems: (asked) => caller.webhooks.batches.items({ ...asked, batchId: within.batchitems?.batchId ?? "" }),
    keys: (asked) => caller.apiKeys.ofCustomer({ ...asked, customerId: within.keys?.customerId ?? "" }),
    orgmembers: (asked) =>
      caller.organizations.office.members({ ...asked, organizationId: within.orgmembers?.organizationId ?? "" }),
    "a customer's timeline": async (asked) => (await caller.customers.get({ ...asked, id: parts.customerId })).timeline,
    "an organization's timeline": async (asked) =>
      (await caller.reporting.organization({ ...asked, organizationId: parts.organizationId })).timeline,
    "an invoice's history": async (asked) =>
      (await caller.billing.invoices.get({ ...asked, id: parts.invoiceId })).history,
    "a membership's history": async (asked) =>
      (await caller.subscriptions.get({ ...asked, id: parts.membershipId })).history,
    plans: (asked) => caller.plans.list(asked),
    "a plan's moves": (asked) => caller.plans.migrations.list({ ...asked, code: "pro" }),
    overdue: (asked) => caller.billing.memberships.overdue(asked),
    grants: (asked) => caller.credits.office.grants({ ...asked, customerId: within.grants?.customerId ?? "" }),
  };
  for (const [name, ask] of Object.entries(pages)) {
    const first = await ask({ limit: 1 });
    expect(first.nextCursor, name).not.toBeNull();
    const second = await ask({ limit: 1, cursor: String(first.nextCursor) });
    expect(second.items[0]?.id, name).not.toBe(first.items[0]?.id);
    const back = await ask({ limit: 1, cursor: String(second.previousCursor) });
    expect(back.items[0]?.id, name).toBe(first.items[0]?.id);
  }
});
