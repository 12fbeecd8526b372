import { beforeAll, describe, expect, it } from "vitest";
import { campaignShop } from "../../scripts/test/campaign-shop.ts";
import { syncCatalog } from "../catalog/index.ts";
import { addOrUpdateCampaign } from "./add-or-update-campaign.ts";
import { type CampaignDraftContent, EMPTY_CONTENT } from "./campaign-content.ts";
import { getCampaign } from "./campaign-queries.ts";
import { createCampaign } from "./create-campaign.ts";
import { discardCampaignDraft } from "./discard-campaign-draft.ts";
import { getCampaignEditor } from "./editor-queries.ts";
import { endCampaign, resumeCampaign } from "./end-campaign.ts";
import { noteCampaign } from "./note-campaign.ts";
import { previewPrice } from "./preview-price.ts";
import { publishCampaign } from "./publish-campaign.ts";
import { resolvePrice } from "./resolve-price.ts";
import { saveCampaignDraft } from "./save-campaign-draft.ts";
import { sellableProducts } from "./sellable-products.ts";

const shop = await campaignShop();
const { owner, visitor, partner, stripe, sql, worker } = shop;
beforeAll(() => syncCatalog(worker));

const monthly = { productId: null, currency: "SEK", interval: "month", intervalCount: 1, stripePriceId: null } as const;
const content = (given: Partial<CampaignDraftContent>): CampaignDraftContent => ({
  ...EMPTY_CONTENT,
  name: "November",
  productIds: ["oppet"],
  prices: [{ ...monthly, amount: 29_900 }],
  ...given,
});
const draft = async (given: Partial<CampaignDraftContent> = {}) => {
  const { id } = await createCampaign(owner, { name: "November" });
  const { revision } = await saveCampaignDraft(owner, { id, revision: 1, content: content(given) });
  return { id, revision };
};
const editor = (id: string) => owner.db.transaction((tx) => getCampaignEditor(tx, id), { readOnly: true });
const charged = async () =>
  (await visitor.db.transaction((tx) => resolvePrice(tx, { productId: "oppet", currency: "SEK" }))).amount;
const acts = async (subject: string) =>
  (await sql`select action, reason from audit_entries where subject = ${subject} order by at, id`).map((row) => [
    row.action,
    row.reason,
  ]);

describe("a campaign of our own", () => {
  it("is what visitors pay from its publication until it is ended, at a price that Stripe makes once", async () => {
    const { id, revision } = await draft();
    expect(await charged()).toBe(39_900);
    const before = await editor(id);
    expect(before.problems).toEqual([]);
    expect(before.preview.find(({ price }) => price.currency === "SEK" && price.interval === "month")).toMatchObject({
      wins: true,
      price: { amount: 29_900, defaultAmount: 39_900, lowest30Days: 39_900 },
    });
    expect(await publishCampaign(owner, { id, revision, reason: "Kick-off" })).toEqual({ version: 1 });
    // The same press twice publishes once.
    expect(await publishCampaign(owner, { id, revision, reason: "Kick-off" })).toEqual({ version: 1 });
    await shop.work();
    expect(await charged()).toBe(29_900);
    const [order] = await sql`select id, stripe_price_id from campaign_price_orders where campaign_id = ${id}`;
    const made = await stripe.prices.list({ lookup_keys: [order?.id], limit: 10 });
    expect(made.data).toMatchObject([{ id: order?.stripe_price_id, unit_amount: 29_900, product: "oppet" }]);

    await endCampaign(owner, { id, reason: "Sold out" });
    await endCampaign(owner, { id, reason: "Sold out" });
    expect(await charged()).toBe(39_900);
    expect(await acts(id)).toEqual([
      ["campaigns.create", null],
      ["campaigns.save_draft", null],
      ["campaigns.publish", "Kick-off"],
      ["campaigns.end", "Sold out"],
    ]);
    expect((await editor(id)).versions).toMatchObject([
      { version: 2, kind: "ended", changes: [] },
      { version: 1, kind: "published", reason: "Kick-off" },
    ]);
    const periods = await sql`select amount::int from price_periods where campaign_id = ${id}`;
    expect(periods).toMatchObject([{ amount: 29_900 }]);
  });

  it("changes only when the change is published, and uses a price again that was made before", async () => {
    const { id, revision } = await draft();
    await publishCampaign(owner, { id, revision, reason: "first" });
    await shop.work();
    const lower = content({ name: "November, lower", prices: [{ ...monthly, amount: 19_900 }] });
    const second = await saveCampaignDraft(owner, { id, revision: 0, content: lower });
    expect(await charged()).toBe(29_900);
    expect((await editor(id)).changes).toMatchObject([
      { field: "name", before: "November", after: "November, lower" },
      { field: "price", before: { amount: 29_900 }, after: { amount: 19_900 } },
    ]);
    await publishCampaign(owner, { id, revision: second.revision, reason: "second" });
    await shop.work();
    expect(await charged()).toBe(19_900);
    const third = await saveCampaignDraft(owner, { id, revision: 0, content: content({}) });
    await publishCampaign(owner, { id, revision: third.revision, reason: "third" });
    expect(await sql`select 1 from campaign_price_orders where campaign_id = ${id}`).toHaveLength(2);
    await shop.work();
    expect(await charged()).toBe(29_900);
    await endCampaign(owner, { id, reason: "done" });
  });

  it("tells the second of two editors, and loses nothing of either", async () => {
    const { id, revision } = await draft();
    await saveCampaignDraft(owner, { id, revision, content: content({ name: "Mine" }) });
    const theirs = saveCampaignDraft(owner, { id, revision, content: content({ name: "Theirs" }) });
    await expect(theirs).rejects.toMatchObject({ code: "pricing.draft.conflict" });
    await expect(publishCampaign(owner, { id, revision, reason: "x" })).rejects.toMatchObject({
      code: "pricing.draft.conflict",
    });
    expect((await editor(id)).content.name).toBe("Mine");
    const both = await Promise.allSettled(
      [1, 2].map((n) => saveCampaignDraft(owner, { id, revision: 3, content: content({ name: `Race ${n}` }) })),
    );
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is published once by two who press at once", async () => {
    const { id, revision } = await draft();
    const both = await Promise.all([1, 2].map(() => publishCampaign(owner, { id, revision, reason: "both" })));
    expect(both).toEqual([{ version: 1 }, { version: 1 }]);
    await endCampaign(owner, { id, reason: "done" });
  });

  it("cannot be published while something is wrong with it, and a price of Stripe's is fetched to tell", async () => {
    const archived = await stripe.prices.create({
      product: "oppet",
      currency: "sek",
      unit_amount: 100,
      recurring: { interval: "month" },
    });
    await stripe.prices.update(archived.id, { active: false });
    const { id, revision } = await draft({ prices: [{ ...monthly, stripePriceId: archived.id, amount: null }] });
    expect((await editor(id)).problems).toMatchObject([{ code: "price_not_fetched" }]);
    await shop.work();
    expect((await editor(id)).problems).toMatchObject([{ code: "price_archived", field: "prices.0" }]);
    await expect(publishCampaign(owner, { id, revision, reason: "x" })).rejects.toMatchObject({
      code: "pricing.draft_wrong",
      details: { problems: ["price_archived"] },
    });
    await stripe.prices.update(archived.id, { active: true });
    const again = await saveCampaignDraft(owner, {
      id,
      revision,
      content: content({ prices: [{ ...monthly, stripePriceId: archived.id, amount: null }] }),
    });
    await shop.work();
    await publishCampaign(owner, { id, revision: again.revision, reason: "mended" });
    await shop.work();
    expect(await charged()).toBe(100);
    await endCampaign(owner, { id, reason: "done" });
  });

  it("goes without a trace when it is thrown away before it was published", async () => {
    const { id, revision } = await draft();
    expect(await discardCampaignDraft(owner, { id, revision })).toEqual({ deleted: true });
    await expect(editor(id)).rejects.toMatchObject({ code: "pricing.campaign_not_found" });
  });
});

