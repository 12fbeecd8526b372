import { Form } from "@remix-run/react";
import { formatDate } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { withdrawHref } from "~/lib/orders/withdraw-step.ts";
import type { WithdrawableOrder } from "~/lib/orders/withdraw-types.ts";
import type { useServerForm } from "~/lib/server-form.ts";
import { Field } from "../field.tsx";
import { LinkButton } from "../link-button.tsx";
import { SubmitButton } from "../submit-button.tsx";

/** A member's own purchases that can still be taken back, each with its last day. */
export function OwnPurchases({ orders }: { orders: readonly WithdrawableOrder[] }) {
  const t = useT();
  const locale = useLocale();
  if (orders.length === 0) return <p className="text-fg-muted">{t("withdraw.mineNone")}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {orders.map((order) => (
        <li key={order.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4">
          <div className="min-w-0">
            <p className="font-medium">{order.what.join(", ")}</p>
            <p className="text-14 text-fg-muted">
              {t("withdraw.order", { number: order.number })} ·{" "}
              {t("withdraw.ordered", { date: formatDate(order.placedAt, locale, "prose") })}
            </p>
            <p className="text-14 text-fg-muted">
              {order.lastDay
                ? t("withdraw.untilDay", { date: formatDate(order.lastDay, locale, "prose") })
                : t("withdraw.untilReceived")}
            </p>
          </div>
          <LinkButton to={withdrawHref({ orderId: order.id })}>
            {t("withdraw.chooseOrder", { number: order.number })}
          </LinkButton>
        </li>
      ))}
    </ul>
  );
}

type LinkForm = ReturnType<typeof useServerForm<"number" | "email">>;

/** Order number and address; the answer is the same whether they belong together or not. */
export function WithdrawLinkForm({ form: { form, fields } }: { form: LinkForm }) {
  const t = useT();
  return (
    <Form method="post" id={form.id} noValidate className="flex flex-col gap-5">
      <input type="hidden" name="intent" value="link" />
      <Field
        id={fields.number.id}
        name="number"
        label={t("withdraw.number")}
        hint={t("withdraw.numberHint")}
        autoCapitalize="characters"
        autoComplete="off"
        defaultValue={fields.number.initialValue}
        error={fields.number.errors}
        required
      />
      <Field
        id={fields.email.id}
        name="email"
        type="email"
        autoComplete="email"
        label={t("withdraw.email")}
        defaultValue={fields.email.initialValue}
        error={fields.email.errors}
        required
      />
      <SubmitButton variant="primary" size="large" full pendingLabel={t("words.sending")}>
        {t("withdraw.sendLink")}
      </SubmitButton>
    </Form>
  );
}
