import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { LinkButton } from "~/ui/link-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const list = await caller.products.list({ cursor: page.cursor, q: page.filter("q") });
    const hrefs = { next: page.nextHref(list.nextCursor), first: page.firstHref };
    return { locale, products: list.items, hrefs };
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
  const { products, hrefs } = useLoaderData<typeof loader>();
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
    { key: "variants", header: t("office.products.variants"), numeric: true, cell: (p) => p.variants },
    {
      key: "vat",
      header: t("office.products.vat"),
      numeric: true,
      cell: (product) => `${product.taxRateBps / 100} %`,
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
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-26 font-bold">{t("office.products.title")}</h1>
        <LinkButton to="/admin/products/new" size="compact" variant="primary">
          {t("products.new")}
        </LinkButton>
      </div>
      {products.length === 0 ? (
        <EmptyState title={t("office.products.none")} />
      ) : (
        <DataTable
          caption={t("office.products.title")}
          columns={columns}
          rows={products}
          rowKey={(product) => product.id}
          rowHref={(product) => `/admin/products/${product.id}`}
        />
      )}
      <KeysetPaging previousHref={hrefs.first} nextHref={hrefs.next} />
    </div>
  );
}
