import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { receiptsList } from "~/lib/lists/receipts.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { CopyText } from "~/ui/copy-text.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { LongName } from "~/ui/long-name.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";
import { PriceTabs } from "~/ui/pricing/price-tabs.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, receiptsList);
    const page = await caller.pricing.receipts.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, receipts: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("prices.receipts.title"), locale });
};

/** Every price that was decided for a buyer, with the campaign that gave it. */
export default function Receipts() {
  const t = useT();
  const locale = useLocale();
  const { receipts, list } = useLoaderData<typeof loader>();
  const columns: Column<(typeof receipts)[number]>[] = [
    {
      key: "product",
      header: t("office.products.name"),
      phone: "title",
      cell: (one) => <LongName>{one.productName[locale]}</LongName>,
    },
    {
      key: "buyer",
      header: t("office.orders.buyer"),
      phone: "status",
      cell: (one) => <span className="break-all">{one.email ?? t("words.none")}</span>,
    },
    {
      key: "campaign",
      header: t("prices.receipts.campaign"),
      cell: (one) =>
        one.campaignId ? (
          <Link to={`/admin/campaigns/${encodeURIComponent(one.campaignId)}`}>{one.campaignId}</Link>
        ) : (
          t("prices.receipts.without")
        ),
    },
    {
      key: "stripe",
      header: "Stripe",
      cell: (one) => <CopyText text={one.stripePriceId} what="Stripe" shorten />,
    },
    {
      key: "created",
      header: t("prices.receipts.when"),
      phone: "meta",
      cell: (one) => <Moment at={one.createdAt} withTime />,
    },
    {
      key: "price",
      header: t("prices.price"),
      numeric: true,
      phone: "aside",
      cell: (one) => <Money of={{ amount: one.amount, currency: one.currency }} />,
    },
  ];
  return (
    <ListPage
      definition={receiptsList}
      list={list}
      columns={columns}
      rows={receipts}
      rowKey={(one) => one.id}
      rowHref={(one) => `/admin/receipts/${one.id}`}
    >
      <PriceTabs current="/admin/receipts" />
    </ListPage>
  );
}
