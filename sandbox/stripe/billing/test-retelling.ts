import type Stripe from "stripe";
import type { BillingStory } from "./test-story.ts";

export type Told = Record<string, unknown>;

/** Everything that was told so far, oldest first. */
export async function everythingTold({ stripe }: BillingStory): Promise<Stripe.Event[]> {
  const events: Stripe.Event[] = [];
  for await (const event of stripe.events.list({ limit: 100 })) events.push(event);
  return events.reverse();
}

/** What there is when everything that was told is played again. */
export async function played(story: BillingStory): Promise<Map<string, Told>> {
  const state = new Map<string, Told>();
  for (const { type, data } of await everythingTold(story)) {
    const object = data.object as unknown as Told;
    const id = String(object.id);
    if (type.endsWith(".deleted") && object.object !== "subscription") state.delete(id);
    else state.set(id, object);
  }
  return state;
}

/** An invoice that takes its number only counts one further at its customer: the provider does not tell that either. */
export const saidOf = (one: Told) => JSON.parse(JSON.stringify({ ...one, next_invoice_sequence: undefined })) as Told;
