import { Form } from "@remix-run/react";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { SeatAnswer } from "~/lib/organizations/seat-change.server.ts";
import { Button } from "../button.tsx";
import { Checkbox } from "../checkbox.tsx";
import { Field } from "../field.tsx";
import { QuantityTerms } from "../memberships/quantity-terms.tsx";

export type Holders = readonly { seatId: string; status: "claimed" | "pending"; who: string }[];
type Plan = { includedSeats: number | null; quantity: number; extraSeats: number; most: number };

/** How many seats the plan holds, and how many were bought beside them. */
export function SeatsHeld({ plan }: { plan: Pick<Plan, "includedSeats" | "extraSeats"> }) {
  const t = useT();
  const beside = plan.extraSeats > 0 ? ` ${t("seats.beside", { count: plan.extraSeats })}` : "";
  return `${t("seats.now", { count: plan.includedSeats ?? 1 })}${beside}`;
}

type SeatFormProps = { plan: Plan; holders: Holders; answer: SeatAnswer; compact?: boolean };

/** How many seats there are to be, and, where more are taken than that, whose go. Asked by the address: it costs nothing to look. */
export function SeatForm({ plan, holders, answer, compact = false }: SeatFormProps) {
  const t = useT();
  const { seats, leavers, missing, refused } = answer;
  const included = plan.includedSeats ?? 1;
  return (
    <Form method="get" preventScrollReset className="flex max-w-form flex-col items-start gap-4">
      <Field
        compact={compact}
        name="seats"
        type="number"
        inputMode="numeric"
        min={included}
        max={plan.most}
        required
        label={t("seats.howMany")}
        hint={t("seats.howManyHint", { count: included })}
        defaultValue={seats ?? included + plan.extraSeats + 1}
        error={refused ?? undefined}
      />
      {missing > 0 && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-medium">{t("seats.choose", { count: missing })}</legend>
          <p className="pb-2 text-14 text-fg-muted">{t("seats.chooseText")}</p>
          {holders.map(({ seatId, status, who }) => (
            <Checkbox
              key={seatId}
              name="leaver"
              value={seatId}
              defaultChecked={leavers.includes(seatId)}
              label={<span className="break-all">{who}</span>}
              hint={status === "pending" ? t("seats.invited") : undefined}
            />
          ))}
        </fieldset>
      )}
      <Button type="submit" size={compact ? "compact" : undefined}>
        {t("seats.show")}
      </Button>
    </Form>
  );
}

/** What the seats cost, from when, and whose go: what stands here is what is charged and done. */
export function SeatTerms({ answer, holders }: { answer: SeatAnswer; holders: Holders }) {
  const t = useT();
  const locale = useLocale();
  if (!answer.offer) return null;
  const { quote } = answer.offer;
  const { quantity: count, includedSeats: included, extraSeats: extra, eachAmount: amount, currency } = quote;
  const leaving = holders.filter(({ seatId }) => quote.leavers.includes(seatId)).map(({ who }) => who);
  return (
    <QuantityTerms
      offer={answer.offer}
      first={[
        { term: t("seats.then"), value: t("seats.thenOf", { count, included, extra }) },
        { term: t("seats.each"), value: formatMoney({ amount, currency }, locale, "ledger") },
      ]}
      besides={leaving.length > 0 ? [{ term: t("seats.leaving"), value: leaving.join(", ") }] : []}
    />
  );
}

/** What is written on the button that makes it. */
export function useSeatPress(answer: SeatAnswer): string {
  const t = useT();
  const locale = useLocale();
  const quote = answer.offer?.quote;
  if (!quote) return "";
  const { preview, currency, effectiveAt, quantity: count } = quote;
  if (preview.dueNow > 0)
    return t("seats.pay", { sum: formatMoney({ amount: preview.dueNow, currency }, locale, "ledger") });
  return effectiveAt
    ? t("seats.later", { count, date: formatDate(effectiveAt, locale, "prose") })
    : t("seats.do", { count });
}
