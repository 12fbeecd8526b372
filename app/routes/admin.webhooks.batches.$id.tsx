import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { batchItemsList } from "~/lib/lists/batch-items.ts";
import { listAt } from "~/lib/lists/definition.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { actorWord } from "~/lib/office/act-words.ts";
import { effectWords } from "~/lib/office/told-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { useRefresh } from "~/lib/page/use-refresh.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { Field } from "~/ui/field.tsx";
import { BatchPhase } from "~/ui/inbox/batch-phase.tsx";
import { InboxTabs } from "~/ui/inbox/inbox-tabs.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Stat, Stats } from "~/ui/stat.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const id = args.params.id ?? "";
    const asked = openList(args, batchItemsList, { batchId: id });
    const batch = await caller.webhooks.batches.get({ id });
    const page = await caller.webhooks.batches.items({ ...asked.filters, ...asked.place, batchId: id, counted: true });
    return { locale, batch, items: page.items, list: await asked.view(page) };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const id = args.params.id ?? "";
    try {
      if (form.text("act") === "stop") await caller.webhooks.batches.stop({ id });
      else await caller.webhooks.batches.confirm({ id, reason: form.text("reason") });
      return data({ reasonMissing: false });
    } catch (error) {
      const kind = refusalOf(error)?.kind;
      // Pressed twice, or somebody was faster: the page shows where it stands.
      if (kind === "conflict") return data({ reasonMissing: false });
      if (kind !== "invalid") throw error;
      return data({ reasonMissing: true }, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("webhooks.batch.title"), locale });
};

export default function BatchPage() {
  const t = useT();
  const { batch, items, list } = useLoaderData<typeof loader>();
  const columns = useColumns(batch.act);
  useRefresh(batch.phase === "trying" || batch.phase === "running");
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-26 font-bold">
          {t(`webhooks.batch.act.${batch.act}`)}: {t("webhooks.batch.count", { count: batch.total })}
        </h1>
        <BatchPhase phase={batch.phase} />
      </div>
      <InboxTabs current="/admin/webhooks/batches" />
      <p className="text-14 text-fg-muted">
        <Moment at={batch.createdAt} withTime /> · {actorWord(batch.createdBy, batch.who, t)}
        {batch.reason !== null && ` · ${batch.reason}`}
      </p>
      {batch.truncated && <Banner tone="warn" title={t("webhooks.batch.truncated", { total: batch.total })} />}
      <Progress batch={batch} />
      <Acts batch={batch} />
      <ListPage
        part
        definition={listAt(batchItemsList, `/admin/webhooks/batches/${batch.id}`)}
        list={list}
        columns={columns}
        rows={items}
        rowKey={(item) => String(item.position)}
        rowHref={(item) => `/admin/webhooks/${encodeURIComponent(item.id)}`}
      />
    </div>
  );
}

type Data = Awaited<ReturnType<typeof useLoaderData<typeof loader>>>;

function Progress({ batch }: { batch: Data["batch"] }) {
  const t = useT();
  const { total } = batch;
  return (
    <section aria-label={t("webhooks.batch.progress")} aria-live="polite">
      <Stats>
        {batch.act === "replay" && (
          <>
            <Stat label={t("webhooks.batch.tried")} value={t("webhooks.batch.of", { count: batch.tried, total })} />
            <Stat label={t("webhooks.batch.wouldHandle")} value={batch.wouldHandle} />
            <Stat label={t("webhooks.batch.wouldIgnore")} value={batch.wouldIgnore} />
            <Stat label={t("webhooks.batch.wouldFail")} value={batch.wouldFail} />
          </>
        )}
        <Stat label={t("webhooks.batch.done")} value={t("webhooks.batch.of", { count: batch.done, total })} />
        {batch.skipped > 0 && <Stat label={t("webhooks.batch.skipped")} value={batch.skipped} />}
      </Stats>
    </section>
  );
}

function Acts({ batch }: { batch: Data["batch"] }) {
  const t = useT();
  const result = useActionData<typeof action>();
  const underWay = batch.phase === "trying" || batch.phase === "running";
  if (batch.phase === "done" || batch.phase === "stopped") return null;
  const error = result?.reasonMissing ? t("errors.enter", { label: t("office.reason").toLowerCase() }) : undefined;
  return (
    <Form method="post" className="flex flex-wrap items-end gap-3">
      {batch.phase === "ready" && (
        <>
          <div className="w-72 max-w-full">
            <Field compact name="reason" label={t("office.reason")} hint={t("office.reasonHint")} error={error} />
          </div>
          <SubmitButton
            name="act"
            value="confirm"
            size="compact"
            variant={batch.act === "discard" ? "danger" : "primary"}
          >
            {t(`webhooks.batch.confirm.${batch.act}`, { count: batch.total })}
          </SubmitButton>
        </>
      )}
      <SubmitButton name="act" value="stop" size="compact" variant="outline">
        {t("webhooks.batch.stop")}
      </SubmitButton>
      {underWay && (
        <Link to="." className="inline-flex min-h-8 items-center">
          {t("webhooks.batch.refresh")}
        </Link>
      )}
    </Form>
  );
}

function useColumns(act: Data["batch"]["act"]): Column<Data["items"][number]>[] {
  const t = useT();
  const locale = useLocale();
  const columns: Column<Data["items"][number]>[] = [
    { key: "type", header: t("webhooks.type"), phone: "title", cell: (item) => item.type },
    {
      key: "object",
      header: t("webhooks.object"),
      cell: (item) => <code className="font-mono text-13 break-all">{item.objectId ?? t("words.none")}</code>,
    },
    {
      key: "would",
      header: t("webhooks.batch.would"),
      phone: "meta",
      cell: (item) => (item.would ? t(`webhooks.batch.would.${item.would}`) : t("words.none")),
    },
    {
      key: "effect",
      header: t("webhooks.effect"),
      cell: (item) => (
        <span className="block max-w-prose text-13 text-fg-muted">
          {item.wouldEffect === null ? t("words.none") : effectWords(item.wouldEffect, locale)}
        </span>
      ),
    },
    {
      key: "outcome",
      header: t("webhooks.batch.outcome"),
      cell: (item) => (item.outcome ? t(`webhooks.batch.outcome.${item.outcome}`) : t("words.none")),
    },
    {
      key: "status",
      header: t("webhooks.outcome"),
      phone: "status",
      cell: (item) => <StatusBadge of="webhook" state={item.status} />,
    },
  ];
  return act === "replay" ? columns : columns.filter((column) => column.key !== "would" && column.key !== "effect");
}
