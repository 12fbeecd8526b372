import type { PayoutFacts } from "../payments/index.ts";

/** A stretch of a list that the provider answers newest first. Business time, both ends included. */
export type JournalRange = {
  readonly from: Date;
  readonly to: Date;
  /** The last one of the page before. */
  readonly after: string | null;
};
export type JournalPage<Item> = { readonly items: readonly Item[]; readonly more: boolean };
export type NotedEvent = {
  readonly externalId: string;
  readonly at: Date;
  /** Put into words when it is asked for: nearly all came by themselves. */
  body(): string;
};
export type NotedPayment = { readonly externalId: string; readonly at: Date; readonly paid: boolean };
export type NotedPayout = PayoutFacts & { readonly at: Date };

/** The provider lists events of so many types at a time. */
export const TYPES_AT_ONCE = 20;

/** What the provider keeps note of by itself, whether it told us or not. Reads only; throws ProviderError `unavailable`. */
export type ProviderJournal = {
  /** Events of some types, {@link TYPES_AT_ONCE} at most. */
  listEvents(range: JournalRange, types: readonly string[]): Promise<JournalPage<NotedEvent>>;
  listPayments(range: JournalRange): Promise<JournalPage<NotedPayment>>;
  listPayouts(range: JournalRange): Promise<JournalPage<NotedPayout>>;
};
