import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPurchases } from "../../scripts/test/test-purchases.ts";
import { prune } from "./prune.ts";
import { RULES } from "./rules.ts";

const shop = await testCheckoutShop();
const { bought, eventsOf, leftBehind } = testPurchases(shop);
const { sql } = shop;
const ids = async (table: string, column: string) =>
  (await sql.unsafe(`select ${column} as id from ${table} order by 1`)).map((row) => row.id);

test("what is over is removed, what is not stays, and a second pruning finds nothing", async () => {
  const { userId } = await shop.member("kept@example.se");
  for (const [name, ago] of [
    ["over", "40 days"],
    ["fresh", "29 days"],
  ] as const) {
    await sql.unsafe(
      `insert into idempotency_keys (scope, key, request_hash, created_at) values ('s', '${name}', 'h', now() - interval '${ago}')`,
    );
    await sql.unsafe(`insert into sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at)
      values ('ses_${name}', '${name}', '${userId}', now() - interval '90 days', now() - interval '${ago}', now() - interval '${ago}')`);
    await sql.unsafe(`insert into drifts (id, kind, object, field, found_at, healed_at, healed_by)
      values ('dft_${name}', 'payment', '${name}', 'status', now(), now() - interval '${ago}' * 10, 'x')`);
  }
  for (const [name, at] of [
    ["over", "now() - interval '8 days'"],
    ["fresh", "now() + interval '1 day'"],
  ] as const)
    await sql.unsafe(`insert into account_tokens (token_hash, user_id, purpose, email_normalized, expires_at, created_at)
      values ('${name}', '${userId}', 'verify_email', 'kept@example.se', ${at}, now())`);
  for (const [name, status, ago] of [
    ["over", "dismissed", "181 days"],
    ["fresh", "dismissed", "179 days"],
    ["waits", "unmatched", "400 days"],
  ] as const) {
    await sql.unsafe(`insert into withdrawal_statements (id, status, order_number, name, email, email_normalized, locale, received_at, may_mail,
        access_token_hash, completed_at)
      values ('wst_${name}', '${status}', 'KV-1', 'x', 'x', 'x', 'sv', now() - interval '${ago}', true, '${name}',
        ${status === "dismissed" ? `now() - interval '${ago}'` : "null"})`);
    await sql.unsafe(`insert into withdrawal_statement_transitions (subject_id, event, to_state, actor, at)
      values ('wst_${name}', 'created', '${status}', 'test', now())`);
  }
  for (const key of ["stated:wst_over:typed", "dismissed:wst_over", "stated:wst_fresh:typed"])
    await sql`insert into emails (id, dedupe_key, template, locale, to_address, subject, html, text, status, message_id, cause, created_at)
      values (${key}, ${`withdrawal-${key}`}, 'withdrawal-stated', 'sv', 'x', 'x', 'x', 'x', 'sent', ${key}, 'x', now())`;
  await sql`insert into rate_limits (key, points, expire) values ('over', 1, ${Date.now() - 1}), ('fresh', 1, ${Date.now() + 60_000})`;
  const removed = await prune(shop.worker(), 1);
  expect(removed).toMatchObject({
    idempotency_keys: 1,
    sessions: 1,
    account_tokens: 1,
    rate_limits: 1,
    "withdrawals of no order": 1,
    "drifts that were healed": 1,
  });
  for (const [table, column] of [
    ["withdrawal_statements", "id"],
    ["withdrawal_statement_transitions", "subject_id"],
  ] as const)
    expect(await ids(table, column)).toEqual(["wst_fresh", "wst_waits"]);
  const letters =
    await sql`select to_address || subject || html || text as said from emails where dedupe_key like 'withdrawal-%' order by id`;
  expect(letters.map(({ said }) => said)).toEqual(["--", "xxxx", "--"]);
  const others = sql`delete from withdrawal_statement_transitions where subject_id = 'wst_waits'`;
  await expect(others).rejects.toThrow("append-only");
  expect(await ids("idempotency_keys", "key")).toEqual(["fresh"]);
  expect(await ids("sessions", "id")).toContain("ses_fresh");
  expect(await ids("account_tokens", "token_hash")).toEqual(["fresh"]);
  expect(await ids("rate_limits", "key")).toContain("fresh");
  expect(await ids("drifts", "id")).toEqual(["dft_fresh"]);
  expect(Object.values(await prune(shop.worker())).every((count) => count === 0)).toBe(true);
});

