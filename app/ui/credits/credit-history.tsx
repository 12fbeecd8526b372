import { creditWords, signedCredits } from "~/lib/credits/credit-words.ts";
import type { Instant } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { INTL_TAG } from "~/lib/locale.ts";
import { type Column, DataTable } from "../data-table.tsx";
import { Moment } from "../moment.tsx";

export type Movement = {
  id: string;
  at: Instant;
  kind: string;
  reason: string;
  reference: string | null;
  keyName: string | null;
  change: number;
  balanceAfter: number;
};

/** What happened to the credits, newest first: when, what for, by which key, how many, and what was left. */
export function CreditHistory({ movements }: { movements: readonly Movement[] }) {
  const t = useT();
  const locale = useLocale();
  if (movements.length === 0) return <p className="text-fg-muted">{t("balance.historyEmpty")}</p>;
  const columns: Column<Movement>[] = [
    { key: "at", header: t("balance.when"), cell: (row) => <Moment at={row.at} withTime />, phone: "meta" },
    { key: "what", header: t("balance.what"), cell: (row) => creditWords(row, t), phone: "title" },
    { key: "key", header: t("balance.key"), cell: (row) => row.keyName ?? t("words.none") },
    {
      key: "change",
      header: t("balance.change"),
      numeric: true,
      cell: (row) => signedCredits(row.change, locale),
      phone: "aside",
    },
    {
      key: "after",
      header: t("balance.after"),
      numeric: true,
      cell: (row) => (
        <>
          <span className="md:hidden">{t("balance.after")}: </span>
          {row.balanceAfter.toLocaleString(INTL_TAG[locale])}
        </>
      ),
      phone: "status",
    },
  ];
  return <DataTable caption={t("balance.history")} columns={columns} rows={movements} rowKey={(row) => row.id} />;
}
