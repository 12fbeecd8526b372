import type { ExportRow } from "../../../server/entitlements/export-page.ts";
import type { ExportPart } from "../../../server/entitlements/input.ts";
import { formatDate } from "../format/dates.ts";
import { formatMoney } from "../format/money.ts";
import type { MessageKey, ParameterName, Translate } from "../i18n/translate.ts";
import type { CsvColumn } from "../lists/csv.server.ts";
import type { Locale } from "../locale.ts";
import { valueWord } from "../plans/plan-words.ts";

/** Words without a blank to fill in. */
export type PlainKey = { [Key in MessageKey]: [ParameterName<Key>] extends [never] ? Key : never }[MessageKey];
type Words = { readonly t: Translate; readonly locale: Locale };
type PdfColumn<Row> = {
  readonly title: PlainKey;
  /** Its share of the page's width. */
  readonly width: number;
  readonly text: (row: Row, words: Words) => string;
};
type Columns<Part extends ExportPart> = {
  readonly title: PlainKey;
  readonly file: string;
  readonly csv: readonly CsvColumn<ExportRow<Part>>[];
  readonly pdf: readonly PdfColumn<ExportRow<Part>>[];
};

const day = (at: Date | null, { locale }: Words) => (at === null ? "" : formatDate(at, locale, "table"));
const shown = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));
const planOf = (row: { plan: string | null; version: number | null }) =>
  row.plan === null ? "" : `${row.plan} ${row.version ?? ""}`.trim();

