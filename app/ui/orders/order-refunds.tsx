import type { AppLoadContext } from "@remix-run/node";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { actorWord } from "~/lib/office/act-words.ts";
import { refundReason } from "~/lib/office/told-words.ts";
import { CopyText } from "../copy-text.tsx";
import { type Column, DataTable } from "../data-table.tsx";
import { Moment } from "../moment.tsx";
import { Money } from "../money.tsx";
import { StatusBadge } from "../status-badge.tsx";

type Refund = Awaited<ReturnType<AppLoadContext["caller"]["payments"]["refunds"]["list"]>>[number];

/** What was paid back of an order, by whom and why, and how far each has come. */
export function OrderRefunds({ refunds }: { refunds: readonly Refund[] }) {
  const t = useT();
  const locale = useLocale();
  const columns: Column<Refund>[] = [
    {
      key: "sum",
      header: t("refunds.sum"),
      phone: "title",
      cell: (refund) => <Money of={{ amount: -refund.amount, currency: refund.currency }} />,
    },
    {
      key: "status",
      header: t("office.state"),
      phone: "status",
      cell: (refund) => (
        <>
          <StatusBadge of="refund" state={refund.status} />
          {refund.failureCode && <span className="ml-2 font-mono text-13">{refund.failureCode}</span>}
        </>
      ),
    },
    { key: "reason", header: t("office.reason"), phone: "meta", cell: (refund) => refundReason(refund, locale) },
    {
      key: "by",
      header: t("refunds.by"),
      cell: (refund) =>
        refund.requestedBy === "stripe" ? t("refunds.atStripe") : actorWord(refund.requestedBy, refund.who, t),
    },
    {
      key: "external",
      header: "Stripe",
      cell: (refund) =>
        refund.externalId ? <CopyText text={refund.externalId} what="Stripe" shorten /> : t("words.none"),
    },
    {
      key: "at",
      header: t("queue.since"),
      phone: "aside",
      cell: (refund) => <Moment at={refund.createdAt} withTime />,
    },
  ];
  if (refunds.length === 0) return <p className="text-fg-muted">{t("refunds.none")}</p>;
  return <DataTable caption={t("refunds.list")} columns={columns} rows={refunds} rowKey={(refund) => refund.id} />;
}
