import { Form, Link } from "@remix-run/react";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { cardBrand } from "~/lib/memberships/card-name.ts";
import { type WithdrawPlace, withdrawHref } from "~/lib/orders/withdraw-step.ts";
import type { WithdrawLine, WithdrawOptions } from "~/lib/orders/withdraw-types.ts";
import { useReturnAddress } from "~/lib/page/return-address.ts";
import { DescriptionList } from "../description-list.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { OrderKey } from "./withdraw-choose.tsx";

/** Step two: what is taken back, what is paid back, to which card and by when, and the one button that does it. */
export function WithdrawConfirm({
  options,
  order,
  chosen,
  formKey,
  only,
}: {
  options: WithdrawOptions;
  order: NonNullable<WithdrawPlace["order"]>;
  chosen: readonly WithdrawLine[];
  formKey: string;
  /** There was nothing to choose among. */
  only: boolean;
}) {
  const t = useT();
  const locale = useLocale();
  const amount = chosen.reduce((total, line) => total + line.refundAmount, 0);
  const used = chosen.find((line) => line.used && line.used.days > 0)?.used;
  const goods = chosen.some((line) => line.kind === "goods");
  const to = useReturnAddress();
  const sentBack = goods && options.reviewReason === "goods_to_return";
  const card = options.card && { brand: cardBrand(options.card.brand), last4: options.card.last4 };
  return (
    <div className="flex flex-col gap-6">
      <h2 className="text-21 font-bold">{t("withdraw.check")}</h2>
      <ul className="flex flex-col gap-1 text-18">
        {chosen.map((line) => (
          <li key={line.id} className="wrap-anywhere">
            {line.name}
            {line.quantity > 1 ? ` × ${line.quantity}` : ""}
          </li>
        ))}
      </ul>
      <DescriptionList
        prose
        rows={[
          {
            term: t("withdraw.refund"),
            value: (
              <span className="text-21 font-bold">
                {formatMoney({ amount, currency: options.currency }, locale, "ledger")}
              </span>
            ),
          },
          ...(amount > 0
            ? [
                { term: t("withdraw.to"), value: card ? t("checkout.card", card) : t("withdraw.sameMeans") },
                ...(options.reviewReason === null
                  ? [{ term: t("withdraw.by"), value: formatDate(options.refundDueAt, locale, "prose") }]
                  : []),
              ]
            : []),
          { term: t("withdraw.receiptTo"), value: <span className="break-all">{options.email}</span> },
        ]}
      />
      <div className="flex max-w-prose flex-col gap-2">
        {used && <p>{t("withdraw.used", used)}</p>}
        {chosen.some((line) => line.kind === "service") && <p>{t("withdraw.ends")}</p>}
        {goods && !sentBack && <p>{t("withdraw.notSent")}</p>}
        {sentBack && <p className="wrap-anywhere">{t("withdraw.sendBack", { to })}</p>}
        {sentBack && <p>{t("withdraw.worn")}</p>}
        {(options.reviewReason === "not_paid" || options.reviewReason === "disputed") && <p>{t("withdraw.review")}</p>}
      </div>
      <Form method="post" className="flex flex-col gap-4">
        <OrderKey order={order} />
        <input type="hidden" name="intent" value="withdraw" />
        <input type="hidden" name="formKey" value={formKey} />
        {chosen.map((line) => (
          <input key={line.id} type="hidden" name="line" value={line.id} />
        ))}
        <SubmitButton variant="primary" size="large" full pendingLabel={t("withdraw.confirming")}>
          {t("withdraw.confirm")}
        </SubmitButton>
        {!only && (
          <p className="text-center">
            <Link to={withdrawHref(order)}>{t("withdraw.back")}</Link>
          </p>
        )}
      </Form>
    </div>
  );
}
