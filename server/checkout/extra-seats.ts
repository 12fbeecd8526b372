import { eq } from "drizzle-orm";
import { organizations } from "../../drizzle/schema/organizations.ts";
import type { Tx } from "../kernel/db.ts";
import type { PricedCartLine } from "./checkout-plan.ts";
import { checkoutErrors } from "./errors.ts";

/** How many seats are bought beside those that a plan holds. Throws `checkout.seats_not_sold` where its price sells none. */
export function extraSeats(priced: readonly PricedCartLine[], wanted: number | null): number {
  const [only] = priced;
  if (wanted === null || !only) return 0;
  const { seats } = only.price;
  if (!seats) throw checkoutErrors.seatsNotSold({ field: "seats" });
  return Math.max(0, wanted - seats.included);
}

/** Throws `checkout.seats_need_company` for a personal organization: seats beside its plan's would be nobody's. */
export async function requireCompany(tx: Tx, organizationId: string): Promise<void> {
  const [found] = await tx
    .select({ kind: organizations.kind })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  if (found?.kind === "personal") throw checkoutErrors.seatsNeedCompany({ field: "seats" });
}
