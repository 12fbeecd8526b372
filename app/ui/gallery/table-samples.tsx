import { useT } from "~/lib/i18n/language.tsx";
import type { PaymentStatus } from "../../../server/payments/payment-status.ts";
import { Button } from "../button.tsx";
import { type Column, DataTable, type Sort } from "../data-table.tsx";
import { KeysetPaging } from "../keyset-paging.tsx";
import { BulkBar } from "../lists/row-selection.tsx";
import { Moment } from "../moment.tsx";
import { Money } from "../money.tsx";
import { PartPaging } from "../part-paging.tsx";
import { StatusBadge } from "../status-badge.tsx";
import { Sample } from "./sample.tsx";

type Order = { number: string; email: string; at: string; total: number; status: PaymentStatus };

const ORDERS: Order[] = [
  { number: "KV-10482", email: "maja.medlem@kraftverk.test", at: "2026-11-20T18:04:00Z", total: 29900, status: "paid" },
  {
    number: "KV-10481",
    email: "sixty-characters-long-address-for-a-member@kraftverk.example",
    at: "2026-11-20T09:30:00Z",
    total: 1229900,
    status: "unknown",
  },
  { number: "KV-10480", email: "olle@kraftverk.test", at: "2026-11-19T07:12:00Z", total: -14930, status: "refunded" },
];

export function TableSamples({ sort, direction }: { sort: string | null; direction: Sort["direction"] }) {
  const t = useT();
  const by = sort === "total" ? "total" : "number";
  const rows = ORDERS.toSorted((a, b) => (a[by] < b[by] ? -1 : 1) * (direction === "asc" ? 1 : -1));
  const sortHref = (key: string) => (next: Sort["direction"]) => `?sort=${key}&dir=${next}`;
  const columns: Column<Order>[] = [
    { key: "number", header: "Order", cell: (row) => row.number, sortHref: sortHref("number"), phone: "title" },
    { key: "email", header: t("checkout.cart.email"), cell: (row) => row.email },
    { key: "at", header: "Tid", cell: (row) => <Moment at={row.at} withTime />, phone: "meta" },
    {
      key: "status",
      header: t("account.nav.billing"),
      cell: (row) => <StatusBadge of="payment" state={row.status} />,
      phone: "status",
    },
    {
      key: "total",
      header: t("prices.total"),
      numeric: true,
      cell: (row) => <Money of={{ amount: row.total, currency: "SEK" }} />,
      sortHref: sortHref("total"),
      phone: "aside",
    },
  ];
  return (
    <Sample title="DataTable, BulkBar, KeysetPaging, PartPaging">
      <BulkBar form="sample-bulk">
        <form id="sample-bulk">
          <Button size="compact">{t("lists.tryFirst")}</Button>
        </form>
      </BulkBar>
      <DataTable
        caption={t("admin.nav.orders")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.number}
        rowHref={() => "/admin/ui"}
        sort={{ key: by, direction }}
        selection={{ form: "sample-bulk", name: (row) => row.number }}
      />
      <KeysetPaging previousHref="?before=1" nextHref="?after=3" showing={{ from: 51, to: 100 }} />
      <PartPaging name="part" page={{ previousCursor: null, nextCursor: "3" }} label={t("admin.nav.jobs")} />
    </Sample>
  );
}
