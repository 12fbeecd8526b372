import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { driftsList } from "~/lib/lists/drifts.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { CopyText } from "~/ui/copy-text.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { InboxTabs } from "~/ui/inbox/inbox-tabs.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Stat, Stats } from "~/ui/stat.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, driftsList);
    const [parts, page] = await Promise.all([
      caller.reconciliation.state(),
      caller.reconciliation.drifts.list({ ...asked.filters, ...asked.place, counted: true }),
    ]);
    return { locale, parts, drifts: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("drifts.title"), locale });
};

export default function Drift() {
  const t = useT();
  const { parts, drifts, list } = useLoaderData<typeof loader>();
  const columns = useColumns();
  return (
    <ListPage
      definition={driftsList}
      list={list}
      columns={columns}
      rows={drifts}
      rowKey={(drift) => drift.id}
      rowHref={(drift) => `/admin/search?q=${encodeURIComponent(drift.subject ?? drift.object)}`}
    >
      <InboxTabs current="/admin/webhooks/drift" />
      <p className="max-w-prose text-fg-muted">{t("drifts.lead")}</p>
      <Parts parts={parts} />
    </ListPage>
  );
}

type Data = Awaited<ReturnType<typeof useLoaderData<typeof loader>>>;

function Parts({ parts }: { parts: Data["parts"] }) {
  const t = useT();
  return (
    <Stats>
      {(["events", "payments", "payouts", "objects"] as const).map((name) => {
        const part = parts.find((one) => one.name === name);
        return (
          <Stat
            key={name}
            label={t(`drifts.part.${name}`)}
            value={part?.doneAt ? <Moment at={part.doneAt} withTime /> : t("drifts.never")}
            note={
              part?.lastError
                ? t("drifts.failed", { error: part.lastError })
                : part?.doneAt
                  ? t("drifts.foundCount", { found: part.found, seen: part.seen })
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
  const side = (value: string | null) => <span className="tabular text-13">{value ?? t("drifts.nothing")}</span>;
  return [
    {
      key: "kind",
      header: t("drifts.kind"),
      phone: "title",
      cell: (drift) => t(`drifts.kind.${drift.kind}`),
    },
    {
      key: "object",
      header: t("webhooks.object"),
      cell: (drift) => <CopyText text={drift.object} what={t("webhooks.object")} shorten />,
    },
    {
      key: "field",
      header: t("drifts.field"),
      cell: (drift) => <code className="font-mono text-13">{drift.field}</code>,
    },
    { key: "ours", header: t("drifts.ours"), cell: (drift) => side(drift.ours) },
    { key: "theirs", header: t("drifts.theirs"), cell: (drift) => side(drift.theirs) },
    {
      key: "healed",
      header: t("drifts.healed"),
      phone: "status",
      cell: (drift) => drift.healedBy ?? <Badge tone="bad">{t("drifts.state.open")}</Badge>,
    },
    {
      key: "found",
      header: t("drifts.found"),
      phone: "meta",
      cell: (drift) => <Moment at={drift.foundAt} withTime />,
    },
  ];
}
