import type { Providers } from "../ports.ts";
import type { EventHandlers } from "./event-handler.ts";

/** What follows which of Stripe's events. */
export const stripeHandlers = {} satisfies EventHandlers<Providers>;
