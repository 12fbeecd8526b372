import type { retentionOffers } from "../schema/retention-offers.ts";
import { MEMBERSHIPS } from "./memberships.ts";

/** What the demo shop offers to somebody who leaves because of the price. */
export function retentionOfferRows(now: Date): (typeof retentionOffers.$inferInsert)[] {
  return [
    {
      ...{ id: "off_demo_price", name: "25 % i tre månader", kind: "discount", discountBps: 2500, months: 3 },
      productIds: MEMBERSHIPS.map(({ id }) => id),
      reasons: ["too_expensive"],
      ...{ createdBy: "seed", createdAt: now },
    },
  ];
}
