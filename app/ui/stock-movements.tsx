import { Link } from "@remix-run/react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Movement } from "~/lib/product-types.ts";
import { type Column, DataTable } from "./data-table.tsx";
import { Moment } from "./moment.tsx";

/** What came and went of a product, the newest first. */
export function StockMovements({ movements }: { movements: readonly Movement[] }) {
  const t = useT();
  const locale = useLocale();
  const columns: Column<Movement>[] = [
    { key: "at", header: t("products.when"), phone: "aside", cell: ({ at }) => <Moment at={at} withTime /> },
    { key: "sku", header: t("products.sku"), phone: "title", cell: ({ sku }) => sku },
    { key: "location", header: t("products.location"), cell: ({ location }) => location[locale] },
    {
      key: "delta",
      header: t("products.number"),
      numeric: true,
      phone: "status",
      cell: ({ delta }) => (delta > 0 ? `+${delta}` : `−${-delta}`),
    },
    {
      key: "reason",
      header: t("products.why"),
      cell: ({ reason, note, orderId, orderNumber }) => (
        <>
          {t(`products.reason.${reason}`)} {orderId && <Link to={`/admin/orders/${orderId}`}>{orderNumber}</Link>}{" "}
          {note}
        </>
      ),
    },
    {
      key: "actor",
      header: t("products.who"),
      cell: ({ actor }) => <code className="font-mono text-13">{actor}</code>,
    },
  ];
  if (movements.length === 0) return <p className="text-fg-muted">{t("products.noMovements")}</p>;
  return <DataTable caption={t("products.movements")} columns={columns} rows={movements} rowKey={({ id }) => id} />;
}
