import type { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";

/** A wish as it is kept. */
export type Change = typeof subscriptionChanges.$inferSelect;
