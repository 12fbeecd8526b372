import type { AppLoadContext } from "@remix-run/node";
import { useT } from "~/lib/i18n/language.tsx";
import { actorWord } from "~/lib/office/act-words.ts";
import { type Column, DataTable } from "../data-table.tsx";
import { Moment } from "../moment.tsx";
import { StatusBadge } from "../status-badge.tsx";
import { LedgerAmount } from "./ledger-amount.tsx";

type Adjustment = Awaited<
  ReturnType<AppLoadContext["caller"]["credits"]["office"]["ofCustomer"]>
>["adjustments"][number];

/** What staff added and took away of late, by whom and why, and what became of each. */
export function CreditAdjustments({ adjustments }: { adjustments: readonly Adjustment[] }) {
  const t = useT();
  const columns: Column<Adjustment>[] = [
    {
      key: "credits",
      header: t("crediting.credits"),
      phone: "title",
      cell: ({ kind, credits }) => (
        <LedgerAmount of={{ amount: kind === "add" ? credits : -credits, currency: "CREDIT" }} signed />
      ),
    },
    {
      key: "state",
      header: t("office.state"),
      phone: "status",
      cell: ({ state }) => <StatusBadge of="adjustment" state={state} />,
    },
    { key: "reason", header: t("crediting.reason"), phone: "meta", cell: ({ reason }) => reason },
    { key: "by", header: t("crediting.adjustments.by"), cell: ({ by, who }) => actorWord(by, who, t) },
    { key: "at", header: t("ledger.at"), phone: "aside", cell: ({ at }) => <Moment at={at} withTime /> },
  ];
  if (adjustments.length === 0) return <p className="text-fg-muted">{t("crediting.adjustments.none")}</p>;
  return (
    <DataTable
      caption={t("crediting.adjustments")}
      columns={columns}
      rows={adjustments}
      rowKey={(adjustment) => adjustment.id}
    />
  );
}
