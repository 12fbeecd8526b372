import { Form } from "@remix-run/react";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { cardBrand } from "~/lib/memberships/card-name.ts";
import type { MoneyActResult } from "~/lib/orders/refund-form.server.ts";
import { Banner } from "../banner.tsx";
import { DescriptionList } from "../description-list.tsx";
import { Field } from "../field.tsx";
import { Money } from "../money.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { RefundChoice, type RefundPreview } from "./refund-choice.tsx";

type RefundProps = {
  preview: RefundPreview;
  /** Whether a person asked to see what happens. */
  previewed: boolean;
  picked: readonly { orderLineId: string; quantity: number }[];
  lines: readonly { id: string; name: string }[];
  formKey: string;
  result: MoneyActResult | undefined;
};

/** Pays back an order, whole or by the line, or a renewal of its membership: first what would happen, then the reason, then the sum on the button. */
export function OrderRefund({ preview, previewed, picked, lines, formKey, result }: RefundProps) {
  const t = useT();
  const locale = useLocale();
  const sum = formatMoney({ amount: preview.amount, currency: preview.currency }, locale, "ledger");
  const nothing = preview.payments.every((payment) => payment.left <= 0);
  if (nothing && preview.disputed) return <p>{t("refunds.disputed")}</p>;
  if (nothing) return <p className="text-fg-muted">{t("refunds.nothing")}</p>;
  return (
    <div className="flex flex-col gap-5">
      <RefundChoice preview={preview} picked={picked} lines={lines} />
      {previewed && preview.problem && (
        <Banner tone="warn" title={t(preview.problem === "nothing_left" ? "refunds.nothing" : "refunds.tooMuch")} />
      )}
      {previewed && !preview.problem && (
        <div className="flex flex-col gap-4">
          <DescriptionList
            prose
            rows={[
              { term: t("refunds.sum"), value: <strong>{sum}</strong> },
              {
                term: t("refunds.most"),
                value: <Money of={{ amount: preview.left, currency: preview.currency }} />,
              },
              ...(preview.card
                ? [
                    {
                      term: t("refunds.to"),
                      value: t("checkout.card", { brand: cardBrand(preview.card.brand), last4: preview.card.last4 }),
                    },
                  ]
                : []),
              {
                term: t("refunds.effects"),
                value: (
                  <ul className="flex flex-col gap-1">
                    <li>{t("refunds.mail")}</li>
                    {preview.credits ? <CreditEffects of={preview.credits} /> : <li>{t("refunds.stock")}</li>}
                    {preview.membership && <li>{t("refunds.membership")}</li>}
                  </ul>
                ),
              },
            ]}
          />
          <Form method="post" className="flex flex-wrap items-end gap-3" preventScrollReset>
            <input type="hidden" name="intent" value="refund" />
            <input type="hidden" name="formKey" value={formKey} />
            <input type="hidden" name="shownAmount" value={preview.amount} />
            <input type="hidden" name="payment" value={preview.paymentId} />
            {preview.renewal && <input type="hidden" name="amount" value={(preview.amount / 100).toFixed(2)} />}
            {picked.map((line) => (
              <input key={line.orderLineId} type="hidden" name={`q_${line.orderLineId}`} value={line.quantity} />
            ))}
            <div className="w-80 max-w-full">
              <Field
                compact
                id="refund-reason"
                name="reason"
                label={t("office.reason")}
                hint={t("office.reasonHint")}
                error={
                  result?.intent === "refund" && result.problem === "reason"
                    ? t("errors.enter", { label: t("office.reason").toLowerCase() })
                    : undefined
                }
                required
              />
            </div>
            <SubmitButton size="compact" variant="danger" name="intent" value="refund">
              {t("refunds.do", { sum })}
            </SubmitButton>
          </Form>
        </div>
      )}
    </div>
  );
}

/** Of a purchase of credits, which has nothing that could be put back into stock. */
function CreditEffects({ of: { taken, used, topUp } }: { of: NonNullable<RefundPreview["credits"]> }) {
  const t = useT();
  return (
    <>
      <li>{taken > 0 ? t("refunds.credits", { count: taken }) : t("refunds.creditsNone")}</li>
      {used > 0 && <li>{t("refunds.creditsUsed", { count: used })}</li>}
      {topUp && <li>{t("refunds.topUp")}</li>}
    </>
  );
}
