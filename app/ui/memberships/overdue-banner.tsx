import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Overdue } from "~/lib/memberships/membership-life.ts";
import { namedUnits } from "~/lib/memberships/named-units.ts";
import { useLifeWords } from "~/lib/memberships/plan-life-words.ts";
import { useRefresh } from "~/lib/page/use-refresh.ts";
import { Banner } from "../banner.tsx";
import { buttonClass } from "../button-style.ts";
import { PartPaging } from "../part-paging.tsx";
import { ChangeCard } from "./change-card.tsx";
import { WishButton } from "./membership-plans-ahead.tsx";

type OverdueBannersProps = {
  overdue: { items: readonly Overdue[]; nextCursor: string | null; previousCursor: string | null };
  formKey: string;
};
type OverdueBannerProps = { of: Overdue; formKey: string };

/** On every page of the account while a payment is missing; it cannot be dismissed. */
export function OverdueBanners({ overdue, formKey }: OverdueBannersProps) {
  useRefresh(overdue.items.some(({ inFlight }) => inFlight));
  if (overdue.items.length === 0 && overdue.previousCursor === null) return null;
  return (
    <div id="overdue" className="flex flex-col gap-4 pb-8">
      {overdue.items.map((of) => (
        <OverdueBanner key={of.id} of={of} formKey={formKey} />
      ))}
      <PartPaging name="overdue" page={overdue} />
    </div>
  );
}

/** What is owed, why it was not paid, when it is tried again, until when nothing changes; and the one thing to do. */
function OverdueBanner({ of, formKey }: OverdueBannerProps) {
  const t = useLifeWords(of.organizationId);
  const locale = useLocale();
  const { id, organizationId, unpaid, organization, graceEndsAt, locked, inFlight, mayRetry, noCard } = of;
  const product = namedUnits(of.productName[locale], of.units);
  const sum = formatMoney({ amount: unpaid.amount, currency: unpaid.currency }, locale, "ledger");
  const day = (at: Date | string) => formatDate(at, locale, "prose");
  const whose = organization === null ? null : t("membership.overdue.of", { product, organization });
  if (unpaid.paymentStatus === "unknown")
    return (
      <Banner tone="warn" title={t("membership.overdue.unknown", { sum })}>
        {whose}
      </Banner>
    );
  if (inFlight || unpaid.paymentStatus === "processing")
    return (
      <Banner live tone="info" title={t("membership.overdue.flight", { sum })}>
        {whose}
      </Banner>
    );
  const keeps = graceEndsAt && !locked ? t("membership.overdue.keeps", { date: day(graceEndsAt) }) : null;
  const approval = unpaid.paymentStatus === "requires_action" && unpaid.payUrl !== null;
  const sentences = approval
    ? [whose, t("checkout.return.approval.text"), keeps]
    : [
        whose,
        ...(noCard
          ? [t("membership.overdue.noCard", { sum })]
          : [
              unpaid.declineClass ? t(`checkout.decline.${unpaid.declineClass}`) : null,
              t("membership.overdue.untouched"),
              unpaid.nextAttemptAt
                ? t("membership.overdue.next", { date: day(unpaid.nextAttemptAt) })
                : t("membership.overdue.last"),
            ]),
        keeps,
      ];
  const title = locked
    ? t("membership.overdue.locked", { product, sum })
    : t(approval ? "membership.overdue.approval" : noCard ? "membership.overdue.first" : "membership.overdue", { sum });
  return (
    <Banner
      tone="bad"
      title={title}
      actions={
        <>
          {approval && unpaid.payUrl && (
            <a href={unpaid.payUrl} className={buttonClass({ variant: "solid" })}>
              {t("checkout.return.approval.action")}
            </a>
          )}
          <ChangeCard id={id} first={noCard} variant={approval ? "outline" : "solid"} />
          {mayRetry && !approval && !noCard && (
            <WishButton intent="retry" id={id} organizationId={organizationId} formKey={formKey}>
              {t("membership.retry")}
            </WishButton>
          )}
        </>
      }
    >
      <p>{sentences.filter((sentence) => sentence !== null).join(" ")}</p>
      <Attempts unpaid={unpaid} />
    </Banner>
  );
}

/** What the provider has tried, and when it tries again: as it says itself. */
function Attempts({ unpaid }: { unpaid: Overdue["unpaid"] }) {
  const t = useT();
  const locale = useLocale();
  const { attempts, nextAttemptAt } = unpaid;
  if (attempts.length === 0) return null;
  const day = (at: Date | string) => formatDate(at, locale, "prose");
  return (
    <details className="pt-1">
      <summary className="cursor-pointer">{t("membership.overdue.tried")}</summary>
      <ol className="tabular list-decimal pt-1 pl-6">
        {attempts.toReversed().map(({ at, declineClass }) => (
          <li key={String(at)}>
            {t("membership.overdue.try", { date: day(at), reason: t(`checkout.decline.${declineClass}`) })}
          </li>
        ))}
        {nextAttemptAt && <li>{t("membership.overdue.tryNext", { date: day(nextAttemptAt) })}</li>}
      </ol>
    </details>
  );
}
