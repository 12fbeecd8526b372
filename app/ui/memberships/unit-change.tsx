import { Form } from "@remix-run/react";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney, formatPricePerInterval } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { intervalOf } from "~/lib/memberships/account-types.ts";
import type { MembershipLife } from "~/lib/memberships/membership-life.ts";
import type { UnitAnswer } from "~/lib/memberships/unit-change.server.ts";
import { Button } from "../button.tsx";
import { Field } from "../field.tsx";
import { QuantityTerms } from "./quantity-terms.tsx";

type Life = Pick<MembershipLife, "units" | "currency" | "interval" | "intervalCount">;

/** How many there are now, what each costs and what that is per period. */
export function UnitsHeld({ life }: { life: Life }) {
  const t = useT();
  const locale = useLocale();
  if (!life.units) return null;
  const { count, eachAmount } = life.units;
  const each = formatMoney({ amount: eachAmount, currency: life.currency }, locale, "ledger");
  const all = { amount: count * eachAmount, currency: life.currency };
  return t("units.now", { count, each, sum: formatPricePerInterval(all, intervalOf(life), locale, "ledger") });
}

/** How many there are to be. Asked by the address: it costs nothing to look. */
export function UnitForm({ life, answer, compact = false }: { life: Life; answer: UnitAnswer; compact?: boolean }) {
  const t = useT();
  if (!life.units) return null;
  const { count, most } = life.units;
  return (
    <Form method="get" preventScrollReset className="flex max-w-form flex-col items-start gap-4">
      <Field
        compact={compact}
        name="units"
        type="number"
        inputMode="numeric"
        min={1}
        max={most}
        required
        label={t("units.howMany")}
        hint={t("units.howManyHint", { most })}
        defaultValue={answer.wanted ?? (count < most ? count + 1 : count - 1)}
        error={answer.refused ?? undefined}
      />
      <Button type="submit" size={compact ? "compact" : undefined}>
        {t("units.show")}
      </Button>
    </Form>
  );
}

/** What the new number costs and from when: what stands here is what is charged and done. */
export function UnitTerms({ answer }: { answer: UnitAnswer }) {
  const t = useT();
  const locale = useLocale();
  if (!answer.offer) return null;
  const { quantity: count, eachAmount, amount, currency, ...every } = answer.offer.quote;
  const each = formatMoney({ amount: eachAmount, currency }, locale, "ledger");
  const sum = formatPricePerInterval({ amount, currency }, intervalOf(every), locale, "ledger");
  return (
    <QuantityTerms
      offer={answer.offer}
      first={[{ term: t("units.then"), value: t("units.price", { count, each, sum }) }]}
    />
  );
}

/** What is written on the button that makes it. */
export function useUnitPress(answer: UnitAnswer): string {
  const t = useT();
  const locale = useLocale();
  const quote = answer.offer?.quote;
  if (!quote) return "";
  const { preview, currency, effectiveAt, quantity: count } = quote;
  if (preview.dueNow > 0)
    return t("units.pay", { count, sum: formatMoney({ amount: preview.dueNow, currency }, locale, "ledger") });
  return effectiveAt
    ? t("units.laterPress", { count, date: formatDate(effectiveAt, locale, "prose") })
    : t("units.do", { count });
}
