import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { priceFacts } from "~/lib/price-view.ts";
import { answer } from "~/lib/respond.ts";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { Price } from "~/ui/price.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const { items } = await caller.catalog.products.list({});
    return { locale, products: items };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.products.title"), locale });
};

/** What is for sale and what a visitor pays for it now. */
export default function ProductsPage() {
  const t = useT();
  const locale = useLocale();
  const { products } = useLoaderData<typeof loader>();
  const columns: Column<(typeof products)[number]>[] = [
    { key: "name", header: t("office.products.name"), phone: "title", cell: (product) => product.name[locale] },
    {
      key: "id",
      header: t("office.products.id"),
      cell: (product) => <code className="font-mono text-13">{product.id}</code>,
    },
    {
      key: "kind",
      header: t("office.products.kind"),
      phone: "status",
      cell: (product) => t(`office.products.kind.${product.kind}`),
    },
    { key: "variants", header: t("office.products.variants"), numeric: true, cell: (p) => p.variants.length },
    {
      key: "vat",
      header: t("office.products.vat"),
      numeric: true,
      cell: (product) => `${product.price.taxRateBps / 100} %`,
    },
    {
      key: "price",
      header: t("office.products.price"),
      phone: "aside",
      cell: (product) => <Price {...priceFacts(product.price)} size="line" tax={null} />,
    },
  ];
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26 font-bold">{t("office.products.title")}</h1>
      {products.length === 0 ? (
        <EmptyState title={t("office.products.none")} />
      ) : (
        <DataTable
          caption={t("office.products.title")}
          columns={columns}
          rows={products}
          rowKey={(product) => product.id}
          rowHref={(product) => `/products/${product.id}`}
        />
      )}
    </div>
  );
}
