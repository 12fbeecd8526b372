import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { shopClock, shopInstant } from "~/lib/format/shop-instant.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { INTL_TAG } from "~/lib/locale.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { statesOf } from "~/lib/statuses.ts";
import { Checkbox } from "~/ui/checkbox.tsx";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { Field } from "~/ui/field.tsx";
import { FilterBar } from "~/ui/filter-bar.tsx";
import { InboxTabs } from "~/ui/inbox-tabs.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { MANY_FORM, ManyWebhooks } from "~/ui/many-webhooks.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Stat, Stats } from "~/ui/stat.tsx";
import { StateFilter } from "~/ui/state-filter.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

const CHOSEN_STATES = ["dead", "discarded", "handled", "ignored", "retrying"] as const;
const STATES = statesOf("webhook").filter((state) => state !== "processing");

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const filters = {
      status: page.choice("status", STATES),
      q: page.filter("q")?.slice(0, 200),
      type: page.filter("type")?.slice(0, 200),
      from: shopInstant(page.filter("from")),
      until: shopInstant(page.filter("until")),
      own: page.filter("own") !== undefined,
    };
    const idempotencyKey = crypto.randomUUID();
    const [stats, list] = await Promise.all([
      caller.webhooks.stats(),
      caller.webhooks.events.list({ ...filters, cursor: page.cursor }),
    ]);
    const hrefs = { next: page.nextHref(list.nextCursor), first: page.firstHref };
    return { locale, stats, events: list.items, hrefs, filters, filtered: page.filtered, idempotencyKey };
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
  return pageMeta({ title: translate(locale)("office.webhooks.title"), locale });
};

export default function WebhookInbox() {
  const t = useT();
  const { stats, events, hrefs, filters, filtered, idempotencyKey } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const navigation = useNavigation();
  const columns = useColumns();
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26 font-bold">{t("office.webhooks.title")}</h1>
      <InboxTabs current="/admin/webhooks" />
      <InboxStats stats={stats} />
      <FilterBar label={t("office.webhooks.title")} clearHref={filtered ? "/admin/webhooks" : undefined}>
        <Field compact type="search" name="q" label={t("office.webhooks.query")} defaultValue={filters.q} />
        <Field compact name="type" label={t("office.webhooks.type")} defaultValue={filters.type} />
        <StateFilter of="webhook" states={STATES} current={filters.status} />
        <Field
          compact
          type="datetime-local"
          name="from"
          label={t("office.webhooks.from")}
          defaultValue={filters.from && shopClock(new Date(filters.from))}
        />
        <Field
          compact
          type="datetime-local"
          name="until"
          label={t("office.webhooks.until")}
          defaultValue={filters.until && shopClock(new Date(filters.until))}
        />
        <Checkbox name="own" value="1" label={t("office.webhooks.own")} defaultChecked={filters.own} />
      </FilterBar>
      <ManyWebhooks idempotencyKey={idempotencyKey} filters={filters} empty={result?.empty === true} />
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
          lag !== null && stats.lagP99 !== null
            ? t("office.webhooks.lagNote", { half: lag, most: seconds.format(stats.lagP99 / 1000) })
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
      key: "choose",
      header: t("office.webhooks.choose"),
      cell: (event) => (
        <input
          type="checkbox"
          name="id"
          value={event.id}
          form={MANY_FORM}
          aria-label={t("office.webhooks.chooseOne", { id: event.externalId })}
          className="size-6"
        />
      ),
    },
    {
      key: "time",
      header: t("office.webhooks.time"),
      phone: "meta",
      cell: (event) => <Moment at={event.receivedAt} withTime />,
    },
  ];
}
