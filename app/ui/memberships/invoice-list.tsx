import { useT } from "~/lib/i18n/language.tsx";
import type { Translate } from "~/lib/i18n/translate.ts";
import type { OwnInvoice } from "~/lib/memberships/account-types.ts";
import { cardBrand } from "~/lib/memberships/card-name.ts";
import { type Column, DataTable } from "../data-table.tsx";
import { Moment } from "../moment.tsx";
import { Money } from "../money.tsx";
import { StatusBadge } from "../status-badge.tsx";

/** What has been charged for memberships, newest first. */
export function InvoiceList({ invoices }: { invoices: readonly OwnInvoice[] }) {
  const t = useT();
  if (invoices.length === 0) return <p className="text-fg-muted">{t("account.billing.empty")}</p>;
  const columns: Column<OwnInvoice>[] = [
    { key: "date", header: t("account.billing.date"), cell: (row) => <Moment at={row.createdAt} />, phone: "meta" },
    { key: "what", header: t("account.billing.what"), cell: (row) => whatFor(row, t), phone: "title" },
    { key: "number", header: t("account.billing.number"), cell: (row) => row.number ?? t("words.none") },
    {
      key: "card",
      header: t("account.billing.card"),
      cell: (row) =>
        row.cardBrand && row.cardLast4 ? `${cardBrand(row.cardBrand)} ${row.cardLast4}` : t("words.none"),
    },
    {
      key: "status",
      header: t("account.billing.status"),
      cell: (row) => <StatusBadge of="invoice" state={row.status} />,
      phone: "status",
    },
    {
      key: "vat",
      header: t("account.billing.vat"),
      numeric: true,
      cell: (row) => <Money of={{ amount: row.taxAmount, currency: row.currency }} />,
    },
    {
      key: "sum",
      header: t("account.billing.sum"),
      numeric: true,
      cell: (row) => <Money of={{ amount: row.totalAmount, currency: row.currency }} />,
      phone: "aside",
    },
  ];
  return (
    <DataTable caption={t("account.billing.invoices")} columns={columns} rows={invoices} rowKey={(row) => row.id} />
  );
}

function whatFor(invoice: OwnInvoice, t: Translate): string {
  const product = invoice.productName ?? t("account.nav.membership");
  return invoice.reason === "subscription_create"
    ? t("account.billing.first", { product })
    : t("account.billing.renewal", { product });
}
