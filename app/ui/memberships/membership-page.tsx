import { useActionData, useLoaderData } from "@remix-run/react";
import { useState } from "react";
import type { CatalogItem, CatalogVariant } from "~/lib/catalog/catalog-types.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { pageIn } from "~/lib/locale.ts";
import type { membershipAction, membershipLoader } from "~/lib/memberships/membership-data.server.ts";
import { type Period, variantPaidBy } from "~/lib/memberships/memberships.ts";
import { Banner } from "~/ui/banner.tsx";
import { Questions } from "~/ui/catalog/questions.tsx";
import { Section } from "~/ui/catalog/section.tsx";
import { OpenPaymentBanner } from "~/ui/checkout/open-payment-banner.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { MembershipCard } from "~/ui/memberships/membership-card.tsx";
import { MembershipComparison } from "~/ui/memberships/membership-comparison.tsx";
import { MembershipOrder } from "~/ui/memberships/membership-order.tsx";
import { Tabs } from "~/ui/tabs.tsx";

const PERIODS: readonly Period[] = ["month", "year"];

/** All memberships, bought straight from their cards. */
export function MembershipPage() {
  const t = useT();
  const { memberships, period, payment } = useLoaderData<typeof membershipLoader>();
  const result = useActionData<typeof membershipAction>();
  const shown = memberships.flatMap((membership) => {
    const variant = variantPaidBy(membership, period);
    return variant ? [{ membership, variant }] : [];
  });
  // The recommended one first on a phone, where cards stand below each other.
  const ordered = shown.toSorted((a, b) => Number(b.membership.recommended) - Number(a.membership.recommended));
  return (
    <>
      <div className="mx-auto flex w-full max-w-shop flex-col gap-6 px-4 pt-8 md:px-6 md:pt-16">
        {result && "notice" in result && (
          <Banner live tone="warn" title={result.notice.title}>
            {result.notice.text}
          </Banner>
        )}
        <h1 className="type-display text-display">{t("shop.memberships.title")}</h1>
        <p className="max-w-prose text-18">{t("shop.memberships.lead")}</p>
        {payment && <OpenPaymentBanner payment={payment} />}
        <PeriodTabs period={period} />
        {ordered.length === 0 ? (
          <EmptyState
            art="empty"
            title={t("shop.memberships.none")}
            action={<LinkButton to="/products">{t("shop.nav.products")}</LinkButton>}
          >
            {t("shop.memberships.noneNext")}
          </EmptyState>
        ) : (
          <div className="grid items-stretch gap-4 sm:grid-cols-2 lg:grid-cols-3 lg:gap-6">
            {ordered.map(({ membership, variant }) => (
              <Offered key={variant.id} membership={membership} variant={variant} />
            ))}
          </div>
        )}
        <p className="text-14 text-fg-muted">{t("shop.memberships.pay")}</p>
      </div>
      {ordered.length > 1 && (
        <div className="max-md:hidden">
          <Section title={t("shop.memberships.compare")}>
            <MembershipComparison memberships={memberships} />
          </Section>
        </div>
      )}
      <Section title={t("shop.memberships.after")}>
        <Questions />
      </Section>
    </>
  );
}

/** A membership with the way to buy it, or to the one that the visitor has. */
function Offered({ membership, variant }: { membership: CatalogItem; variant: CatalogVariant }) {
  const t = useT();
  const { owned, formKey, trialUsed } = useLoaderData<typeof membershipLoader>();
  const [units, setUnits] = useState(1);
  const mine = owned.includes(membership.id);
  return (
    <MembershipCard
      membership={membership}
      variant={variant}
      trialUsed={trialUsed}
      units={units}
      mark={mine ? t("shop.memberships.mine") : null}
    >
      {mine ? (
        <LinkButton to="/account/membership">{t("shop.memberships.toMine")}</LinkButton>
      ) : (
        <MembershipOrder
          membership={membership}
          variant={variant}
          formKey={formKey}
          trialUsed={trialUsed}
          units={units}
          onChoose={setUnits}
        />
      )}
    </MembershipCard>
  );
}

function PeriodTabs({ period }: { period: Period }) {
  const t = useT();
  const locale = useLocale();
  const page = pageIn("/membership", locale);
  return (
    <div>
      <Tabs
        look="segmented"
        label={t("shop.memberships.period")}
        tabs={PERIODS.map((name) => ({
          to: name === "month" ? page : `${page}?period=${name}`,
          label: t(`shop.memberships.${name}`),
          current: name === period,
        }))}
      />
    </div>
  );
}
