import type { Ctx } from "../kernel/ctx.ts";
import type { Providers } from "../ports.ts";

/** What a rehearsal meets where the real run would ask the provider to do something. Rehearsals report it; nothing was sent. */
export class WouldCall extends Error {
  override readonly name = "WouldCall";
}

/**
 * The same context with a provider that is only looked at: what would open or close a payment page stops there, saying
 * which call would be sent. Without this, rehearsing the event of a purchase whose page's outcome is unknown would open it.
 */
export function lookingOnly(ctx: Ctx<Providers>): Ctx<Providers> {
  const { cards, checkout, cardCharger, subscriptionChanges } = ctx.providers;
  const would = (call: string) => Promise.reject(new WouldCall(call));
  const wouldChange = () => would("It would send the change of the membership again, under the same key.");
  return {
    ...ctx,
    providers: {
      ...ctx.providers,
      checkout: {
        livemode: checkout.livemode,
        findSession: checkout.findSession,
        openSession: () => would("It would send the call that opens the payment page again, under the same key."),
        expireSession: () => would("It would close the payment page."),
      },
      cardCharger: {
        findCard: cardCharger.findCard,
        findCharge: cardCharger.findCharge,
        charge: () => would("It would send the charge of the saved card again, under the same key."),
      },
      subscriptionChanges: {
        previewChange: subscriptionChanges.previewChange,
        cancelAtEnd: wouldChange,
        cancelNow: wouldChange,
        keep: wouldChange,
        changeNow: wouldChange,
        changeAtEnd: wouldChange,
        pauseAtEnd: wouldChange,
        pauseSince: wouldChange,
        resumeNow: wouldChange,
        freeUntil: wouldChange,
        discount: wouldChange,
        payOpen: wouldChange,
      },
      cards: {
        findPage: cards.findPage,
        chargedTo: cards.chargedTo,
        openPage: () => would("It would open the provider's page for another card."),
        chargeTo: () => would("It would make the card that was entered the one that the membership is charged to."),
      },
      portal: { open: () => would("It would open the provider's pages of an organization's bills.") },
    },
  };
}
