import { CalendarX2, CreditCard } from "lucide-react";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { nextPaymentAt, type OwnMembership } from "~/lib/memberships/account-types.ts";
import { namedUnits } from "~/lib/memberships/named-units.ts";
import { Timeline, type TimelineItem } from "../timeline.tsx";

const SHOWN = 3;

/** The next things that will happen, with their sums, soonest first. */
export function ComingEvents({ memberships }: { memberships: readonly OwnMembership[] }) {
  const t = useT();
  const locale = useLocale();
  const items = memberships
    .flatMap((membership): TimelineItem[] => {
      const { id, productName: product, nextAmount: amount, currency, cancelAt, status } = membership;
      const { trialEndAt, withoutCard } = membership;
      const at = nextPaymentAt(membership);
      if (at) {
        const sum = formatMoney({ amount, currency }, locale, "ledger");
        const next = namedUnits(membership.plainName, membership.nextUnits);
        return [{ id, at, icon: CreditCard, title: t("account.next.payment", { sum, product: next }) }];
      }
      if (trialEndAt && withoutCard && status === "trialing" && cancelAt === null)
        return [{ id, at: trialEndAt, icon: CreditCard, title: t(`account.next.trial.${withoutCard}`, { product }) }];
      return cancelAt && status !== "canceled"
        ? [{ id, at: cancelAt, icon: CalendarX2, tone: "warn", title: t("account.next.end", { product }) }]
        : [];
    })
    .toSorted((a, b) => new Date(a.at).getTime() - new Date(b.at).getTime())
    .slice(0, SHOWN);
  return (
    <section aria-labelledby="coming" className="flex flex-col gap-4">
      <h2 id="coming" className="text-21">
        {t("account.next")}
      </h2>
      {items.length > 0 ? (
        <Timeline items={items} withTime={false} dateStyle="prose" />
      ) : (
        <p>{t("account.next.none")}</p>
      )}
    </section>
  );
}
