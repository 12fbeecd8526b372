import { Form } from "@remix-run/react";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { MoneyActResult } from "~/lib/orders/refund-form.server.ts";
import type { Withdrawal } from "~/lib/orders/withdraw-types.ts";
import { DescriptionList } from "../description-list.tsx";
import { Field } from "../field.tsx";
import { Moment } from "../moment.tsx";
import { StatusBadge } from "../status-badge.tsx";
import { SubmitButton } from "../submit-button.tsx";

/** A withdrawal as staff see it: what the rules gave, what it waits for, and the two ways to decide. */
export function OrderWithdrawal({
  withdrawal,
  mayDecide,
  result,
}: {
  withdrawal: Withdrawal & { readonly mayRefuse: boolean };
  mayDecide: boolean;
  result: MoneyActResult | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  const sum = formatMoney({ amount: withdrawal.refundAmount ?? 0, currency: withdrawal.currency }, locale, "ledger");
  const undecided = withdrawal.status === "needs_review";
  return (
    <div className="flex flex-col gap-4">
      <p>
        <StatusBadge of="withdrawal" state={withdrawal.status} />
      </p>
      <DescriptionList
        prose
        rows={[
          { term: t("refunds.withdrawal.received"), value: <Moment at={withdrawal.receivedAt} withTime /> },
          { term: t("refunds.withdrawal.due"), value: <Moment at={withdrawal.refundDueAt} /> },
          {
            term: t("refunds.withdrawal.what"),
            value: withdrawal.lines
              .map((line) => `${line.name}${line.quantity > 1 ? ` × ${line.quantity}` : ""}`)
              .join(", "),
          },
          ...(withdrawal.refundAmount === null ? [] : [{ term: t("refunds.withdrawal.sum"), value: sum }]),
          ...(undecided && withdrawal.reviewReason
            ? [{ term: t("refunds.withdrawal.why"), value: t(`refunds.withdrawal.why.${withdrawal.reviewReason}`) }]
            : []),
          ...(withdrawal.refusal ? [{ term: t("refunds.withdrawal.refusal"), value: withdrawal.refusal }] : []),
        ]}
      />
      {undecided && !mayDecide && <p className="text-fg-muted">{t("refunds.role")}</p>}
      {undecided && mayDecide && (
        <Form method="post" className="flex flex-wrap items-end gap-3" preventScrollReset>
          <input type="hidden" name="withdrawal" value={withdrawal.id} />
          <div className="w-80 max-w-full">
            <Field
              compact
              id={`reason-${withdrawal.id}`}
              name="reason"
              label={t("office.reason")}
              hint={t("refunds.withdrawal.refusal")}
              error={
                result?.problem === "reason" && result.intent !== "refund"
                  ? t("errors.enter", { label: t("office.reason").toLowerCase() })
                  : undefined
              }
              required
            />
          </div>
          <SubmitButton size="compact" variant="solid" name="intent" value="approve">
            {t("refunds.withdrawal.approve", { sum })}
          </SubmitButton>
          {withdrawal.mayRefuse ? (
            <SubmitButton size="compact" name="intent" value="refuse">
              {t("refunds.withdrawal.refuse")}
            </SubmitButton>
          ) : (
            <p className="w-full max-w-prose text-13 text-fg-muted">{t("refunds.withdrawal.ended")}</p>
          )}
        </Form>
      )}
    </div>
  );
}
