import { describe, expect, test } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { provePath } from "./prove-path.ts";
import { watchInbox } from "./watch-inbox.ts";

// Its events are made up, without the attempts that real ones leave behind.
const shop = await testCheckoutShop({}, [/evt_watch/, /and \d+ more/]);
const { sql } = shop;
const watch = () => watchInbox(shop.worker());
const open = async (kind: string) =>
  sql`select detail, amount, currency from alerts where kind = ${kind} and resolved_at is null`;
let count = 0;
async function event(
  fields: { status?: string; minutesAgo?: number; source?: string; payload?: object } = {},
): Promise<string> {
  const id = `stripe:evt_watch_${++count}`;
  const { status = "retrying", minutesAgo = 0, source = "delivered", payload = {} } = fields;
  await sql`insert into webhook_events (id, provider, external_id, type, payload, status, source, attempts, occurred_at, received_at)
    values (${id}, 'stripe', ${id}, 'invoice.paid', ${JSON.stringify(payload)}, ${status}, ${source}, 1, now(), now() - make_interval(mins => ${minutesAgo}))`;
  return id;
}
const failed = (id: string, minutesAgo = 0) =>
  sql`insert into webhook_attempts (event_id, outcome, error, started_at, milliseconds)
    values (${id}, 'failed', 'Error: the printer burns', now() - make_interval(mins => ${minutesAgo}), 5)`;

describe("three failures within five minutes", () => {
  test("are told with cause and money at stake, and no longer once it is quiet", async () => {
    const object = { id: "in_1", object: "invoice", amount_due: 39_900, currency: "sek" };
    const id = await event({ payload: { object: "event", data: { object } } });
    await failed(id);
    await failed(id, 1);
    await failed(id, 6);
    await watch();
    expect(await open("webhooks.failing")).toEqual([]);
    await failed(await event());
    await watch();
    await watch();
    expect(await open("webhooks.failing")).toEqual([
      {
        detail: expect.stringMatching(/^3 attempts .*invoice\.paid: Error: the printer burns/),
        amount: "39900",
        currency: "SEK",
      },
    ]);
    await sql`update webhook_attempts set started_at = started_at - interval '6 minutes'`;
    await watch();
    expect(await open("webhooks.failing")).toEqual([]);
  });

  test("of our own test event are not", async () => {
    const id = await event({ source: "self_test" });
    for (let n = 0; n < 5; n++) await failed(id);
    await watch();
    expect(await open("webhooks.failing")).toEqual([]);
  });
});

describe("our own test event", () => {
  const worker = (minutes: number) =>
    sql`insert into processes (id, kind, clock_version, started_at, seen_at) values (${`prc_${minutes}`}, 'worker', 0, now() - make_interval(mins => ${minutes}), now())`;

  test("that has not come through for three minutes is told, but not before a worker could have sent it", async () => {
    await sql`delete from webhook_events where source = 'self_test'`;
    await worker(2);
    await watch();
    expect(await open("webhooks.path_silent")).toEqual([]);
    await worker(10);
    await watch();
    expect(await open("webhooks.path_silent")).toHaveLength(1);
  });

  test("that comes again takes the alert away; it is signed, stored, handled, and not shown among the real ones", async () => {
    const bodies: string[] = [];
    const ctx = shop.worker();
    const knock = {
      ...ctx,
      providers: {
        ...ctx.providers,
        ownDoor: {
          deliver: async (body: string) => {
            bodies.push(body);
            return shop.receive(JSON.parse(body));
          },
        },
      },
    };
    await provePath(knock);
    await provePath(knock);
    expect(new Set(bodies.map((body) => JSON.parse(body).id)).size).toBe(1);
    await shop.work();
    const rows =
      await sql`select status, source, effect from webhook_events where source = 'self_test' and type = 'kraftverk.self_test'`;
    expect(rows).toEqual([
      { status: "handled", source: "self_test", effect: "The way from our door to the worker is open." },
    ]);
    expect(await open("webhooks.path_silent")).toEqual([]);
  });
});

describe("events that wait", () => {
  test("for more than five minutes are told until they are worked off", async () => {
    await event({ status: "received", minutesAgo: 4 });
    await watch();
    expect(await open("webhooks.behind")).toEqual([]);
    await event({ status: "received", minutesAgo: 6 });
    await watch();
    expect(await open("webhooks.behind")).toHaveLength(1);
    await sql`update webhook_events set status = 'handled' where status = 'received'`;
    await watch();
    expect(await open("webhooks.behind")).toEqual([]);
  });
});

describe("the share of a week's events that is handled", () => {
  test("is told below 99 %, of enough events", async () => {
    await sql`delete from webhook_events`;
    for (let n = 0; n < 97; n++) await event({ status: "handled", minutesAgo: 60 });
    await event({ status: "dead", minutesAgo: 60 });
    await watch();
    expect(await open("webhooks.success_rate")).toEqual([]);
    await event({ status: "dead", minutesAgo: 60 });
    await event({ status: "dead", minutesAgo: 60 });
    await watch();
    expect(await open("webhooks.success_rate")).toHaveLength(1);
    for (let n = 0; n < 210; n++) await event({ status: "handled", minutesAgo: 60 });
    await watch();
    expect(await open("webhooks.success_rate")).toEqual([]);
  });
});
