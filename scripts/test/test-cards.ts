import { sweepSubscriptionsJob } from "../../server/billing/jobs.ts";
import { CARDS, type testCheckoutShop } from "./checkout-shop.ts";
import { testMemberships } from "./test-memberships.ts";

type Letter = { subject: string; text: string };

/** The token of the link that a letter has. */
export const tokenIn = ({ text }: Letter): string => /\/card\?token=([\w-]+)/.exec(text)?.[1] ?? "none";

/** Payments that are missing, the letters about them, and the pages on which another card is entered. */
export function testCards(shop: Awaited<ReturnType<typeof testCheckoutShop>>) {
  const { memberOf, chargeTo, run } = testMemberships(shop);
  return {
    /** The newest letter to an address with such a subject, as the mail server had it. */
    async letter(to: string, subject: RegExp): Promise<Letter> {
      const { mail } = (await shop.sandbox.control(`mail?limit=100&to=${encodeURIComponent(to)}`)) as {
        mail: Letter[];
      };
      const found = mail.find((one) => subject.test(one.subject));
      if (!found) throw new Error(`no letter like ${subject}: ${mail.map((one) => one.subject).join(", ")}`);
      return found;
    },
    /** Somebody who has a link and is not signed in. */
    visitor: () => shop.browser().caller.billing.cards,
    /** A member whose renewal was refused by the card. */
    async overdue(email: string, card = "pm_card_chargeCustomerFail") {
      const member = await memberOf(email, "oppet");
      await chargeTo(member, card);
      await shop.advance("P32D");
      await run(sweepSubscriptionsJob);
      return member;
    },
    /** Enters a card on the page that a link opens; the page's id. */
    async enterCard(url: string, card: string = CARDS.good): Promise<string> {
      const { returnedTo } = await shop.pay(url, { card });
      return new URL(returnedTo ?? "http://nowhere").searchParams.get("card") ?? "none";
    },
  };
}
