import { TRPCError } from "@trpc/server";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPurchases } from "../../scripts/test/test-purchases.ts";
import { DomainError } from "../kernel/errors.ts";
import { PROCEDURES } from "./authorization-table.ts";
import { appRouter } from "./router.ts";

const shop = await testCheckoutShop();
const { begin, eventsOf } = testPurchases(shop);
const { sql } = shop;
const signedIn = async (email: string) => ({ ...(await shop.member(email)), authenticatedAt: new Date() });
const [anna, bo] = [await signedIn("anna@example.se"), await signedIn("bo@example.se")];
const [asAnna, asBo] = [shop.browser({ session: anna }), shop.browser({ session: bo })];

/** Buys something while signed in: the order, its line, its price receipt, and the token of its links. */
async function purchase(browser: typeof asAnna, email: string) {
  const begun = await begin("towel", browser);
  await shop.pay(begun.url, { email });
  for (const event of await eventsOf(begun)) await shop.receive(event);
  await shop.work();
  const [order] = await sql`select id from orders where checkout_id = ${begun.checkoutId}`;
  const [line] = await sql`select id, price_receipt_id from order_lines where order_id = ${order?.id}`;
  const ids = { order: String(order?.id), line: String(line?.id), receipt: String(line?.price_receipt_id) };
  return { ...ids, ref: begun.ref };
}
let his: Awaited<ReturnType<typeof purchase>>;
let hers: typeof his;
let key = "";
let company = { id: "", memberId: "", invitationId: "", domainId: "odm_of_bo", requestId: "ojr_of_bo" };
let membership = { id: "", changeId: "", quote: "" };
beforeAll(async () => {
  his = await purchase(asBo, "bo@example.se");
  hers = await purchase(asAnna, "anna@example.se");
  await sql`insert into sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at)
    values (${bo.id}, 'bo', ${bo.userId}, now(), now(), now() + interval '1 day')`;
  await sql`insert into passkeys (id, user_id, credential_id, public_key, sign_count, transports, name, backed_up, created_at)
    values ('pky_bo', ${bo.userId}, 'c', 'x', 0, '', 'Key', false, now())`;
  await asBo.caller.apiKeys.make({ name: "Import", scopes: ["account.read"], budgetPeriod: "month" });
  const [made] = await sql`select id from api_keys where user_id = ${bo.userId}`;
  key = String(made?.id);
  const { id } = await asBo.caller.organizations.found({ name: "Bos bageri" });
  const { memberId } = await asBo.caller.organizations.get({ organizationId: id });
  await asBo.caller.organizations.invitations.invite({ organizationId: id, email: "cia@example.se", role: "billing" });
  const [invitation] = (await asBo.caller.organizations.invitations.list({ organizationId: id })).items;
  company = { ...company, id, memberId, invitationId: invitation?.id ?? "" };
  await sql`insert into organization_domains (id, organization_id, domain, way, claimed_by, created_at)
    values (${company.domainId}, ${id}, 'bos.example', 'ask', ${bo.userId}, app_now())`;
  await sql`insert into organization_join_requests (id, organization_id, domain, user_id, lacked_seat, created_at)
    values (${company.requestId}, ${id}, 'bos.example', ${anna.userId}, false, app_now())`;
  const begun = await begin("oppet", asBo);
  await shop.pay(begun.url, { email: "bo@example.se" });
  for (const event of await eventsOf(begun)) await shop.receive(event);
  await shop.work();
  const [running] = await sql`select id from subscriptions where customer_id = ${bo.customerId}`;
  const own = { id: String(running?.id) };
  const wished = { productId: "oppet-plus", variantId: "oppet-plus-month" };
  const { sealed } = await asBo.caller.billing.memberships.quote({ ...own, ...wished });
  const { changeId } = await asBo.caller.billing.memberships.cancel({ ...own, timing: "period_end", formKey });
  await shop.work();
  membership = { ...own, changeId, quote: sealed };
});

