import { resolveAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Providers } from "../ports.ts";
import type { EventHandler, EventHandlers } from "./event-handler.ts";
import { stripeHandlers } from "./stripe-handlers.ts";
import { SELF_TEST_TYPE } from "./stripe-verifier.ts";

export const PATH_ALERT = { kind: "webhooks.path_silent", subject: "self-test" } as const;

/**
 * Sends ourselves one event, signed and over HTTP like the provider's, so that the whole way is proven every minute: door,
 * signature, database, queue, worker. It is stored and handled as any other, not shown among the real ones, and pruned
 * after a day. One a minute, however many workers there are. Never throws: that it does not arrive is what `watchInbox`
 * tells staff.
 */
export async function provePath(ctx: Ctx<Providers>): Promise<void> {
  const minute = Math.floor(ctx.technical.now().getTime() / 60_000);
  const body = JSON.stringify({
    id: `evt_self_${minute}`,
    object: "event",
    type: SELF_TEST_TYPE,
    created: Math.floor(ctx.now().getTime() / 1000),
    livemode: ctx.providers.checkout.livemode,
    data: { object: { id: "self_test", object: "self_test" } },
  });
  const status = await ctx.providers.ownDoor.deliver(body, ctx.now());
  if (status !== 200) ctx.log.warn({ status }, "our own webhook door did not take our test event");
}

const selfTest: EventHandler<Providers> = {
  useCase: "provePath",
  summary: "Proves that events arrive and are worked off.",
  run: (ctx, _event, also) =>
    ctx.db.transaction(async (tx) => {
      await resolveAlert(tx, PATH_ALERT);
      await also(tx, "The way from our door to the worker is open.");
    }),
};

/** What follows every event that is worked off: Stripe's, and our own. */
export const eventHandlers: EventHandlers<Providers> = { ...stripeHandlers, [SELF_TEST_TYPE]: selfTest };

/** A type as a metric's label: a closed list, whatever a provider thinks up. */
export function labelOfType(type: string): string {
  return Object.hasOwn(eventHandlers, type) || type === "unreadable" ? type : "other";
}
