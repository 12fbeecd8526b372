import type { AppLoadContext } from "@remix-run/node";
import { Form } from "@remix-run/react";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Button } from "../button.tsx";
import { Field } from "../field.tsx";
import { Select } from "../select.tsx";

export type RefundPreview = Awaited<ReturnType<AppLoadContext["caller"]["payments"]["refunds"]["preview"]>>;
type Choice = RefundPreview["payments"][number];

/** What is to be paid back: which payment where there are several, then lines of the purchase, or a sum of a renewal. */
export function RefundChoice({
  preview,
  picked,
  lines,
}: {
  preview: RefundPreview;
  picked: readonly { orderLineId: string; quantity: number }[];
  lines: readonly { id: string; name: string }[];
}) {
  const t = useT();
  const left = (id: string) => preview.refundable.find((one) => one.id === id)?.left ?? 0;
  const wordsFor = usePaymentWords();
  return (
    <Form
      method="get"
      key={preview.paymentId}
      id="refund"
      className="flex flex-wrap items-end gap-3"
      preventScrollReset
    >
      <input type="hidden" name="refund" value="preview" />
      <div className="w-full">
        <p className="max-w-prose text-fg-muted">
          {t(preview.renewal ? "refunds.pickSum" : "refunds.pick")}
          {preview.payments.length > 1 && ` ${t("refunds.pickPayment")}`}
        </p>
      </div>
      {preview.payments.length > 1 && (
        <div className="w-96 max-w-full">
          <Select
            compact
            id="refund-payment"
            name="payment"
            label={t("refunds.payment")}
            defaultValue={preview.paymentId}
            options={preview.payments.map((one) => ({ value: one.id, label: wordsFor(one) }))}
          />
        </div>
      )}
      {preview.renewal ? (
        <div className="w-64 max-w-full">
          <Field
            compact
            id="refund-amount"
            name="amount"
            inputMode="decimal"
            label={t("refunds.amount", { currency: preview.currency })}
            placeholder={String(preview.left / 100)}
            autoComplete="off"
          />
        </div>
      ) : (
        lines
          .filter((line) => left(line.id) > 0)
          .map((line) => (
            <div key={line.id} className="w-64 max-w-full">
              <Field
                compact
                id={`q_${line.id}`}
                name={`q_${line.id}`}
                type="number"
                inputMode="numeric"
                min={0}
                max={left(line.id)}
                label={t("refunds.quantity", { product: line.name, left: left(line.id) })}
                defaultValue={picked.find((one) => one.orderLineId === line.id)?.quantity ?? ""}
              />
            </div>
          ))
      )}
      <Button type="submit" size="compact">
        {t("refunds.preview")}
      </Button>
    </Form>
  );
}

function usePaymentWords(): (payment: Choice) => string {
  const t = useT();
  const locale = useLocale();
  return ({ amount, currency, renewal, paidAt, periodStartAt, periodEndAt }) => {
    const sum = formatMoney({ amount, currency }, locale, "ledger");
    if (!renewal) return t("refunds.purchase", { sum, date: formatDate(paidAt, locale, "day") });
    const start = formatDate(periodStartAt ?? paidAt, locale, "day");
    return t("refunds.renewal", { sum, start, end: periodEndAt ? formatDate(periodEndAt, locale, "day") : "" });
  };
}
