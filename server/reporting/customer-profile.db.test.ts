import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customers, users } from "../../drizzle/schema/identity.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import { insertProduct, insertPurchase } from "../../scripts/test/purchases.ts";
import type { Actor } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import { connect, databaseFor } from "../kernel/db.ts";
import { begin, transition } from "../kernel/machine.ts";
import { orderMachine } from "../orders/order-status.ts";
import { listCustomers } from "./customer-list.ts";
import { readCustomerProfile } from "./customer-profile.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test-service", max: 2 });
const member = connect(urls.member, { name: "test-member", max: 2 });
afterAll(() => Promise.all([service.close(), member.close()]));
const now = () => new Date("2026-11-20T12:00:00Z");
const system = databaseFor(service, { actor: { kind: "system", name: "test" }, now, reactions: {} });
const as = (actor: Actor) => databaseFor(member, { actor, now, reactions: {} });
const staff = as({ kind: "staff", userId: "usr_support", role: "support", customerId: null, tokens: [] });

beforeAll(() =>
  system.transaction(async (tx) => {
    await insertProduct(tx);
    for (const tag of ["anna", "bo"]) {
      const email = `${tag}@example.com`;
      await tx.insert(users).values({
        id: `usr_${tag}`,
        email,
        emailNormalized: email,
        emailVerifiedAt: tag === "anna" ? now() : null,
        passwordHash: "x",
        locale: "sv",
        createdAt: now(),
      });
      await tx.insert(customers).values({
        id: `cus_${tag}`,
        userId: `usr_${tag}`,
        email,
        emailNormalized: email,
        name: tag,
        locale: "sv",
        createdAt: now(),
      });
      await insertPurchase(tx, { customerId: `cus_${tag}`, tag, email });
    }
    await tx.insert(customers).values({
      id: "cus_guest",
      email: "guest_1@example.com",
      emailNormalized: "guest_1@example.com",
      locale: "en",
      createdAt: now(),
    });
    await tx.insert(customers).values({
      id: "cus_claimed",
      email: "anna@example.com",
      emailNormalized: "anna@example.com",
      locale: "sv",
      mergedIntoId: "cus_anna",
      createdAt: now(),
    });
    await begin(tx, orderMachine, { id: "ord_anna" });
    await transition(tx, orderMachine, { id: "ord_anna", event: "paid", cause: "stripe:evt_1" });
  }),
);
beforeAll(async () => {
  await service.sql`update payments set status = 'partially_refunded', refunded_amount = 30, paid_at = created_at where id = 'pay_anna'`;
  await service.sql`update subscriptions set status = 'active', amount = 39900, current_period_end_at = '2026-12-20T12:00:00Z' where id = 'sub_anna'`;
  await service.sql`insert into webhook_events (id, provider, external_id, type, object_id, payload, occurred_at, effect)
    values ('stripe:evt_1', 'stripe', 'evt_1', 'payment_intent.succeeded', 'pi_anna', '{}', '2026-11-20T11:59:00Z', 'Paid.'),
           ('stripe:evt_2', 'stripe', 'evt_2', 'payment_intent.succeeded', 'pi_bo', '{}', '2026-11-20T11:59:00Z', null)`;
  await staff.transaction((tx) => recordAct(tx, { action: "email.resend", subject: "eml_anna", reason: "asked" }));
});

describe("the list", () => {
  const list = (input: { q?: string; cursor?: string; limit?: number }) =>
    staff.transaction((tx) => listCustomers(tx, { limit: 50, ...input }));

  test("has everybody once: claimed guests are part of their account", async () => {
    const { items } = await list({});
    expect(items.map(({ id, kind, orders }) => ({ id, kind, orders }))).toEqual([
      { id: "cus_guest", kind: "guest", orders: 0 },
      { id: "cus_bo", kind: "unconfirmed", orders: 1 },
      { id: "cus_anna", kind: "account", orders: 1 },
    ]);
  });

  test.each([
    ["ANNA@", ["cus_anna"]],
    ["cus_bo", ["cus_bo"]],
    ["cus_stripe_bo", ["cus_bo"]],
    ["guest_1", ["cus_guest"]],
    ["guestX1", []],
    ["%", []],
  ])("finds by %s", async (q, ids) => {
    expect((await list({ q })).items.map((item) => item.id)).toEqual(ids);
  });

  test("pages through customers of one and the same instant", async () => {
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...second.items].map((item) => item.id)).toEqual(["cus_guest", "cus_bo", "cus_anna"]);
    expect(second.nextCursor).toBeNull();
  });

  test("is empty for whoever is not staff", async () => {
    const visitor = as({ kind: "anonymous", tokens: [] });
    expect((await visitor.transaction((tx) => listCustomers(tx, { limit: 50 }))).items).toEqual([]);
  });
});

