import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { formatDate, formatTime } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import type { Locale } from "~/lib/locale.ts";
import { alertDetail, alertWord } from "~/lib/office/alert-words.ts";
import { causeWords } from "~/lib/office/told-words.ts";
import { type WorkItem, type WorkKind, workHref } from "~/lib/office/work-href.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import type { Tone } from "~/lib/statuses.ts";
import { Badge } from "~/ui/badge.tsx";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";
import { Tabs } from "~/ui/tabs.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const queue = await caller.overview.workQueue();
    const kinds = (Object.keys(queue.counts) as WorkKind[]).filter((kind) => queue.counts[kind] > 0);
    const kind = listPage(args.request).choice("kind", kinds) ?? null;
    return { locale, queue, kinds, kind };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("queue.title"), locale });
};

export default function WorkQueuePage() {
  const t = useT();
  const locale = useLocale();
  const { queue, kinds, kind } = useLoaderData<typeof loader>();
  const columns = useColumns(queue.checkedAt);
  const total = kinds.reduce((count, one) => count + queue.counts[one], 0);
  const items = queue.items.filter((item) => kind === null || item.kind === kind);
  const tabs = [
    { to: "/admin", label: t("queue.all"), current: kind === null, count: total },
    ...kinds.map((one) => ({
      to: `/admin?kind=${one}`,
      label: t(`queue.kind.${one}`),
      current: kind === one,
      count: queue.counts[one],
    })),
  ];
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26 font-bold">
        {total === 0 ? t("queue.title") : t("queue.cases", { count: total })}
        {sums(items).map((sum) => (
          <span key={sum.currency} className="font-normal text-fg-muted">
            {" · "}
            {t("queue.atStake", { sum: formatMoney(sum, locale, "ledger") })}
          </span>
        ))}
      </h1>
      {total === 0 ? (
        <EmptyState title={t("queue.nothing")}>
          {t("queue.life", { time: formatTime(queue.checkedAt, locale), count: queue.eventsToday })}
        </EmptyState>
      ) : (
        <>
          <p className="-mt-4 text-fg-muted">{t("queue.order")}</p>
          {kinds.length > 1 && <Tabs label={t("queue.kinds")} tabs={tabs} />}
          <DataTable
            caption={t("queue.title")}
            columns={columns}
            rows={items}
            rowKey={(item) => `${item.kind}:${item.id}`}
          />
        </>
      )}
    </div>
  );
}

/** What the server keeps in short English, by the kind of case. */
const TOLD: Partial<Record<WorkKind, (text: string, locale: Locale) => string>> = {
  alert: alertDetail,
  checkout_mismatch: alertDetail,
  payout_failed: alertDetail,
  campaign_price_unusable: alertDetail,
  withdrawal_review: causeWords,
  withdrawal_statement: causeWords,
  withdrawal_unmatched: causeWords,
  refund_failed: causeWords,
};

function useColumns(now: Date): Column<WorkItem>[] {
  const t = useT();
  const locale = useLocale();
  const subjectOf = ({ kind, subject, stock }: WorkItem): string => {
    if (stock) return stock.names.map((name) => name[locale]).join(", ");
    if (kind === "withdrawal_unmatched") return t("queue.unmatched", { count: subject });
    return kind === "alert" ? alertWord(subject, locale) : subject;
  };
  const detailOf = ({ kind, subject, detail, failing, seats, stock }: WorkItem): string | null => {
    if (seats) return t("queue.seats", seats);
    if (failing) {
      const { attempts, nextAttemptAt, declineClass } = failing;
      return [
        attempts === 0 ? t("queue.noCard") : t("queue.attempts", { count: attempts }),
        nextAttemptAt
          ? t("queue.nextAttempt", { date: formatDate(nextAttemptAt, locale, "table") })
          : t("queue.lastAttempt"),
        ...(declineClass ? [t(`checkout.decline.${declineClass}`)] : []),
      ].join(" · ");
    }
    if (stock) return [t("queue.left", { count: stock.left }), subject].join(" · ");
    return detail && (TOLD[kind]?.(detail, locale) ?? detail);
  };
  return [
    {
      key: "kind",
      header: t("queue.what"),
      phone: "status",
      cell: (item) => <Badge tone={TONES[item.kind]}>{t(`queue.kind.${item.kind}`)}</Badge>,
    },
    {
      key: "subject",
      header: t("queue.whom"),
      phone: "title",
      cell: (item) => (
        <>
          {subjectOf(item)}
          {detailOf(item) && (
            <span className="line-clamp-2 max-w-prose text-13 break-words whitespace-normal text-fg-muted max-md:line-clamp-4">
              {detailOf(item)}
            </span>
          )}
        </>
      ),
    },
    {
      key: "money",
      header: t("queue.money"),
      numeric: true,
      phone: "aside",
      cell: (item) =>
        item.amount !== null && item.currency !== null ? (
          <Money of={{ amount: item.amount, currency: item.currency }} />
        ) : (
          t("words.none")
        ),
    },
    {
      key: "since",
      header: t("queue.since"),
      phone: "meta",
      cell: (item) => <Moment at={item.since} now={now} withTime />,
    },
    {
      key: "act",
      header: t("queue.act"),
      phone: "meta",
      cell: (item) => (
        <span className="whitespace-nowrap">
          <LinkButton to={workHref(item)} size="compact">
            {t(`queue.do.${item.kind}`)}
          </LinkButton>
        </span>
      ),
    },
  ];
}

const TONES = {
  payment_unknown: "warn",
  withdrawal_review: "warn",
  withdrawal_statement: "warn",
  withdrawal_unmatched: "warn",
  refund_failed: "bad",
  payout_failed: "bad",
  credits_spent: "warn",
  credits_waiting: "warn",
  checkout_mismatch: "bad",
  membership_past_due: "bad",
  seats_over: "warn",
  move_failed: "warn",
  move_not_undone: "warn",
  second_trial: "warn",
  drift: "warn",
  job_failed: "bad",
  webhook_dead: "bad",
  alert: "bad",
  email_failed: "bad",
  campaign_price_unusable: "warn",
  stock_low: "warn",
  awaiting_fulfilment: "info",
} as const satisfies Record<WorkKind, Tone>;

/** One sum per currency: they are never added to each other. */
function sums(items: readonly WorkItem[]) {
  const totals = new Map<NonNullable<WorkItem["currency"]>, number>();
  for (const { amount, currency } of items) {
    if (amount !== null && currency !== null) totals.set(currency, (totals.get(currency) ?? 0) + amount);
  }
  return [...totals].map(([currency, amount]) => ({ currency, amount }));
}
