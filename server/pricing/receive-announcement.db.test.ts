import { beforeEach, describe, expect, it } from "vitest";
import { announce as announceAs, announcementsOf, storedCampaign } from "../../scripts/test/announcements.ts";
import { campaignShop } from "../../scripts/test/campaign-shop.ts";
import { getActiveCampaigns } from "./get-active-campaigns.ts";

const shop = await campaignShop();
const { partner, visitor, sql } = shop;

let count = 0;
/** A campaign id of its own for each test. */
let id = "";
let { created, updated, deleted, priceUpdated } = announcementsOf(id);
beforeEach(() => {
  id = `campaign_${++count}`;
  ({ created, updated, deleted, priceUpdated } = announcementsOf(id));
});

const announce = (body: Record<string, unknown>) => announceAs(partner, body);
const stored = () => storedCampaign(sql, id);
const statusNow = async () => (await stored())?.status;
const priceIds = async () => (await stored())?.prices.map((one) => one.stripe_price_id);

describe("what is announced once", () => {
  it("price.updated makes an active campaign without end, and says so in the log", async () => {
    shop.lines.length = 0;
    expect(await announce(priceUpdated())).toBe("created");
    expect(await stored()).toMatchObject({ name: "By price", status: "active", end_at: null, products: ["oppet"] });
    expect(shop.lines.filter((line) => line === "✨ Created new campaign entry for price update")).toHaveLength(1);
    expect(await announce(priceUpdated("price_other"))).toBe("updated");
    expect(shop.lines.filter((line) => line.startsWith("✨"))).toHaveLength(1);
    expect(await priceIds()).toEqual(["price_other", "price_single"]);
  });

  it("created and updated replace everything that was known", async () => {
    expect(await announce(created())).toBe("created");
    expect(await announce(priceUpdated())).toBe("updated");
    const next = {
      name: "December",
      status: "draft",
      products: ["dagtid", "oppet-plus"],
      durationMonths: 3,
      prices: [],
    };
    expect(await announce(updated(next))).toBe("updated");
    expect(await stored()).toMatchObject({
      ...{ name: "December", status: "draft", duration_months: 3 },
      ...{ products: ["dagtid", "oppet-plus"], prices: [] },
    });
  });

  it("an update of a campaign that is not known makes it", async () => {
    expect(await announce(updated())).toBe("created");
  });

  it("keeps every step in its history", async () => {
    await announce(created({ status: "draft" }));
    await announce(updated());
    await announce(deleted());
    await announce(created());
    const history = await sql`select event, actor from campaign_transitions where subject_id = ${id} order by id`;
    expect(history.map((row) => row.event)).toEqual(["created", "activated", "deleted", "recreated", "activated"]);
    expect(history.every((row) => row.actor === "partner:source")).toBe(true);
  });

  it("has every price looked up by a job", async () => {
    await announce(created());
    await announce(priceUpdated());
    const jobs = await sql`
      select j.key from graphile_worker._private_jobs j join campaign_prices p on j.key = 'pricing.check-price:' || p.id
      where p.campaign_id = ${id}`;
    expect(jobs).toHaveLength(2);
  });
});

describe("what is announced again", () => {
  it("is a duplicate by its event id, whatever it says", async () => {
    expect(await announce(created({}, { eventId: `${id}-1` }))).toBe("created");
    expect(await announce(created({}, { eventId: `${id}-1` }))).toBe("duplicate");
    expect(await announce(created({ name: "Forged" }, { eventId: `${id}-1` }))).toBe("duplicate");
    expect(await stored()).toMatchObject({ name: "November" });
  });

  it("is a duplicate without an event id when nothing came in between", async () => {
    expect(await announce(created())).toBe("created");
    expect(await announce(created())).toBe("duplicate");
    expect(await announce(updated())).toBe("updated");
    expect(await announce(created())).toBe("updated");
  });

  it("twenty times at once is applied once", async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => announce(priceUpdated())));
    expect(results.toSorted()).toEqual(["created", ...Array.from({ length: 19 }, () => "duplicate")]);
    expect(await priceIds()).toEqual(["price_single"]);
    expect(await sql`select 1 from campaign_transitions where subject_id = ${id} and event = 'created'`).toHaveLength(
      1,
    );
  });

  it("twenty times at once with one event id, for two campaigns, is applied once", async () => {
    const [one, other] = [
      priceUpdated("p", { eventId: `${id}-e` }),
      created({ id: `${id}-x` }, { eventId: `${id}-e` }),
    ];
    const results = await Promise.all(Array.from({ length: 20 }, (_, index) => announce(index % 2 ? one : other)));
    expect(results.filter((result) => result === "created")).toHaveLength(1);
    expect(results.filter((result) => result === "duplicate")).toHaveLength(19);
  });
});

