import type { z } from "zod";
import type { campaignContentInput } from "../../../server/pricing/input.ts";
import type { MessageKey } from "../i18n/translate.ts";

export type CampaignContent = z.output<typeof campaignContentInput>;

/** One line of the form's price table, as typed. `slot`: `month:1`, or `once`. */
export type PriceLine = { productId: string; currency: string; slot: string; amount: string; stripePriceId: string };

/** The campaign form as typed: what cannot be read comes back as it was. */
export type CampaignForm = {
  name: string;
  startAt: string;
  endAt: string;
  durationMonths: string;
  productIds: string[];
  prices: PriceLine[];
};

const EMPTY_LINE: PriceLine = { productId: "", currency: "SEK", slot: "month:1", amount: "", stripePriceId: "" };
/** Lines to write into below those that are there; more come with each save. */
const EMPTY_LINES = 2;

export type FormFault = { field: string; key: Extract<MessageKey, `campaigns.editor.fault.${string}`> };

export function withEmptyLines(prices: readonly PriceLine[]): PriceLine[] {
  return [...prices, ...Array.from({ length: EMPTY_LINES }, () => EMPTY_LINE)];
}

/** How often a price is paid, as one word for a form: `once`, `month:1`. */
export function slotText(price: { interval: string | null; intervalCount: number | null }): string {
  return price.interval === null ? "once" : `${price.interval}:${price.intervalCount ?? 1}`;
}
