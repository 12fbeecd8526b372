import { Form } from "@remix-run/react";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Approval } from "~/lib/orders/approvals.server.ts";
import type { MoneyActResult } from "~/lib/orders/refund-form.server.ts";
import type { Withdrawal } from "~/lib/orders/withdraw-types.ts";
import { reasonOf } from "~/lib/orders/withdrawal-words.ts";
import { DescriptionList } from "../description-list.tsx";
import { Field } from "../field.tsx";
import { Moment } from "../moment.tsx";
import { StatusBadge } from "../status-badge.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { isLowered, LoweredSum, LowerSum } from "./lower-sum.tsx";

/** A withdrawal as staff see it: what the rules gave, what it waits for, and the ways to decide: all of it, less of it, or nothing. */
export function OrderWithdrawal({
  withdrawal,
  mayDecide,
  result,
}: {
  withdrawal: Withdrawal & { readonly mayRefuse: boolean; readonly approval: Approval | null };
  mayDecide: boolean;
  result: MoneyActResult | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  const { approval, wholeAmount, refundAmount, currency } = withdrawal;
  const sum = (amount: number) => formatMoney({ amount, currency }, locale, "ledger");
  const undecided = withdrawal.status === "needs_review";
  const lowered = approval !== null && isLowered(approval);
  const ready = approval?.standing === "paid";
  const disputed = approval?.standing === "disputed";
  const toPay = lowered ? approval.amount : (approval?.whole ?? 0);
  const reason = t(lowered ? "refunds.withdrawal.refusal" : "office.reason");
  const off = wholeAmount !== null && refundAmount !== null ? wholeAmount - refundAmount : 0;
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
          ...(wholeAmount === null ? [] : [{ term: t("refunds.withdrawal.sum"), value: sum(wholeAmount) }]),
          ...(off > 0
            ? [
                { term: t("refunds.lower.off"), value: sum(off) },
                { term: t("refunds.lower.left"), value: sum(refundAmount ?? 0) },
              ]
            : []),
          ...(undecided && withdrawal.reviewReason
            ? [{ term: t("refunds.withdrawal.why"), value: t(`refunds.withdrawal.why.${withdrawal.reviewReason}`) }]
            : []),
          ...(withdrawal.refusal
            ? [{ term: t("refunds.withdrawal.refusal"), value: reasonOf(withdrawal.refusal, t) }]
            : []),
        ]}
      />
      {undecided && !mayDecide && <p className="text-fg-muted">{t("refunds.role")}</p>}
      {mayDecide && approval && approval.least < approval.whole && <LowerSum id={withdrawal.id} approval={approval} />}
      {mayDecide && lowered && <LoweredSum approval={approval} />}
      {mayDecide && approval && approval.standing !== "paid" && (
        <p className="max-w-prose text-fg-muted">{t(`refunds.withdrawal.later.${approval.standing}`)}</p>
      )}
      {undecided && mayDecide && (ready || disputed || withdrawal.mayRefuse) && (
        <Form method="post" className="flex flex-wrap items-end gap-3" preventScrollReset>
          <input type="hidden" name="withdrawal" value={withdrawal.id} />
          {lowered && <input type="hidden" name="approvedAmount" value={approval.amount} />}
          <div className="w-80 max-w-full">
            <Field
              compact
              id={`reason-${withdrawal.id}`}
              name="reason"
              label={reason}
              hint={t(lowered ? "refunds.lower.told" : "refunds.withdrawal.told")}
              error={
                result?.problem === "reason" && result.intent !== "refund"
                  ? t("errors.enter", { label: reason.toLowerCase() })
                  : undefined
              }
              minLength={3}
              maxLength={500}
              required
            />
          </div>
          {ready && (
            <SubmitButton size="compact" variant="solid" name="intent" value="approve">
              {toPay > 0
                ? t("refunds.withdrawal.approve", { sum: sum(toPay) })
                : t("refunds.withdrawal.approveNothing")}
            </SubmitButton>
          )}
          {disputed && (
            <SubmitButton size="compact" variant="solid" name="intent" value="closeDisputed">
              {t("refunds.withdrawal.closeDisputed")}
            </SubmitButton>
          )}
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
