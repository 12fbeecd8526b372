import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { formatLag } from "~/lib/format/lag.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { Field } from "~/ui/field.tsx";
import { FilterBar } from "~/ui/filter-bar.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Select } from "~/ui/select.tsx";

const RESULTS = ["created", "updated", "deleted", "duplicate", "stale"] as const;

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const filters = { result: page.choice("result", RESULTS), campaignId: page.filter("campaign")?.slice(0, 200) };
    const list = await caller.pricing.incoming({ ...filters, cursor: page.cursor });
    const hrefs = { next: page.nextHref(list.nextCursor), first: page.firstHref };
    return { locale, announcements: list.items, hrefs, filters, filtered: page.filtered };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta({ title: translate(data?.locale ?? "sv")("campaigns.incoming.title"), locale: data?.locale ?? "sv" });

export default function Announcements() {
  const t = useT();
  const locale = useLocale();
  const navigation = useNavigation();
  const { announcements, hrefs, filters, filtered } = useLoaderData<typeof loader>();
  const lag = (milliseconds: number | null) =>
    milliseconds === null ? t("words.none") : formatLag(milliseconds, locale);
  const columns: Column<(typeof announcements)[number]>[] = [
    {
      key: "campaign",
      header: t("campaigns.incoming.campaign"),
      phone: "title",
      cell: (one) => one.campaignId ?? t("words.none"),
    },
    {
      key: "action",
      header: t("campaigns.incoming.action"),
      phone: "aside",
      cell: (one) => <code className="font-mono text-13">{one.action}</code>,
    },
    {
      key: "result",
      header: t("campaigns.incoming.result"),
      phone: "status",
      cell: (one) => t(`office.campaigns.result.${one.result}`),
    },
    { key: "version", header: t("campaigns.incoming.version"), numeric: true, cell: (one) => one.version ?? "" },
    {
      key: "received",
      header: t("campaigns.incoming.received"),
      phone: "meta",
      cell: (one) => <Moment at={one.receivedAt} withTime />,
    },
    {
      key: "arriving",
      header: t("campaigns.incoming.arriving"),
      numeric: true,
      cell: (one) => lag(one.lag.arriving),
    },
    {
      key: "applying",
      header: t("campaigns.incoming.applying"),
      numeric: true,
      cell: (one) => lag(one.lag.applying),
    },
    {
      key: "showing",
      header: t("campaigns.incoming.showing"),
      numeric: true,
      cell: (one) =>
        one.appliedAt !== null && one.visibleAt === null ? t("campaigns.incoming.waiting") : lag(one.lag.showing),
    },
  ];
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-2">
        <h1 className="text-26 font-bold">{t("campaigns.incoming.title")}</h1>
        <p className="max-w-prose text-fg-muted">{t("campaigns.incoming.intro")}</p>
      </div>
      <FilterBar label={t("campaigns.incoming.title")} clearHref={filtered ? "/admin/announcements" : undefined}>
        <Field
          compact
          type="search"
          name="campaign"
          label={t("campaigns.incoming.campaign")}
          defaultValue={filters.campaignId}
        />
        <Select
          compact
          name="result"
          label={t("campaigns.incoming.result")}
          options={[
            { value: "", label: t("campaigns.incoming.anyResult") },
            ...RESULTS.map((value) => ({ value, label: t(`office.campaigns.result.${value}`) })),
          ]}
          defaultValue={filters.result ?? ""}
        />
      </FilterBar>
      {announcements.length === 0 ? (
        <EmptyState title={t(filtered ? "campaigns.incoming.noneMatch" : "campaigns.incoming.none")} />
      ) : (
        <DataTable
          caption={t("campaigns.incoming.title")}
          columns={columns}
          rows={announcements}
          rowKey={(one) => one.id}
          rowHref={(one) => `/admin/campaigns/${encodeURIComponent(one.campaignId ?? "")}`}
          stale={navigation.state === "loading" && navigation.location.pathname === "/admin/announcements"}
        />
      )}
      <KeysetPaging previousHref={hrefs.first} nextHref={hrefs.next} />
    </div>
  );
}