/** How each part of an organization's data stands in a table: stable names for programs, and the reader's own words. */
export const PART_COLUMNS: { readonly [Part in ExportPart]: Columns<Part> } = {
  members: {
    title: "organizations.members",
    file: "members.csv",
    csv: [
      { name: "id", value: (row) => row.id },
      { name: "user_id", value: (row) => row.userId },
      { name: "name", value: (row) => row.name },
      { name: "email", value: (row) => row.email },
      { name: "role", value: (row) => row.role },
      { name: "joined_at", value: (row) => row.joinedAt },
      { name: "left_at", value: (row) => row.leftAt },
    ],
    pdf: [
      {
        title: "plans.export.who",
        width: 4,
        text: (row) => [row.name, row.email].filter(Boolean).join(" · ") || row.userId,
      },
      { title: "plans.export.role", width: 2, text: (row, { t }) => t(`organizations.role.${row.role}`) },
      { title: "plans.export.from", width: 1.5, text: (row, words) => day(row.joinedAt, words) },
      { title: "plans.export.to", width: 1.5, text: (row, words) => day(row.leftAt, words) },
    ],
  },
  seats: {
    title: "plans.export.seats",
    file: "seats.csv",
    csv: [
      { name: "id", value: (row) => row.id },
      { name: "user_id", value: (row) => row.userId },
      { name: "status", value: (row) => row.status },
      { name: "created_at", value: (row) => row.createdAt },
    ],
    pdf: [
      { title: "plans.export.number", width: 4, text: (row) => row.id },
      { title: "plans.export.who", width: 4, text: (row) => row.userId ?? "" },
      { title: "plans.export.status", width: 2, text: (row, { t }) => t(`plans.export.seat.${row.status}`) },
      { title: "plans.export.from", width: 1.5, text: (row, words) => day(row.createdAt, words) },
    ],
  },
  planChanges: {
    title: "plans.office.changes",
    file: "plan-changes.csv",
    csv: [
      { name: "id", value: (row) => row.id },
      { name: "from_plan", value: (row) => row.fromPlan },
      { name: "to_plan", value: (row) => row.toPlan },
      { name: "at", value: (row) => row.at },
    ],
    pdf: [
      { title: "plans.export.when", width: 2, text: (row, words) => day(row.at, words) },
      { title: "plans.export.fromPlan", width: 3, text: (row) => row.fromPlan ?? "" },
      { title: "plans.export.toPlan", width: 3, text: (row) => row.toPlan },
    ],
  },
  entitlementHistory: {
    title: "plans.export.entitlements",
    file: "entitlements.csv",
    csv: [
      { name: "id", value: (row) => row.id },
      { name: "feature", value: (row) => row.feature },
      { name: "value", value: (row) => shown(row.value) },
      { name: "source", value: (row) => row.source },
      { name: "plan", value: (row) => row.plan },
      { name: "version", value: (row) => row.version },
      { name: "starts_at", value: (row) => row.startsAt },
      { name: "ends_at", value: (row) => row.endsAt },
      { name: "replaced_at", value: (row) => row.replacedAt },
    ],
    pdf: [
      { title: "plans.feature", width: 3, text: (row) => row.feature },
      { title: "plans.export.value", width: 1.5, text: (row, { t }) => valueWord(row.value, t) },
      {
        title: "plans.export.because",
        width: 2.5,
        text: (row, { t }) => (row.source === "plan" ? planOf(row) : t("plans.office.exceptions")),
      },
      { title: "plans.export.from", width: 1.5, text: (row, words) => day(row.startsAt, words) },
      { title: "plans.export.to", width: 1.5, text: (row, words) => day(row.replacedAt ?? row.endsAt, words) },
    ],
  },
  subscriptions: {
    title: "plans.export.subscriptions",
    file: "subscriptions.csv",
    csv: [
      { name: "id", value: (row) => row.id },
      { name: "plan", value: (row) => row.plan },
      { name: "version", value: (row) => row.version },
      { name: "status", value: (row) => row.status },
      { name: "amount_minor", value: (row) => row.amount },
      { name: "currency", value: (row) => row.currency },
      { name: "interval", value: (row) => row.interval },
      { name: "started_at", value: (row) => row.startedAt },
      { name: "cancel_at", value: (row) => row.cancelAt },
      { name: "ended_at", value: (row) => row.endedAt },
    ],
    pdf: [
      { title: "plans.mine.plan", width: 2, text: planOf },
      { title: "plans.export.status", width: 2, text: (row, { t }) => t(`statuses.membership.${row.status}`) },
      { title: "plans.mine.price", width: 2, text: (row, { locale }) => formatMoney(row, locale, "ledger") },
      { title: "plans.export.from", width: 1.5, text: (row, words) => day(row.startedAt, words) },
      { title: "plans.export.to", width: 1.5, text: (row, words) => day(row.endedAt ?? row.cancelAt, words) },
    ],
  },
  invoices: {
    title: "plans.export.invoices",
    file: "invoices.csv",
    csv: [
      { name: "id", value: (row) => row.id },
      { name: "number", value: (row) => row.number },
      { name: "subscription_id", value: (row) => row.subscriptionId },
      { name: "status", value: (row) => row.status },
      { name: "total_minor", value: (row) => row.totalAmount },
      { name: "tax_minor", value: (row) => row.taxAmount },
      { name: "paid_minor", value: (row) => row.amountPaid },
      { name: "currency", value: (row) => row.currency },
      { name: "period_start_at", value: (row) => row.periodStartAt },
      { name: "period_end_at", value: (row) => row.periodEndAt },
      { name: "created_at", value: (row) => row.createdAt },
      { name: "paid_at", value: (row) => row.paidAt },
    ],
    pdf: [
      { title: "plans.export.number", width: 2.5, text: (row) => row.number ?? row.id },
      { title: "plans.export.when", width: 1.5, text: (row, words) => day(row.createdAt, words) },
      { title: "plans.export.status", width: 1.5, text: (row, { t }) => t(`statuses.invoice.${row.status}`) },
      {
        title: "plans.export.total",
        width: 2,
        text: ({ totalAmount: amount, currency }, { locale }) => formatMoney({ amount, currency }, locale, "ledger"),
      },
      {
        title: "plans.export.tax",
        width: 1.5,
        text: ({ taxAmount: amount, currency }, { locale }) => formatMoney({ amount, currency }, locale, "ledger"),
      },
      {
        title: "plans.export.paid",
        width: 2,
        text: ({ amountPaid: amount, currency }, { locale }) => formatMoney({ amount, currency }, locale, "ledger"),
      },
    ],
  },
};
