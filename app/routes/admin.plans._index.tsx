import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { partPlace } from "~/lib/page/part-place.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { PartPaging } from "~/ui/part-paging.tsx";
import { RecurringSum } from "~/ui/pricing/recurring-sum.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => ({
    locale,
    page: await caller.plans.list(partPlace(args.request, "cursor")),
  }));
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("planning.title"), locale });
};

/** Every plan: what is on sale, what is being written, and who pays for which. */
export default function Plans() {
  const t = useT();
  const locale = useLocale();
  const { page } = useLoaderData<typeof loader>();
  const plans = page.items;
  const columns: Column<(typeof plans)[number]>[] = [
    { key: "name", header: t("planning.plan"), phone: "title", cell: (plan) => plan.name[locale] },
    {
      key: "live",
      header: t("planning.live"),
      phone: "status",
      cell: (plan) => (
        <span className="inline-flex flex-wrap gap-2">
          <Badge tone={plan.live ? "ok" : "neutral"}>
            {plan.live ? t("planning.version", { version: plan.live.version }) : t("planning.notOnSale")}
          </Badge>
          {plan.draft && (
            <Badge tone="info">{t(plan.draft.status === "draft" ? "planning.draft" : "planning.publishing")}</Badge>
          )}
        </span>
      ),
    },
    {
      key: "price",
      header: t("planning.price"),
      phone: "meta",
      cell: (plan) => (
        <span className="inline-flex flex-wrap gap-x-3">
          {plan.live?.prices.map((price) => (
            <RecurringSum key={price.lookupKey} of={{ ...price, intervalCount: 1 }} />
          ))}
        </span>
      ),
    },
    {
      key: "paying",
      header: t("planning.subscribers"),
      numeric: true,
      phone: "aside",
      cell: ({ subscribers }) => (
        <>
          <span className="max-md:hidden">{subscribers}</span>
          <span className="text-fg-muted md:hidden">{t("planning.subscribersCount", { count: subscribers })}</span>
        </>
      ),
    },
    { key: "older", header: t("planning.onOlder"), numeric: true, cell: (plan) => plan.onOlder },
    { key: "organizations", header: t("planning.organizations"), numeric: true, cell: (plan) => plan.organizations },
  ];
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-2">
        <h1 className="text-26 font-bold">{t("planning.title")}</h1>
        <p className="max-w-prose text-fg-muted">{t("planning.lead")}</p>
      </div>
      {plans.length === 0 ? (
        <p>{t("planning.none")}</p>
      ) : (
        <DataTable
          caption={t("planning.title")}
          columns={columns}
          rows={plans}
          rowKey={({ code }) => code}
          rowHref={({ code }) => `/admin/plans/${code}`}
        />
      )}
      <PartPaging name="cursor" page={page} />
    </div>
  );
}
