import { afterEach, describe, expect, it } from "vitest";
import { CARDS, testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testCards, tokenIn } from "../../scripts/test/test-cards.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { adoptCard } from "./adopt-card.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { row, noFaults, refused } = testMemberships(shop);
const { letter, visitor, overdue, enterCard } = testCards(shop);
afterEach(() => noFaults());

describe("of two pages for a card that are open at once", () => {
  /** Two cards entered on two pages, the second opened a minute later; none of them adopted yet. */
  async function twoPages(email: string) {
    const member = await overdue(email);
    const token = tokenIn(await letter(member.email, /gick inte igenom/));
    const older = await enterCard((await visitor().change({ token })).url, CARDS.good);
    await shop.advance("PT1M");
    const newer = await enterCard((await visitor().change({ token })).url, CARDS.good);
    const cardOf = async (page: string) => (await shop.worker().providers.cards.findPage(page))?.cardId;
    const chosen = async () => (await stripe.subscriptions.retrieve(member.stripeId)).default_payment_method;
    return { member, older, newer, cardOf, chosen };
  }
  /** The worker, held back before (or after) it tells the provider of this card until the other page was adopted whole. */
  function heldBack(when: "before" | "after", cardId: string | null | undefined, meanwhile: () => Promise<void>) {
    const worker = shop.worker();
    let held = false;
    const { cards } = worker.providers;
    const chargeTo: typeof cards.chargeTo = async (call) => {
      const here = call.cardId === cardId && !held;
      if (here) held = true;
      if (here && when === "before") await meanwhile();
      await cards.chargeTo(call);
      if (here && when === "after") await meanwhile();
    };
    return { ...worker, providers: { ...worker.providers, cards: { ...cards, chargeTo } } };
  }

  it.each(["before", "after"] as const)(
    "the one opened last counts at the provider too, whoever is overtaken %s telling it",
    async (when) => {
      const { member, older, newer, cardOf, chosen } = await twoPages(`race-${when}@example.se`);
      const [olderCard, newerCard] = [await cardOf(older), await cardOf(newer)];
      expect(olderCard).not.toBe(newerCard);
      // The older page has been looked at and is overtaken by the newer one.
      await adoptCard(
        heldBack(when, olderCard, () => adoptCard(shop.worker(), { sessionId: newer })),
        {
          sessionId: older,
        },
      );
      expect(await row(member)).toMatchObject({ card_page_id: newer });
      expect(await chosen()).toBe(newerCard);
    },
  );

  it.each(["before", "after"] as const)("and when the newer is overtaken by the older %s telling it", async (when) => {
    const { member, older, newer, cardOf, chosen } = await twoPages(`overtaken-${when}@example.se`);
    const newerCard = await cardOf(newer);
    await adoptCard(
      heldBack(when, newerCard, () => adoptCard(shop.worker(), { sessionId: older })),
      {
        sessionId: newer,
      },
    );
    expect(await row(member)).toMatchObject({ card_page_id: newer });
    expect(await chosen()).toBe(newerCard);
  });

  it("an older one whose run ended between telling the provider and noting it is put right whenever it runs again", async () => {
    const { member, older, newer, cardOf, chosen } = await twoPages("lost-note@example.se");
    const [olderCard, newerCard] = [await cardOf(older), await cardOf(newer)];
    await adoptCard(shop.worker(), { sessionId: newer });
    for (let run = 0; run < 2; run++) {
      await stripe.subscriptions.update(member.stripeId, { default_payment_method: String(olderCard) });
      await adoptCard(shop.worker(), { sessionId: older });
      expect(await chosen()).toBe(newerCard);
    }
    expect(await row(member)).toMatchObject({ card_page_id: newer });
  });
});

describe("a mailed link", () => {
  it("is not told to the provider, whose page leads back with its own id alone", async () => {
    const member = await overdue("not-told@example.se");
    const token = tokenIn(await letter(member.email, /gick inte igenom/));
    const { returnedTo } = await shop.pay((await visitor().change({ token })).url, { card: CARDS.good });
    expect(returnedTo).toMatch(/\/card\?card=cs_\w+$/);
    const { requests } = (await shop.sandbox.control("requests")) as { requests: unknown[] };
    expect(requests.length).toBeGreaterThan(0);
    expect(JSON.stringify(requests)).not.toContain(token);
  });

  it("lets its page be looked at by whoever has it, and not without end", async () => {
    const member = await overdue("looked-at@example.se");
    const token = tokenIn(await letter(member.email, /gick inte igenom/));
    const page = "cs_test_made_up";
    await expect(visitor().confirm({ page, token: `${token}x` })).rejects.toEqual(refused("billing.link_invalid"));
    const answers = [];
    for (let count = 0; count < 22; count++) answers.push((await visitor().confirm({ page, token })).looking);
    expect(answers).toEqual([...Array(20).fill(true), false, false]);
    // Another link has a count of its own, and so has somebody who is signed in.
    expect(await member.own.confirmCard({ page })).toEqual({ looking: true });
    const waiting = await sql`select key from graphile_worker.jobs where key = ${`billing.adopt-card:${page}`}`;
    expect(waiting).toHaveLength(1);
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "past_due", card_page_id: null });
  });
});
