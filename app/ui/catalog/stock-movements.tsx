import { Link } from "@remix-run/react";
import type { Movement } from "~/lib/catalog/product-types.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { listAt } from "~/lib/lists/definition.ts";
import type { ListView } from "~/lib/lists/list-view.ts";
import { movementsList } from "~/lib/lists/movements.ts";
import { actorWord } from "~/lib/office/act-words.ts";
import type { Column } from "../data-table.tsx";
import { ListPage } from "../lists/list-page.tsx";
import { Moment } from "../moment.tsx";

type StockMovementsProps = { of: string; movements: readonly Movement[]; list: ListView };

/** What came and went of a product, the newest first unless asked otherwise. */
export function StockMovements({ of, movements, list }: StockMovementsProps) {
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
      cell: ({ actor, who }) => <span className="wrap-anywhere">{actorWord(actor, who, t)}</span>,
    },
  ];
  return (
    <ListPage
      part
      definition={listAt(movementsList, `/admin/products/${of}`)}
      list={list}
      columns={columns}
      rows={movements}
      rowKey={({ id }) => id}
    />
  );
}
