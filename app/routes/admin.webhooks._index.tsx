import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { INTL_TAG } from "~/lib/locale.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { statesOf } from "~/lib/statuses.ts";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { Field } from "~/ui/field.tsx";
import { FilterBar } from "~/ui/filter-bar.tsx";
import { InboxTabs } from "~/ui/inbox-tabs.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Stat, Stats } from "~/ui/stat.tsx";
import { StateFilter } from "~/ui/state-filter.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

const STATES = statesOf("webhook").filter((state) => state !== "processing");

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const filters = { status: page.choice("status", STATES), q: page.filter("q")?.slice(0, 200) };
    const [stats, list] = await Promise.all([
      caller.webhooks.stats(),
      caller.webhooks.events.list({ ...filters, cursor: page.cursor }),
    ]);
    const hrefs = { next: page.nextHref(list.nextCursor), first: page.firstHref };
    return { locale, stats, events: list.items, hrefs, filters, filtered: page.filtered };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.webhooks.title"), locale });
};

export default function WebhookInbox() {
  const t = useT();
  const { stats, events, hrefs, filters, filtered } = useLoaderData<typeof loader>();
  const navigation = useNavigation();
  const columns = useColumns();
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26 font-bold">{t("office.webhooks.title")}</h1>
      <InboxTabs current="/admin/webhooks" />
      <InboxStats stats={stats} />
      <FilterBar label={t("office.webhooks.title")} clearHref={filtered ? "/admin/webhooks" : undefined}>
        <Field compact type="search" name="q" label={t("office.webhooks.query")} defaultValue={filters.q} />
        <StateFilter of="webhook" states={STATES} current={filters.status} />
      </FilterBar>
      {events.length === 0 ? (
        <EmptyState title={t(filtered ? "office.webhooks.noneMatch" : "office.webhooks.none")} />
      ) : (
        <DataTable
          caption={t("office.webhooks.title")}
          columns={columns}
          rows={events}
          rowKey={(event) => event.id}
          rowHref={(event) => `/admin/webhooks/${encodeURIComponent(event.id)}`}
          stale={navigation.state === "loading" && navigation.location.pathname === "/admin/webhooks"}
        />
      )}
      <KeysetPaging previousHref={hrefs.first} nextHref={hrefs.next} />
    </div>
  );
}

type Data = Awaited<ReturnType<typeof useLoaderData<typeof loader>>>;

function InboxStats({ stats }: { stats: Data["stats"] }) {
  const t = useT();
  const locale = useLocale();
  const percent = new Intl.NumberFormat(INTL_TAG[locale], { style: "percent", maximumFractionDigits: 1 });
  const seconds = new Intl.NumberFormat(INTL_TAG[locale], {
    style: "unit",
    unit: "second",
    unitDisplay: "short",
    maximumFractionDigits: 2,
  });
  const lag = stats.lagP50 === null ? null : seconds.format(stats.lagP50 / 1000);
  return (
    <Stats>
      <Stat
        label={t("office.webhooks.success")}
        value={stats.successRate === null ? t("words.none") : percent.format(stats.successRate)}
      />
      <Stat
        label={t("office.webhooks.lag")}
        value={lag ?? t("words.none")}
        note={
          lag !== null && stats.lagP95 !== null
            ? t("office.webhooks.lagNote", { half: lag, most: seconds.format(stats.lagP95 / 1000) })
            : undefined
        }
      />
      <Stat label={t("office.webhooks.waiting")} value={stats.waiting} />
      <Stat label={t("office.webhooks.stopped")} value={stats.dead} />
    </Stats>
  );
}

function useColumns(): Column<Data["events"][number]>[] {
  const t = useT();
  return [
    { key: "type", header: t("office.webhooks.type"), phone: "title", cell: (event) => event.type },
    {
      key: "object",
      header: t("office.webhooks.object"),
      cell: (event) => <code className="font-mono text-13 break-all">{event.objectId ?? t("words.none")}</code>,
    },
    {
      key: "status",
      header: t("office.webhooks.outcome"),
      phone: "status",
      cell: (event) => <StatusBadge of="webhook" state={event.status} />,
    },
    {
      key: "effect",
      header: t("office.webhooks.effect"),
      cell: (event) => (
        <span className="block max-w-prose text-13 text-fg-muted">
          {event.effect ?? event.lastError ?? t("words.none")}
        </span>
      ),
    },
    { key: "attempts", header: t("office.webhooks.attempts"), numeric: true, cell: (event) => event.attempts },
    {
      key: "time",
      header: t("office.webhooks.time"),
      phone: "meta",
      cell: (event) => <Moment at={event.receivedAt} withTime />,
    },
  ];
}
