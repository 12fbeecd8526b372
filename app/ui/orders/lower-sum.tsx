import { Form } from "@remix-run/react";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { cardBrand } from "~/lib/memberships/card-name.ts";
import type { Approval } from "~/lib/orders/approvals.server.ts";
import { Button } from "../button.tsx";
import { DescriptionList } from "../description-list.tsx";
import { Field } from "../field.tsx";

/** Whether a lower sum was asked for that can be paid back. */
export const isLowered = ({ typed, unreadable, problem, amount, whole }: Approval): boolean =>
  typed !== null && !unreadable && problem === null && amount < whole;

/** Asks for less to be paid back, where goods came back worth less: the sum in the address, what it comes to below. */
export function LowerSum({ id, approval }: { id: string; approval: Approval }) {
  const t = useT();
  const locale = useLocale();
  const { typed, unreadable, problem, whole, least, currency } = approval;
  const sum = (amount: number) => formatMoney({ amount, currency }, locale, "ledger");
  const error = unreadable
    ? t("refunds.lower.unreadable")
    : problem === "too_much"
      ? t("refunds.lower.tooMuch", { sum: sum(whole) })
      : problem === "too_little"
        ? t("refunds.lower.tooLittle", { sum: sum(least) })
        : undefined;
  return (
    <Form method="get" className="flex flex-wrap items-end gap-3" preventScrollReset>
      <input type="hidden" name="withdrawal" value={id} />
      <div className="w-full">
        <p className="max-w-prose text-fg-muted">{t("refunds.lower.lead")}</p>
      </div>
      <div className="w-80 max-w-full">
        <Field
          compact
          id={`sum-${id}`}
          name="sum"
          inputMode="decimal"
          autoComplete="off"
          label={t("refunds.lower.sum", { currency })}
          hint={t("refunds.lower.most", { sum: sum(whole) })}
          defaultValue={typed ?? ""}
          error={error}
        />
      </div>
      <Button type="submit" size="compact">
        {t("refunds.preview")}
      </Button>
    </Form>
  );
}

/** What is paid back then, how much less that is, and what follows. */
export function LoweredSum({ approval }: { approval: Approval }) {
  const t = useT();
  const locale = useLocale();
  const { whole, amount, currency, card } = approval;
  const sum = (of: number) => formatMoney({ amount: of, currency }, locale, "ledger");
  return (
    <DescriptionList
      prose
      rows={[
        { term: t("refunds.sum"), value: <strong>{sum(amount)}</strong> },
        { term: t("refunds.lower.off"), value: sum(whole - amount) },
        ...(card
          ? [
              {
                term: t("refunds.to"),
                value: t("checkout.card", { brand: cardBrand(card.brand), last4: card.last4 }),
              },
            ]
          : []),
        { term: t("refunds.effects"), value: t("refunds.lower.mail") },
      ]}
    />
  );
}
