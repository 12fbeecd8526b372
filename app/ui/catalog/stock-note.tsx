import type { CatalogItem } from "~/lib/catalog/catalog-types.ts";
import { useT } from "~/lib/i18n/language.tsx";

/** How many are told at most on a card: more than this is no news. */
const FEW = 3;

/** Beside a price: that there are few, or none. Nothing where there are enough. */
export function StockNote({ stock }: { stock: CatalogItem["stock"] }) {
  const t = useT();
  if (stock.state === "sold_out") return <span className="text-14 text-fg-muted">{t("shop.stock.out")}</span>;
  if (stock.left === null || stock.left > FEW) return null;
  return <span className="text-14 font-medium">{t("shop.stock.left", { count: stock.left })}</span>;
}
