import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { batchesList } from "~/lib/lists/batches.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { actorWord } from "~/lib/office/act-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import type { Column } from "~/ui/data-table.tsx";
import { BatchPhase } from "~/ui/inbox/batch-phase.tsx";
import { InboxTabs } from "~/ui/inbox/inbox-tabs.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, batchesList);
    const page = await caller.webhooks.batches.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, batches: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("webhooks.batch.title"), locale });
};

export default function Batches() {
  const t = useT();
  const { batches, list } = useLoaderData<typeof loader>();
  const columns: Column<(typeof batches)[number]>[] = [
    {
      key: "act",
      header: t("webhooks.batch.act"),
      phone: "title",
      cell: (batch) => t(`webhooks.batch.act.${batch.act}`),
    },
    {
      key: "total",
      header: t("webhooks.batch.count", { count: 2 }),
      numeric: true,
      phone: "aside",
      cell: (batch) => batch.total,
    },
    {
      key: "phase",
      header: t("webhooks.batch.phase"),
      phone: "status",
      cell: (batch) => <BatchPhase phase={batch.phase} />,
    },
    { key: "reason", header: t("office.reason"), cell: (batch) => batch.reason ?? t("words.none") },
    {
      key: "by",
      header: t("webhooks.batch.by"),
      cell: (batch) => actorWord(batch.createdBy, batch.who, t),
    },
    {
      key: "when",
      header: t("webhooks.batch.when"),
      phone: "meta",
      cell: (batch) => <Moment at={batch.createdAt} withTime />,
    },
  ];
  return (
    <ListPage
      definition={batchesList}
      list={list}
      columns={columns}
      rows={batches}
      rowKey={(batch) => batch.id}
      rowHref={(batch) => `/admin/webhooks/batches/${encodeURIComponent(batch.id)}`}
    >
      <InboxTabs current="/admin/webhooks/batches" />
    </ListPage>
  );
}