describe("what was overtaken on its way", () => {
  it("is stale by its version", async () => {
    expect(await announce(created({}, { version: 3 }))).toBe("created");
    expect(await announce(updated({ name: "Old" }, { version: 2 }))).toBe("stale");
    expect(await announce(deleted({ version: 2 }))).toBe("stale");
    expect(await announce(priceUpdated("price_old", { version: 2 }))).toBe("stale");
    expect(await announce(updated({ name: "Same" }, { version: 3 }))).toBe("stale");
    expect(await announce(updated({ name: "New" }, { version: 4 }))).toBe("updated");
    expect(await stored()).toMatchObject({ name: "New", status: "active", version: 4 });
    expect(await priceIds()).toEqual(["price_list"]);
  });

  it("is stale when a newer price of the product was announced, and counts for another currency only", async () => {
    expect(await announce(priceUpdated("price_new", { version: 2 }))).toBe("created");
    expect(await announce(priceUpdated("price_old", { version: 1 }))).toBe("stale");
    expect(await announce(priceUpdated("price_else", { version: 1 }, "dagtid"))).toBe("updated");
  });

  it("without versions is applied as it arrives", async () => {
    await announce(created({ name: "One" }, { occurredAt: "2026-11-20T12:00:00Z" }));
    expect(await announce(updated({ name: "Two" }, { occurredAt: "2026-11-19T12:00:00Z" }))).toBe("updated");
    expect(await stored()).toMatchObject({ name: "Two" });
  });

  it("a deleted campaign comes back by nothing but a created", async () => {
    await announce(created());
    expect(await announce(deleted())).toBe("deleted");
    expect(await announce(priceUpdated())).toBe("stale");
    expect(await announce(updated())).toBe("stale");
    expect(await statusNow()).toBe("deleted");
    expect(await announce(created())).toBe("created");
    expect(await statusNow()).toBe("active");
  });

  it("a created that is older than the deletion does not bring it back", async () => {
    await announce(created({}, { version: 1 }));
    await announce(deleted({ version: 5 }));
    expect(await announce(created({ name: "Late" }, { version: 4 }))).toBe("stale");
    expect(await announce(created({ name: "Anew" }, { version: 6 }))).toBe("created");
    await announce(deleted({ occurredAt: "2026-11-20T12:00:00Z" }));
    expect(await announce(created({}, { occurredAt: "2026-11-20T11:59:59Z" }))).toBe("stale");
    expect(await announce(created({}, { occurredAt: "2026-11-20T12:00:01+01:00", version: null }))).toBe("stale");
    expect(await announce(created({}, { occurredAt: "2026-11-20T12:00:01Z" }))).toBe("created");
  });

  it("a deletion may arrive before what it deletes", async () => {
    expect(await announce(deleted({ version: 2 }))).toBe("deleted");
    expect(await announce(created({}, { version: 1 }))).toBe("stale");
    expect(await announce(priceUpdated())).toBe("stale");
    expect(await statusNow()).toBe("deleted");
  });
});

describe("which campaigns are on", () => {
  const active = () => visitor.db.transaction(getActiveCampaigns);

  it("active ones that have begun and whose end is open or not passed", async () => {
    const { business: now } = shop.time;
    const moment = (offset: number) => new Date(now.getTime() + offset).toISOString();
    const cases: [string, Record<string, unknown>, boolean][] = [
      ["open", {}, true],
      ["ends-now", { endDate: moment(0) }, true],
      ["ended", { endDate: moment(-1) }, false],
      ["begins-now", { startDate: moment(0) }, true],
      ["to-come", { startDate: moment(1) }, false],
      ["draft", { status: "draft" }, false],
      ["over", { status: "ended" }, false],
    ];
    for (const [suffix, given] of cases) await announce(created({ id: `${id}-${suffix}`, ...given }));
    const on = new Map((await active()).map((one) => [one.id, one]));
    expect(cases.map(([suffix]) => on.has(`${id}-${suffix}`))).toEqual(cases.map(([, , expected]) => expected));
    expect(on.get(`${id}-open`)).toMatchObject({ products: ["oppet"], prices: [{ stripePriceId: "price_list" }] });
  });
});

it("nobody but the partner and staff writes campaigns", async () => {
  const write = visitor.db.transaction(async (tx) => {
    const { addOrUpdateCampaign } = await import("./index.ts");
    await addOrUpdateCampaign(tx, { id, name: "Mine", status: "active", products: ["oppet"], prices: [] });
  });
  await expect(write).rejects.toThrow();
  expect(await stored()).toBeUndefined();
});