it("every product on sale can be asked about, told apart and in what it is sold in", async () => {
  const products = await owner.db.transaction(sellableProducts, { readOnly: true });
  const onSale =
    await sql`select id from products where active and exists (select 1 from prices where product_id = products.id and active)`;
  expect(products.map(({ id }) => id).toSorted()).toEqual(onSale.map((row) => String(row.id)).toSorted());
  expect(new Set(products.map(({ name }) => name.sv)).size).toBe(products.length);
  const inDollars = products.filter(({ currencies }) => !currencies.includes("SEK"));
  expect(inDollars.map(({ id }) => id)).toContain("promptforge-pro");
  for (const { id, currencies, variants } of products) {
    expect(variants.length).toBeGreaterThan(0);
    for (const currency of currencies)
      await owner.db.transaction((tx) => previewPrice(tx, { productId: id, currency }), { readOnly: true });
  }
});

describe("a partner's campaign", () => {
  it("can be stopped, noted and let go on by staff, and not rewritten", async () => {
    const { id: stripePriceId } = await stripe.prices.create({
      product: "oppet",
      currency: "sek",
      unit_amount: 9_900,
      recurring: { interval: "month" },
    });
    const campaign = {
      ...{ id: "partners", name: "Partner's", status: "active" as const, products: ["oppet"] },
      prices: [{ currency: "SEK", stripePriceId }],
    };
    const announce = () => partner.db.transaction((tx) => addOrUpdateCampaign(tx, campaign));
    await announce();
    await shop.work();
    expect(await charged()).toBe(9_900);
    await endCampaign(owner, { id: "partners", reason: "wrong price" });
    expect(await charged()).toBe(39_900);
    // Whatever the partner says meanwhile, it stays stopped.
    await announce();
    await shop.work();
    expect(await charged()).toBe(39_900);
    await noteCampaign(owner, { id: "partners", note: "Ask them", before: "" });
    await expect(noteCampaign(owner, { id: "partners", note: "Mine", before: "" })).rejects.toMatchObject({
      code: "pricing.draft.conflict",
    });
    await announce();
    const shown = await owner.db.transaction((tx) => getCampaign(tx, "partners"));
    expect(shown).toMatchObject({ note: "Ask them", phase: "ended", status: "active" });
    expect(new Set(shown.charged.map(({ name }) => name.sv))).toEqual(new Set(["Öppet"]));
    expect(shown.products).toMatchObject([{ id: "oppet", name: { sv: "Öppet" }, currencies: ["SEK", "EUR", "USD"] }]);
    const rewrite = saveCampaignDraft(owner, { id: "partners", revision: 0, content: content({}) });
    await expect(rewrite).rejects.toMatchObject({ code: "pricing.campaign_of_partner" });
    await resumeCampaign(owner, { id: "partners", reason: "mended" });
    expect(await charged()).toBe(9_900);
  });
});
