import type { AppLoadContext } from "@remix-run/node";
import { formatDate } from "~/lib/format/dates.ts";
import { formatPercent } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { type Column, DataTable } from "../data-table.tsx";
import { Money } from "../money.tsx";

export type OfficeInvoice = Awaited<ReturnType<AppLoadContext["caller"]["billing"]["invoices"]["get"]>>;
type Line = OfficeInvoice["lines"][number];

/** What an invoice asks for, line by line, with the tax in each. */
export function InvoiceLines({ invoice }: { invoice: OfficeInvoice }) {
  const t = useT();
  const locale = useLocale();
  const { id, currency, totalAmount, taxAmount, taxRateBps, periodStartAt: from, periodEndAt: to } = invoice;
  const product = invoice.productName?.[locale] ?? t("words.none");
  const day = (at: NonNullable<typeof from>) => formatDate(at, locale, "table");
  const whole = {
    ...{ id, quantity: 1, totalAmount, taxAmount, taxRateBps: taxRateBps ?? 0 },
    name: from && to ? t("invoices.line.period", { product, from: day(from), to: day(to) }) : product,
  };
  const columns: Column<Line>[] = [
    { key: "name", header: t("invoices.line.product"), phone: "title", cell: (line) => line.name },
    {
      key: "quantity",
      header: t("invoices.line.quantity"),
      numeric: true,
      phone: "meta",
      cell: (line) => line.quantity,
    },
    {
      key: "vat",
      header: t("invoices.line.vat"),
      numeric: true,
      cell: (line) => (
        <>
          {formatPercent(line.taxRateBps, locale)} <Money of={{ amount: line.taxAmount, currency }} />
        </>
      ),
    },
    {
      key: "total",
      header: t("invoices.line.total"),
      numeric: true,
      phone: "aside",
      cell: (line) => <Money of={{ amount: line.totalAmount, currency }} />,
    },
  ];
  return (
    <DataTable
      caption={t("invoices.lines")}
      columns={columns}
      rows={invoice.lines.length > 0 ? invoice.lines : [whole]}
      rowKey={(line) => line.id}
    />
  );
}
