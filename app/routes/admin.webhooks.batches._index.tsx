import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { BatchPhase } from "~/ui/batch-phase.tsx";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { InboxTabs } from "~/ui/inbox-tabs.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { Moment } from "~/ui/moment.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const list = await caller.webhooks.batches.list({ cursor: page.cursor });
    return { locale, batches: list.items, hrefs: { next: page.nextHref(list.nextCursor), first: page.firstHref } };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.batch.title"), locale });
};

export default function Batches() {
  const t = useT();
  const { batches, hrefs } = useLoaderData<typeof loader>();
  const columns: Column<(typeof batches)[number]>[] = [
    { key: "act", header: t("office.batch.act"), phone: "title", cell: (batch) => t(`office.batch.act.${batch.act}`) },
    {
      key: "total",
      header: t("office.batch.count", { count: 2 }),
      numeric: true,
      phone: "aside",
      cell: (batch) => batch.total,
    },
    {
      key: "phase",
      header: t("office.batch.phase"),
      phone: "status",
      cell: (batch) => <BatchPhase phase={batch.phase} />,
    },
    { key: "reason", header: t("office.reason"), cell: (batch) => batch.reason ?? t("words.none") },
    {
      key: "by",
      header: t("office.batch.by"),
      cell: (batch) => <code className="font-mono text-13">{batch.createdBy}</code>,
    },
    {
      key: "when",
      header: t("office.batch.when"),
      phone: "meta",
      cell: (batch) => <Moment at={batch.createdAt} withTime />,
    },
  ];
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26 font-bold">{t("office.batch.title")}</h1>
      <InboxTabs current="/admin/webhooks/batches" />
      {batches.length === 0 ? (
        <EmptyState title={t("office.batch.none")} />
      ) : (
        <DataTable
          caption={t("office.batch.title")}
          columns={columns}
          rows={batches}
          rowKey={(batch) => batch.id}
          rowHref={(batch) => `/admin/webhooks/batches/${encodeURIComponent(batch.id)}`}
        />
      )}
      <KeysetPaging previousHref={hrefs.first} nextHref={hrefs.next} />
    </div>
  );
}