test("a handled event's payload goes, its row stays: the same event is still a duplicate", async () => {
  const purchase = await bought("towel");
  const events = await eventsOf(purchase);
  for (const event of events) await shop.receive(event);
  await shop.work();
  const before = await leftBehind(purchase);
  await sql`update webhook_events set received_at = now() - interval '91 days', headers = 'user-agent: Stripe/1.0'`;
  const [one] = await sql`select id from webhook_events where status = 'handled' limit 1`;
  await sql`insert into webhook_events (id, provider, external_id, type, payload, status, occurred_at, received_at)
    values ('stripe:evt_waits', 'stripe', 'evt_waits', 'x', '{"kept": true}', 'dead', now(), now() - interval '1 year')`;
  await sql`insert into webhook_attempts (event_id, outcome, started_at, milliseconds)
    select id, 'failed', now() - interval '91 days', 1 from webhook_events where id in (${one?.id}, 'stripe:evt_waits')`;
  const removed = await prune(shop.worker());
  expect(removed).toMatchObject({ "webhook payloads": events.length, "webhook attempts": 1 });
  expect(await sql`select event_id from webhook_attempts where started_at < now() - interval '1 day'`).toEqual([
    { event_id: "stripe:evt_waits" },
  ]);
  expect(
    await sql`select payload, headers, emptied_at is not null as emptied from webhook_events where id = ${one?.id}`,
  ).toEqual([{ payload: {}, headers: null, emptied: true }]);
  expect(await sql`select payload from webhook_events where id = 'stripe:evt_waits'`).toEqual([
    { payload: { kept: true } },
  ]);
  for (const event of events) await shop.receive(event);
  await shop.work();
  expect(await sql`select count(*)::int as n from alerts where kind = 'webhooks.body_differs'`).toEqual([{ n: 0 }]);
  expect(await leftBehind(purchase)).toEqual(before);
});

test("a cart that nobody can go on with goes, but not what a payment page was opened for", async () => {
  const { customerId } = await shop.member("carts@example.se");
  const paid = await bought("towel");
  await sql`update carts set updated_at = app_now() - interval '1 year'`;
  const before = await ids("carts", "id");
  for (const [id, customer, status, ago] of [
    ["crt_guest", null, "open", "91 days"],
    ["crt_fresh", null, "open", "89 days"],
    ["crt_own", customerId, "open", "1 year"],
    ["crt_merged", customerId, "abandoned", "91 days"],
  ] as const) {
    await sql`insert into carts (id, access_token_hash, customer_id, currency, status, created_at, updated_at)
      values (${id}, ${id}, ${customer}, 'SEK', ${status}, app_now(), app_now() - ${ago}::interval)`;
    await sql`insert into cart_lines (cart_id, variant_id, product_id, position, quantity, shown_amount)
      select ${id}, id, product_id, 0, 1, 100 from variants order by id limit 1`;
  }
  expect(paid.checkoutId).toMatch(/^chk_/);
  expect((await prune(shop.worker(), 1))["carts that nobody goes on with"]).toBe(2);
  expect(await ids("carts", "id")).toEqual([...before, "crt_fresh", "crt_own"].toSorted());
  expect(await sql`select 1 from cart_lines where cart_id in ('crt_guest', 'crt_merged')`).toEqual([]);
});

test("a picture goes once nothing names it, and no sooner than three months after it came", async () => {
  for (const [name, ago] of [
    ["named", "200 days"],
    ["logo", "200 days"],
    ["over", "91 days"],
    ["fresh", "89 days"],
  ] as const)
    await sql.unsafe(`insert into media_files (id, type, width, height, bytes, created_at)
      values ('img_${name}', 'image/png', 1, 1, 'x', app_now() - interval '${ago}')`);
  await sql`insert into product_media (product_id, position, art, file_id, alt)
    select id, 90, art, 'img_named', name from products limit 1`;
  const { userId } = await shop.member("brand@example.se");
  await sql`insert into organization_brands (organization_id, name, color, logo_file_id, updated_by, updated_at)
    select organization_id, 'Bageriet', '#000000', 'img_logo', ${userId}, app_now() from organization_members where user_id = ${userId}`;
  expect((await prune(shop.worker()))["pictures that nothing names"]).toBe(1);
  expect(await ids("media_files", "id")).toEqual(["img_fresh", "img_logo", "img_named"]);
  await sql`update organization_brands set logo_file_id = null where logo_file_id = 'img_logo'`;
  expect((await prune(shop.worker()))["pictures that nothing names"]).toBe(1);
  expect(await ids("media_files", "id")).toEqual(["img_fresh", "img_named"]);
});

