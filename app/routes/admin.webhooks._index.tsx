import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { askedEvents, webhooksList } from "~/lib/lists/webhooks.ts";
import { INTL_TAG } from "~/lib/locale.ts";
import { effectWords } from "~/lib/office/told-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { CopyText } from "~/ui/copy-text.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { InboxDays } from "~/ui/inbox/inbox-days.tsx";
import { InboxTabs } from "~/ui/inbox/inbox-tabs.tsx";
import { MANY_FORM, ManyWebhooks } from "~/ui/inbox/many-webhooks.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Stat, Stats } from "~/ui/stat.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

const CHOSEN_STATES = ["dead", "discarded", "handled", "ignored", "retrying"] as const;

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, webhooksList);
    const filters = askedEvents(asked.filters);
    const idempotencyKey = crypto.randomUUID();
    const [stats, page] = await Promise.all([
      caller.webhooks.stats(),
      caller.webhooks.events.list({ ...filters, ...asked.place, counted: true }),
    ]);
    return { locale, stats, events: page.items, list: await asked.view(page), filters, idempotencyKey };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const [act, which] = form.text("act").split("-");
    const matching = {
      status: CHOSEN_STATES.find((state) => state === form.maybe("status")) ?? "dead",
      type: form.maybe("type"),
      from: form.maybe("from"),
      until: form.maybe("until"),
    };
    try {
      const { id } = await caller.webhooks.batches.start({
        act: act === "discard" ? "discard" : "replay",
        selection: which === "chosen" ? { ids: form.all("id") } : matching,
        idempotencyKey: `${form.text("idempotencyKey")}:${form.text("act")}`,
      });
      return redirect(`/admin/webhooks/batches/${encodeURIComponent(id)}`);
    } catch (error) {
      if (refusalOf(error)?.kind !== "invalid") throw error;
      return data({ empty: true }, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("webhooks.title"), locale });
};

export default function WebhookInbox() {
  const { stats, events, list, filters, idempotencyKey } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const columns = useColumns();
  return (
    <ListPage
      definition={webhooksList}
      list={list}
      columns={columns}
      rows={events}
      rowKey={(event) => event.id}
      rowHref={(event) => `/admin/webhooks/${encodeURIComponent(event.id)}`}
      selection={{ form: MANY_FORM, name: (event) => event.externalId }}
      bulk={
        (events.length > 0 || result?.empty === true) && (
          <ManyWebhooks idempotencyKey={idempotencyKey} filters={filters} empty={result?.empty === true} />
        )
      }
    >
      <InboxTabs current="/admin/webhooks" />
      <InboxStats stats={stats} />
      <InboxDays days={stats.byDay} />
    </ListPage>
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
        label={t("webhooks.success")}
        value={stats.successRate === null ? t("words.none") : percent.format(stats.successRate)}
      />
      <Stat
        label={t("webhooks.lag")}
        value={lag ?? t("words.none")}
        note={
          lag !== null && stats.lagP99 !== null
            ? t("webhooks.lagNote", { half: lag, most: seconds.format(stats.lagP99 / 1000) })
            : undefined
        }
      />
      <Stat
        label={t("webhooks.loss")}
        value={stats.lossRate === null ? t("words.none") : percent.format(stats.lossRate)}
        note={t("webhooks.lossNote")}
      />
      <Stat label={t("webhooks.waiting")} value={stats.waiting} />
      <Stat label={t("webhooks.stopped")} value={stats.dead} />
    </Stats>
  );
}

function useColumns(): Column<Data["events"][number]>[] {
  const t = useT();
  const locale = useLocale();
  return [
    {
      key: "type",
      header: t("webhooks.type"),
      phone: "title",
      cell: (event) => <span className="md:whitespace-nowrap">{event.type}</span>,
    },
    {
      key: "object",
      header: t("webhooks.object"),
      cell: (event) =>
        event.objectId ? <CopyText text={event.objectId} what={t("webhooks.object")} shorten /> : t("words.none"),
    },
    {
      key: "status",
      header: t("webhooks.outcome"),
      phone: "status",
      cell: (event) => <StatusBadge of="webhook" state={event.status} />,
    },
    {
      key: "effect",
      header: t("webhooks.effect"),
      cell: (event) => (
        <span className="block max-w-prose text-13 text-fg-muted">
          {effectWords(event.effect ?? event.lastError ?? t("words.none"), locale)}
        </span>
      ),
    },
    { key: "attempts", header: t("webhooks.attempts"), numeric: true, cell: (event) => event.attempts },
    {
      key: "time",
      header: t("webhooks.time"),
      phone: "meta",
      cell: (event) => <Moment at={event.receivedAt} withTime />,
    },
  ];
}
