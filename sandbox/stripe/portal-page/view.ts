import type {
  Coupon,
  Customer,
  Invoice,
  PaymentMethod,
  PortalConfiguration,
  PortalSession,
  Price,
  Subscription,
} from "../wire.ts";
import type { Offer, PlanPreview } from "./visit.ts";
import type { Language } from "./words.ts";

export interface PortalView {
  language: Language;
  merchant: string;
  nonce: string;
  session: PortalSession;
  configuration: PortalConfiguration;
  customer: Customer;
  subscription: Subscription | undefined;
  /** The one thing that the page is about; undefined for the whole page. */
  flow: NonNullable<PortalSession["flow"]> | undefined;
  /** The whole page is shown though the link leads to one thing. */
  whole: boolean;
  planName: string;
  offers: readonly Offer[];
  bounds: { least: number; most: number } | undefined;
  /** A change that waits for the period's end. */
  planned: { name: string; price: Price; quantity: number; at: number } | undefined;
  /** What a chosen change would cost, before it is made. */
  preview: PlanPreview | undefined;
  /** What is offered to somebody who wants to cancel. */
  retention: Coupon | undefined;
  cards: readonly PaymentMethod[];
  standard: string | null;
  invoices: readonly Invoice[];
  refusal: string | null;
}

const locales = { en: "en-GB", sv: "sv-SE" } as const;

export function day(seconds: number, language: Language): string {
  return new Date(seconds * 1000).toLocaleDateString(locales[language], {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}