test("our own test events go with their histories; no other history can be removed", async () => {
  await sql`insert into webhook_events (id, provider, external_id, type, source, payload, status, occurred_at, received_at)
    values ('stripe:evt_self_1', 'stripe', 'evt_self_1', 'kraftverk.self_test', 'self_test', '{}', 'handled', now(), now() - interval '2 days')`;
  await sql`insert into webhook_event_transitions (subject_id, event, from_state, to_state, actor, at) values ('stripe:evt_self_1', 'handled', 'received', 'handled', 'x', now())`;
  const others = await ids("webhook_event_transitions", "id");
  expect((await prune(shop.worker()))["webhook self-tests"]).toBe(1);
  expect(await sql`select 1 from webhook_event_transitions where subject_id = 'stripe:evt_self_1'`).toEqual([]);
  expect(await ids("webhook_event_transitions", "id")).toHaveLength(others.length - 1);
  await expect(sql`delete from webhook_event_transitions`).rejects.toThrow(/append-only/);
});

test("what was overtaken of an announcement goes a year after it was last tried, with its tries; the last word stays", async () => {
  await sql`insert into announcement_endpoints (id, name, url, secret, created_at) values ('ep_1', 'Other', 'https://other.example', 'sealed', now())`;
  const old = "2 years";
  for (const [id, campaign, version, state, made, tried] of [
    ["ann_over", "cmp_1", 1, "delivered", old, old],
    ["ann_given_up", "cmp_1", 2, "given_up", old, old],
    ["ann_last", "cmp_1", 3, "delivered", old, old],
    ["ann_waits", "cmp_2", 1, "pending", old, old],
    ["ann_again", "cmp_2", 2, "delivered", old, "364 days"],
    ["ann_newer", "cmp_2", 3, "delivered", "1 day", "1 day"],
    ["ann_other", "cmp_3", 1, "delivered", old, old],
  ] as const) {
    await sql`insert into announcement_deliveries (id, endpoint_id, campaign_id, action, version, part, body, state, created_at)
      values (${id}, 'ep_1', ${campaign}, 'price.updated', ${version}, 'campaign', '{}', ${state}, now() - ${made}::interval)`;
    for (const status of [500, 200])
      await sql`insert into announcement_attempts (delivery_id, ok, status, problem, milliseconds, at)
        values (${id}, ${status === 200}, ${status}, ${status === 200 ? null : "status"}, 1, now() - ${tried}::interval)`;
  }
  await expect(sql`delete from announcement_attempts where delivery_id = 'ann_newer'`).rejects.toThrow(/append-only/);
  expect((await prune(shop.worker(), 1))["announcements that were overtaken"]).toBe(2);
  const left = ["ann_again", "ann_last", "ann_newer", "ann_other", "ann_waits"];
  expect(await ids("announcement_deliveries", "id")).toEqual(left);
  expect(await ids("announcement_attempts", "delivery_id")).toEqual(left.flatMap((id) => [id, id]));
  expect((await prune(shop.worker()))["announcements that were overtaken"]).toBe(0);
});

test("looks go at the pruning after the one they were there at", async () => {
  await sql`delete from retention_marks`;
  const looks = await ids("provider_looks", "subject");
  expect(looks.length).toBeGreaterThan(0);
  await prune(shop.worker());
  expect(await ids("provider_looks", "subject")).toEqual(looks);
  await sql`update retention_marks set at = at - interval '1 day'`;
  await sql`insert into provider_looks (subject, began, ended) values ('fresh', nextval('look_order'), nextval('look_order'))`;
  expect((await prune(shop.worker())).provider_looks).toBe(looks.length);
  expect(await ids("provider_looks", "subject")).toEqual(["fresh"]);
});

test("the README names every period", () => {
  const readme = readFileSync(join(import.meta.dirname, "README.md"), "utf8");
  const told = [...readme.matchAll(/^\| (.+?) +\| (\d+) +\| (\w+) +\|$/gm)].map(([, what, days, clock]) => ({
    what,
    days: Number(days),
    clock,
  }));
  expect(told).toEqual(RULES.map(({ what, days, clock }) => ({ what, days, clock })));
});

test("the README says of every table why it does not grow without end", async () => {
  const tables = await sql`select case when n.nspname = 'public' then '' else n.nspname || '.' end || c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'runs') and c.relkind in ('r', 'p')`;
  const readme = readFileSync(join(import.meta.dirname, "README.md"), "utf8").split("## Every table")[1] ?? "";
  const told = [...readme.matchAll(/^\| \*\*.*$/gm)].flatMap(([row]) =>
    [...row.matchAll(/`([a-z_.]+)`/g)].map(([, name]) => name),
  );
  expect(told.toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
});
