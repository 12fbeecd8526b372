import { Package } from "lucide-react";
import { useT } from "~/lib/i18n/language.tsx";
import type { StatusOf } from "~/lib/statuses.ts";
import { Badge } from "../badge.tsx";
import { StatusBadge } from "../status-badge.tsx";

/** How far an order's goods have come. Paid goods that nobody has begun with are called what they are. */
export function GoodsBadge({ status, paid }: { status: StatusOf<"fulfilment"> | null; paid: boolean }) {
  const t = useT();
  if (status === null) return <span className="text-fg-muted">{t("office.orders.noGoods")}</span>;
  if (status === "not_started" && paid) {
    return (
      <Badge tone="info" icon={Package}>
        {t("office.orders.awaiting")}
      </Badge>
    );
  }
  return <StatusBadge of="fulfilment" state={status} />;
}
