import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { formatPercent } from "~/lib/format/money.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { productsList } from "~/lib/lists/products.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { LongName } from "~/ui/long-name.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, productsList);
    const page = await caller.products.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, products: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.products.title"), locale });
};

/** What is sold, on sale or not, and how many there are. */
export default function ProductsPage() {
  const t = useT();
  const locale = useLocale();
  const { products, list } = useLoaderData<typeof loader>();
  const columns: Column<(typeof products)[number]>[] = [
    {
      key: "name",
      header: t("office.products.name"),
      phone: "title",
      cell: (product) => <LongName>{product.name[locale]}</LongName>,
    },
    {
      key: "id",
      header: t("office.products.id"),
      cell: (product) => <code className="font-mono text-13 whitespace-nowrap">{product.id}</code>,
    },
    {
      key: "kind",
      header: t("office.products.kind"),
      phone: "status",
      cell: (product) => t(`office.products.kind.${product.kind}`),
    },
    { key: "variants", header: t("office.products.variants"), numeric: true, cell: (p) => p.variants },
    {
      key: "vat",
      header: t("office.products.vat"),
      numeric: true,
      cell: (product) => formatPercent(product.taxRateBps, locale),
    },
    {
      key: "stock",
      header: t("products.onHand"),
      numeric: true,
      phone: "aside",
      cell: (product) => product.onHand ?? t("products.notCounted"),
    },
    {
      key: "active",
      header: t("products.onSale"),
      cell: ({ active }) => (
        <Badge tone={active ? "ok" : "neutral"}>{t(active ? "products.onSale" : "products.offSale")}</Badge>
      ),
    },
  ];
  return (
    <ListPage
      definition={productsList}
      list={list}
      columns={columns}
      rows={products}
      rowKey={(product) => product.id}
      rowHref={(product) => `/admin/products/${product.id}`}
      action={
        <LinkButton to="/admin/products/new" size="compact" variant="primary">
          {t("products.new")}
        </LinkButton>
      }
    />
  );
}