type Refusal = "not_found" | "conflict" | "forbidden" | "nothing";
const bosOrganization = `org_${bo.userId.replace("usr_", "")}`;
const formKey = "k".repeat(16);
/** What Anna asks about what is Bo's, and what she learns. A bearer token is whoever's holds it: hers for his, or a made-up one. */
const FOREIGN: Readonly<Record<string, readonly { input: () => unknown; finds: Refusal }[]>> = {
  "organizations.brand.get": [{ input: () => ofCompany({}), finds: "not_found" }],
  "organizations.brand.preview": [{ input: () => ofCompany({ name: "Annas", color: "#ffffff" }), finds: "forbidden" }],
  "organizations.brand.set": [{ input: () => ofCompany({ name: "Annas", color: "#ffffff" }), finds: "forbidden" }],
  "apiKeys.organization.list": [{ input: () => ofCompany({}), finds: "not_found" }],
  "apiKeys.organization.make": [
    { input: () => ofCompany({ name: "x", scopes: ["organization.read"] }), finds: "forbidden" },
  ],
  "apiKeys.organization.revoke": [{ input: () => ofCompany({ id: "key_of_bo" }), finds: "not_found" }],
  "apiKeys.revoke": [{ input: () => ({ id: key }), finds: "not_found" }],
  ...Object.fromEntries(
    [
      ["changeCard", { id: true }],
      ["cancel", { id: true, timing: "period_end", formKey }],
      ["changePlan", { id: true, quote: true, formKey }],
      ["changeSeats", { id: true, quote: true, formKey }],
      ["quoteSeats", { id: true, seats: 6 }],
      ["changeUnits", { id: true, quote: true, formKey }],
      ["quoteUnits", { id: true, units: 2 }],
      ["keep", { id: true, formKey }],
      ["life", { id: true }],
      ["outcome", { changeId: true }],
      ["pause", { id: true, formKey }],
      ["quote", { id: true, productId: "oppet-plus", variantId: "oppet-plus-month" }],
      ["resume", { id: true, formKey }],
      ["retry", { id: true, formKey }],
    ].map(([path, more]) => [
      `billing.memberships.${String(path)}`,
      [{ input: () => filled(membership, more as Record<string, unknown>), finds: "not_found" as const }],
    ]),
  ),
  "billing.memberships.seats": [{ input: () => ({ organizationId: bosOrganization }), finds: "not_found" }],
  "checkout.abandon": [{ input: () => ({ ref: "a".repeat(43) }), finds: "not_found" }],
  "checkout.buyCredits": [{ input: () => ({ quantity: 1, keyId: key }), finds: "not_found" }],
  "checkout.confirm": [{ input: () => ({ ref: "a".repeat(43) }), finds: "not_found" }],
  "checkout.plan.buy": [
    { input: () => ({ organizationId: bosOrganization, planCode: "pro", interval: "month" }), finds: "forbidden" },
  ],
  "checkout.plan.portal": [{ input: () => ({ organizationId: bosOrganization }), finds: "forbidden" }],
  "checkout.status": [{ input: () => ({ ref: "a".repeat(43) }), finds: "not_found" }],
  "credits.confirm": [{ input: () => ({ reservationId: "crv_of_bo", credits: 1 }), finds: "not_found" }],
  "credits.release": [{ input: () => ({ reservationId: "crv_of_bo" }), finds: "not_found" }],
  "entitlements.explain": [{ input: () => ({ organizationId: bosOrganization }), finds: "forbidden" }],
  "entitlements.exports.begin": [
    { input: () => ({ organizationId: bosOrganization, format: "zip" }), finds: "forbidden" },
  ],
  "entitlements.exports.page": [
    { input: () => ({ organizationId: bosOrganization, format: "json", part: "members" }), finds: "forbidden" },
  ],
  "entitlements.get": [{ input: () => ({ organizationId: bosOrganization }), finds: "forbidden" }],
  "entitlements.token": [{ input: () => ({ organizationId: bosOrganization }), finds: "forbidden" }],
  "offers.show": [{ input: () => filled(membership, { id: true, formKey }), finds: "not_found" }],
  "offers.read": [{ input: () => ({ showingId: "ofs_of_bo" }), finds: "not_found" }],
  "offers.accept": [{ input: () => ({ showingId: "ofs_of_bo" }), finds: "not_found" }],
  "offers.decline": [{ input: () => ({ showingId: "ofs_of_bo", timing: "period_end" }), finds: "not_found" }],
  "identity.factors.passkeys.remove": [{ input: () => ({ id: "pky_bo" }), finds: "not_found" }],
  "identity.sessions.revoke": [{ input: () => ({ id: bo.id }), finds: "not_found" }],
  ...Object.fromEntries(
    [
      ["close", {}],
      ["domains.askers", {}],
      ["domains.change", { domainId: true, way: "join" }],
      ["domains.claim", { way: "join" }],
      ["domains.giveUp", { domainId: true }],
      ["domains.letIn", { requestId: true }],
      ["domains.list", {}],
      ["domains.refuse", { requestId: true }],
      ["get", {}],
      ["handOverPayment", { memberId: true }],
      ["invitations.invite", { email: "anna@example.se" }],
      ["invitations.inviteAll", { csv: "anna@example.se" }],
      ["invitations.list", {}],
      ["invitations.preview", { csv: "anna@example.se" }],
      ["invitations.resend", { invitationId: true }],
      ["invitations.withdraw", { invitationId: true }],
      ["leave", {}],
      ["members.assignSeat", { memberId: true }],
      ["members.changeRole", { memberId: true, role: "member" }],
      ["members.list", {}],
      ["members.remove", { memberId: true }],
      ["members.revokeSeat", { memberId: true }],
      ["rename", { name: "Annas bageri" }],
    ].map(([path, more]) => [
      `organizations.${String(path)}`,
      [{ input: () => ofCompany(more as Record<string, unknown>), finds: "not_found" as const }],
    ]),
  ),
  "organizations.domains.join": [{ input: () => ofCompany({}), finds: "conflict" }],
  "orders.byRef": [{ input: () => ({ ref: "a".repeat(43) }), finds: "not_found" }],
  "orders.mine.get": [{ input: () => ({ id: his.order }), finds: "not_found" }],
  "pricing.receipts.get": [
    { input: () => ({ id: his.receipt }), finds: "not_found" },
    { input: () => ({ id: his.receipt, ref: hers.ref }), finds: "not_found" },
  ],
  "withdrawals.options": [{ input: () => ({ orderId: his.order }), finds: "not_found" }],
  "withdrawals.submit": [
    {
      input: () => ({ order: { orderId: his.order }, lineIds: [his.line], formKey: "k".repeat(16) }),
      finds: "not_found",
    },
    { input: () => ({ order: { ref: hers.ref }, lineIds: [his.line], formKey: "l".repeat(16) }), finds: "nothing" },
  ],
};
/** `true` stands for Bo's own. */
function filled(own: Readonly<Record<string, string>>, more: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(more).map(([name, value]) => [name, value === true ? own[name] : value]));
}
function ofCompany(more: Record<string, unknown>) {
  return { organizationId: company.id, ...filled(company, more) };
}

