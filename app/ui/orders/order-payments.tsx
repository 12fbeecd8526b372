import { useT } from "~/lib/i18n/language.tsx";
import type { Caller } from "../../../server/trpc/router.ts";
import { Badge } from "../badge.tsx";
import { CopyText } from "../copy-text.tsx";
import { Moment } from "../moment.tsx";
import { Money } from "../money.tsx";
import { StatusBadge } from "../status-badge.tsx";

export type OfficeOrder = Awaited<ReturnType<Caller["orders"]["get"]>>;
type Attempt = OfficeOrder["payments"][number]["attempts"][number];
type Payment = Pick<OfficeOrder["payments"][number], "id" | "status" | "externalId" | "amount" | "currency"> & {
  readonly attempts: readonly Attempt[];
};

const TONES = { approved: "ok", declined: "bad", pending: "info" } as const;

/** Each payment with every try at a card under it, in the order they were made. */
export function OrderPayments({ payments }: { payments: readonly Payment[] }) {
  const t = useT();
  if (payments.length === 0) return <p className="text-fg-muted">{t("words.none")}</p>;
  return (
    <ul className="flex flex-col gap-4">
      {payments.map((payment) => (
        <li key={payment.id} className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
          <p className="flex flex-wrap items-center gap-3">
            <StatusBadge of="payment" state={payment.status} />
            <CopyText text={payment.externalId} what={t("office.orders.payment")} />
            <span className="ml-auto font-medium">
              <Money of={{ amount: payment.amount, currency: payment.currency }} />
            </span>
          </p>
          <ol className="flex flex-col divide-y divide-line border-l-2 border-line-strong pl-4">
            {payment.attempts.map((attempt) => (
              <AttemptRow key={attempt.id} attempt={attempt} />
            ))}
          </ol>
        </li>
      ))}
    </ul>
  );
}

function AttemptRow({ attempt }: { attempt: Attempt }) {
  const t = useT();
  const { cardBrand, cardLast4, cardExpiryMonth, cardExpiryYear } = attempt;
  return (
    <li className="flex flex-col gap-1 py-2">
      <p className="flex flex-wrap items-center gap-3">
        <Badge tone={TONES[attempt.outcome]}>{t(`office.orders.attempt.${attempt.outcome}`)}</Badge>
        {cardBrand && cardLast4 && <span>{t("office.orders.card", { brand: cardBrand, last4: cardLast4 })}</span>}
        {cardExpiryMonth && cardExpiryYear && (
          <span className="text-fg-muted">
            {t("office.orders.expires", {
              month: String(cardExpiryMonth).padStart(2, "0"),
              year: String(cardExpiryYear),
            })}
          </span>
        )}
        <span className="ml-auto text-fg-muted">
          <Moment at={attempt.at} withTime />
        </span>
      </p>
      <p className="flex flex-wrap items-center gap-3 text-13 text-fg-muted">
        <CopyText text={attempt.externalId} what={t("office.orders.what.attempt")} />
        {attempt.declineCode && <code className="font-mono">{attempt.declineCode}</code>}
        {attempt.message && <span>{attempt.message}</span>}
      </p>
    </li>
  );
}
