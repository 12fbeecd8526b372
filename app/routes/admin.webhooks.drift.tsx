import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { Field } from "~/ui/field.tsx";
import { FilterBar } from "~/ui/filter-bar.tsx";
import { InboxTabs } from "~/ui/inbox-tabs.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Select } from "~/ui/select.tsx";
import { Stat, Stats } from "~/ui/stat.tsx";
import { DRIFT_KINDS, DRIFT_STATES } from "../../server/reconciliation/input.ts";

const PATH = "/admin/webhooks/drift";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const filters = {
      kind: page.choice("kind", DRIFT_KINDS),
      state: page.choice("state", DRIFT_STATES),
      q: page.filter("q")?.slice(0, 200),
    };
    const [parts, list] = await Promise.all([
      caller.reconciliation.state(),
      caller.reconciliation.drifts.list({ ...filters, cursor: page.cursor }),
    ]);
    const hrefs = { next: page.nextHref(list.nextCursor), first: page.firstHref };
    return { locale, parts, drifts: list.items, hrefs, filters, filtered: page.filtered };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.drift.title"), locale });
};

export default function Drift() {
  const t = useT();
  const { parts, drifts, hrefs, filters, filtered } = useLoaderData<typeof loader>();
  const navigation = useNavigation();
  const columns = useColumns();
  const all = { value: "", label: t("office.allStates") };
  const kinds = [all, ...DRIFT_KINDS.map((value) => ({ value, label: t(`office.drift.kind.${value}`) }))];
  const states = [all, ...DRIFT_STATES.map((value) => ({ value, label: t(`office.drift.state.${value}`) }))];
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26 font-bold">{t("office.drift.title")}</h1>
      <InboxTabs current={PATH} />
      <p className="max-w-prose text-fg-muted">{t("office.drift.lead")}</p>
      <Parts parts={parts} />
      <FilterBar label={t("office.drift.title")} clearHref={filtered ? PATH : undefined}>
        <Field compact type="search" name="q" label={t("office.drift.query")} defaultValue={filters.q} />
        <Select compact name="kind" label={t("office.drift.kind")} options={kinds} defaultValue={filters.kind ?? ""} />
        <Select compact name="state" label={t("office.state")} options={states} defaultValue={filters.state ?? ""} />
      </FilterBar>
      {drifts.length === 0 ? (
        <EmptyState title={t(filtered ? "office.drift.noneMatch" : "office.drift.none")} />
      ) : (
        <DataTable
          caption={t("office.drift.title")}
          columns={columns}
          rows={drifts}
          rowKey={(drift) => drift.id}
          rowHref={(drift) => `/admin/search?q=${encodeURIComponent(drift.subject ?? drift.object)}`}
          stale={navigation.state === "loading" && navigation.location.pathname === PATH}
        />
      )}
      <KeysetPaging previousHref={hrefs.first} nextHref={hrefs.next} />
    </div>
  );
}

type Data = Awaited<ReturnType<typeof useLoaderData<typeof loader>>>;

function Parts({ parts }: { parts: Data["parts"] }) {
  const t = useT();
  return (
    <Stats>
      {(["events", "payments", "objects"] as const).map((name) => {
        const part = parts.find((one) => one.name === name);
        return (
          <Stat
            key={name}
            label={t(`office.drift.part.${name}`)}
            value={part?.doneAt ? <Moment at={part.doneAt} withTime /> : t("office.drift.never")}
            note={
              part?.lastError
                ? t("office.drift.failed", { error: part.lastError })
                : part?.doneAt
                  ? t("office.drift.foundCount", { found: part.found, seen: part.seen })
                  : undefined
            }
          />
        );
      })}
    </Stats>
  );
}

function useColumns(): Column<Data["drifts"][number]>[] {
  const t = useT();
  const side = (value: string | null) => <span className="tabular text-13">{value ?? t("office.drift.nothing")}</span>;
  return [
    {
      key: "kind",
      header: t("office.drift.kind"),
      phone: "title",
      cell: (drift) => t(`office.drift.kind.${drift.kind}`),
    },
    {
      key: "object",
      header: t("office.webhooks.object"),
      cell: (drift) => <code className="font-mono text-13 break-all">{drift.object}</code>,
    },
    {
      key: "field",
      header: t("office.drift.field"),
      cell: (drift) => <code className="font-mono text-13">{drift.field}</code>,
    },
    { key: "ours", header: t("office.drift.ours"), cell: (drift) => side(drift.ours) },
    { key: "theirs", header: t("office.drift.theirs"), cell: (drift) => side(drift.theirs) },
    {
      key: "healed",
      header: t("office.drift.healed"),
      phone: "status",
      cell: (drift) => drift.healedBy ?? <Badge tone="bad">{t("office.drift.state.open")}</Badge>,
    },
    {
      key: "found",
      header: t("office.drift.found"),
      phone: "meta",
      cell: (drift) => <Moment at={drift.foundAt} withTime />,
    },
  ];
}
