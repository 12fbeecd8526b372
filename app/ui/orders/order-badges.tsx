import type { BuyerOrder } from "~/lib/memberships/account-types.ts";
import { StatusBadge } from "../status-badge.tsx";

/** Where an order's money and goods stand, each in its own words. */
export function OrderBadges({ order }: { order: Pick<BuyerOrder, "paymentStatus" | "fulfilmentStatus"> }) {
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      {order.paymentStatus && <StatusBadge of="payment" state={order.paymentStatus} />}
      {order.fulfilmentStatus && <StatusBadge of="fulfilment" state={order.fulfilmentStatus} />}
    </span>
  );
}