/** Ids of what is for sale to everybody. */
const NOBODYS = [
  "catalog.products.get",
  "checkout.cart.add",
  "checkout.cart.setQuantity",
  "checkout.credits.saveSettings",
  "checkout.start",
];

type Shape = { readonly properties?: Readonly<Record<string, Shape>>; readonly anyOf?: readonly Shape[] };
const namesIn = ({ properties = {}, anyOf = [] }: Shape): string[] => [
  ...Object.entries(properties).flatMap(([name, inner]) => [name, ...namesIn(inner)]),
  ...anyOf.flatMap(namesIn),
];
const withIds = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { inputs: readonly z.ZodType[] } }>,
)
  .filter(([path]) => ["public", "customer", "verified"].includes(String(PROCEDURES[path])))
  .filter(([, { _def }]) =>
    _def.inputs
      .flatMap((schema) => namesIn(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape))
      .some((name) => /^(id|ref)$|Ids?$/.test(name)),
  )
  .map(([path]) => path);

describe("R27: what is another customer's", () => {
  test("every procedure of visitors and customers that takes an id stands in the table", () => {
    expect(withIds.toSorted()).toEqual([...Object.keys(FOREIGN), ...NOBODYS].toSorted());
  });

  const asked = Object.entries(FOREIGN).flatMap(([path, cases]) => cases.map((one) => [path, one] as const));
  test.each(asked)("%s is as if it were not there, and nothing of it changes", async (path, { input, finds }) => {
    const before = await everythingOf();
    let at: unknown = asAnna.caller;
    for (const name of path.split(".")) at = (at as Record<string, unknown>)[name];
    const outcome = await (at as (input: unknown) => Promise<unknown>)(input()).catch((error: unknown) => error);
    if (finds !== "nothing") {
      expect(outcome).toBeInstanceOf(TRPCError);
      const { cause } = outcome as TRPCError;
      expect(cause instanceof DomainError && cause.kind).toBe(finds);
    } else expect(outcome).toBeInstanceOf(Error);
    expect(await everythingOf()).toEqual(before);
  });

  test("they themselves find it", async () => {
    expect(await asBo.caller.orders.mine.get({ id: his.order })).toBeTruthy();
    expect(await asBo.caller.pricing.receipts.get({ id: his.receipt })).toBeTruthy();
    expect(await asBo.caller.withdrawals.options({ orderId: his.order })).toBeTruthy();
  });

  test("lists hold one's own alone", async () => {
    const [anna, bo] = [asAnna.caller, asBo.caller];
    const lists = [
      [await anna.orders.mine.list({}), await bo.orders.mine.list({})],
      [await anna.billing.invoices.mine({}), await bo.billing.invoices.mine({})],
      [await anna.apiKeys.mine(), await bo.apiKeys.mine()],
      [(await anna.organizations.mine({})).items, (await bo.organizations.mine({})).items],
    ];
    for (const [mine] of lists)
      expect(JSON.stringify(mine)).not.toMatch(new RegExp(`${his.order}|${key}|${company.id}|bo@example`));
    expect(JSON.stringify(lists[0]?.[1])).toContain(his.order);
  });
});

/** Bo's rows, as the service role sees them. */
async function everythingOf() {
  return {
    keys: await sql`select id, revoked_at from api_keys where user_id = ${bo.userId}`,
    sessions: await sql`select id, revoked_at from sessions where user_id = ${bo.userId}`,
    organizations:
      await sql`select id, name, closed_at, billing_customer_id from organizations where created_by = ${bo.userId} order by id`,
    members:
      await sql`select id, role, left_at from organization_members where organization_id = ${company.id} order by id`,
    seats: await sql`select id, status from seats where organization_id = ${company.id} order by id`,
    domains: await sql`select id, way, given_up_at from organization_domains where organization_id = ${company.id}`,
    requests: await sql`select id, accepted from organization_join_requests where organization_id = ${company.id}`,
    invitations: await sql`select id, sendings, withdrawn_at from organization_invitations order by id`,
    passkeys: await sql`select id from passkeys where user_id = ${bo.userId}`,
    orders: await sql`select id, status from orders where customer_id = ${bo.customerId}`,
    withdrawals: await sql`select id from withdrawals`,
    changes: await sql`select id, status from subscription_changes order by id`,
    checkouts: await sql`select id, status from checkouts where customer_id = ${bo.customerId}`,
  };
}
