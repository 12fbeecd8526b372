import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { pricesList } from "~/lib/lists/prices.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { CopyText } from "~/ui/copy-text.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { LongName } from "~/ui/long-name.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";
import { PriceTabs } from "~/ui/pricing/price-tabs.tsx";
import { RecurringSum } from "~/ui/pricing/recurring-sum.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, pricesList);
    const page = await caller.products.prices({ ...asked.filters, ...asked.place, counted: true });
    return { locale, prices: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("prices.list.title"), locale });
};

/** Every default price that holds or held. */
export default function PriceList() {
  const t = useT();
  const locale = useLocale();
  const { prices, list } = useLoaderData<typeof loader>();
  const columns: Column<(typeof prices)[number]>[] = [
    {
      key: "product",
      header: t("office.products.name"),
      phone: "title",
      cell: (one) => <LongName>{one.productName[locale]}</LongName>,
    },
    {
      key: "sku",
      header: t("prices.list.sku"),
      cell: (one) => <code className="font-mono text-13 whitespace-nowrap">{one.sku ?? t("words.none")}</code>,
    },
    {
      key: "state",
      header: t("office.state"),
      phone: "status",
      cell: (one) => (
        <Badge tone={one.active ? "ok" : "neutral"}>{t(one.active ? "prices.list.current" : "prices.list.past")}</Badge>
      ),
    },
    {
      key: "stripe",
      header: "Stripe",
      cell: (one) =>
        one.stripePriceId ? <CopyText text={one.stripePriceId} what="Stripe" shorten /> : t("words.none"),
    },
    {
      key: "created",
      header: t("prices.list.since"),
      phone: "meta",
      cell: (one) => <Moment at={one.createdAt} />,
    },
    {
      key: "price",
      header: t("prices.price"),
      numeric: true,
      phone: "aside",
      cell: ({ amount, currency, interval, intervalCount }) =>
        interval === null ? (
          <Money of={{ amount, currency }} />
        ) : (
          <RecurringSum of={{ amount, currency, interval, intervalCount: intervalCount ?? 1 }} />
        ),
    },
  ];
  return (
    <ListPage
      definition={pricesList}
      list={list}
      columns={columns}
      rows={prices}
      rowKey={(one) => one.id}
      rowHref={(one) => `/admin/products/${one.productId}`}
    >
      <PriceTabs current="/admin/prices/list" />
    </ListPage>
  );
}