describe("one customer", () => {
  const profile = (id: string) => staff.transaction((tx) => readCustomerProfile(tx, { id, limit: 50 }));

  test("shows who it is, what was paid, and what comes next", async () => {
    expect(await profile("cus_anna")).toMatchObject({
      email: "anna@example.com",
      account: { userId: "usr_anna", disabledAt: null },
      claimedGuestIds: ["cus_claimed"],
      paid: [{ currency: "SEK", amount: 100, refundedAmount: 30 }],
      memberships: [{ id: "sub_anna", productName: { sv: "Sak", en: "Thing" }, status: "active" }],
      orders: [{ id: "ord_anna", status: "confirmed" }],
      payments: [{ id: "pay_anna", externalId: "pi_anna" }],
      emails: [{ id: "eml_anna" }],
      providerCustomers: [{ provider: "stripe", externalId: "cus_stripe_anna", reusable: true }],
      next: [
        { what: "mail", emailId: "eml_anna", subject: "order-confirmation" },
        { at: new Date("2026-12-20T12:00:00Z"), what: "renewal", subscriptionId: "sub_anna", amount: 39_900 },
      ],
    });
  });

  test("says that a membership ends instead of renewing, and nothing of an ended one", async () => {
    await service.sql`update subscriptions set cancel_at = '2026-12-01T00:00:00Z' where id = 'sub_anna'`;
    expect((await profile("cus_anna")).next).toMatchObject([
      { what: "mail", emailId: "eml_anna" },
      { what: "end", amount: null, at: new Date("2026-12-01T00:00:00Z") },
    ]);
    await service.sql`update subscriptions set cancel_at = null where id = 'sub_anna'`;
    expect((await profile("cus_bo")).next.filter((event) => event.what !== "mail")).toEqual([]);
  });

  test("tells everything that happened with this one and nothing of another", async () => {
    await service.sql`insert into customer_notes (id, about_id, author_id, text, at)
      select 'not_anna', 'cus_anna', id, 'Called about her order.', '2026-11-20T10:00:00Z' from users limit 1`;
    await service.sql`insert into credit_accounts (customer_id, created_at) values ('cus_anna', now()), ('cus_bo', now())`;
    for (const [id, customer, kind] of [
      ["cro_1", "cus_anna", "grant"],
      ["cro_2", "cus_anna", "consume"],
      ["cro_3", "cus_anna", "remove"],
      ["cro_4", "cus_bo", "grant"],
    ] as const)
      await service.sql`insert into credit_operations (id, customer_id, kind, key, body_hash, credits, balance_after, reason, actor, at)
        values (${id}, ${customer}, ${kind}, ${`${customer}:${id}`}, '', 25, 75, 'because', 'system:test', '2026-11-20T11:00:00Z')`;
    const timeline = (await profile("cus_anna")).timeline.items;
    expect(timeline.filter(({ what }) => what === "credits").map(({ event, state }) => `${event} ${state}`)).toEqual([
      "remove -25",
      "grant 25",
    ]);
    expect(timeline.map(({ what, event, subjectId }) => `${what} ${event} ${subjectId}`).toSorted()).toEqual([
      "credits grant cro_1",
      "credits remove cro_3",
      "mail order-confirmation eml_anna",
      "note Called about her order. not_anna",
      "order created ord_anna",
      "order paid ord_anna",
      "staff email.resend eml_anna",
      "webhook payment_intent.succeeded stripe:evt_1",
    ]);
    const instants = timeline.map((entry) => entry.at.getTime());
    expect(instants).toEqual(instants.toSorted((a, b) => b - a));
  });

  test("of a guest has no account", async () => {
    expect(await profile("cus_guest")).toMatchObject({ account: null, orders: [], timeline: { items: [] }, paid: [] });
  });

  test("is refused where there is none", async () => {
    await expect(profile("cus_nobody")).rejects.toMatchObject({ code: "customers.not_found", kind: "not_found" });
  });
});
