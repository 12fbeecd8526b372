import type { CardBehavior } from "./behavior.ts";
import { type TestCard, testCards } from "./test-cards.ts";

const plain: CardBehavior = {
  brand: "visa",
  last4: "4242",
  funding: "credit",
  country: "US",
  refusedAtOnce: null,
  refusedOnCharge: null,
  approval: "never",
  refusedAfterApproval: null,
};

function behaviorOf(card: TestCard): CardBehavior {
  const { number, says: _says, token: _token, ...own } = card;
  return { ...plain, ...own, last4: number.slice(-4) };
}

const byNumber = new Map(testCards.map((card) => [card.number, behaviorOf(card)]));
const byToken = new Map(testCards.flatMap((card) => (card.token ? [[card.token, behaviorOf(card)] as const] : [])));
/** Some tokens go by two names. */
const aliases = [
  ["pm_card_us", "pm_card_visa"],
  ["pm_card_chargeDeclinedFraudulent", "pm_card_radarBlock"],
  ["pm_card_visa_chargeDeclinedFraudulent", "pm_card_radarBlock"],
  ["pm_card_visa_chargeDeclinedExpiredCard", "pm_card_chargeDeclinedExpiredCard"],
  ["pm_card_visa_chargeDeclinedIncorrectCvc", "pm_card_chargeDeclinedIncorrectCvc"],
  ["pm_card_visa_chargeDeclinedProcessingError", "pm_card_chargeDeclinedProcessingError"],
  ["pm_card_chargeDeclinedLostCard", "pm_card_visa_chargeDeclinedLostCard"],
  ["pm_card_chargeDeclinedStolenCard", "pm_card_visa_chargeDeclinedStolenCard"],
  ["pm_card_visa_chargeDeclined", "pm_card_chargeDeclined"],
  ["pm_card_visa_chargeDeclinedInsufficientFunds", "pm_card_chargeDeclinedInsufficientFunds"],
  ["pm_card_threeDSecureRequired", "pm_card_threeDSecure2Required"],
] as const;
for (const [alias, token] of aliases) {
  const behavior = byToken.get(token);
  if (behavior) byToken.set(alias, behavior);
}

/** The test card with this number; undefined for every other number, which only a real bank could judge. */
export function cardByNumber(digits: string): CardBehavior | undefined {
  return byNumber.get(digits);
}

/** The test card behind a magic token such as `pm_card_visa`. */
export function cardByToken(token: string): CardBehavior | undefined {
  return byToken.get(token);
}
