import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { catalogCard, catalogItem } from "~/lib/catalog/catalog-view.ts";
import { priceFacts, priceLines } from "~/lib/checkout/price-view.ts";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageIn } from "~/lib/locale.ts";
import { cheapest, variantPaidBy } from "~/lib/memberships/memberships.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { usePrefetch } from "~/lib/page/use-prefetch.ts";
import { answer } from "~/lib/respond.ts";
import { Station } from "~/ui/art/station.tsx";
import { CreditSteps } from "~/ui/catalog/credit-steps.tsx";
import { Gyms } from "~/ui/catalog/gyms.tsx";
import { ProductCard } from "~/ui/catalog/product-card.tsx";
import { Questions } from "~/ui/catalog/questions.tsx";
import { Section } from "~/ui/catalog/section.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { MembershipCard } from "~/ui/memberships/membership-card.tsx";
import { Price } from "~/ui/pricing/price.tsx";

const MEMBERSHIPS_SHOWN = 3;
const GOODS_SHOWN = 4;

export function loader(args: LoaderFunctionArgs) {
  return answer(args, async ({ caller, locale }) => {
    const [memberships, goods, packs] = await Promise.all([
      caller.catalog.memberships.list({}),
      caller.catalog.products.list({ kind: "merchandise" }),
      caller.catalog.products.list({ kind: "credit_pack", limit: 1 }),
    ]);
    return {
      locale,
      memberships: memberships.items.map((item) => catalogItem(item, locale)),
      sellsCredits: packs.items.length > 0,
      goods: goods.items.slice(0, GOODS_SHOWN).map((item) => catalogCard(item, locale)),
    };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  const t = translate(locale);
  return pageMeta({ title: t("shop.home.title"), description: t("shop.home.description"), locale });
};

export default function Home() {
  const t = useT();
  const locale = useLocale();
  const { memberships, goods, sellsCredits } = useLoaderData<typeof loader>();
  const start = cheapest(memberships);
  const membershipPage = pageIn("/membership", locale);
  const prefetch = usePrefetch(membershipPage);
  return (
    <>
      <section className="mx-auto grid w-full max-w-shop items-end gap-8 px-4 pt-8 pb-8 md:grid-cols-[3fr_2fr] md:px-6 md:pt-16">
        <div className="flex flex-col items-start gap-5">
          <h1 className="type-display text-display">{t("shop.home.title")}</h1>
          <p className="max-w-prose text-18">{t("shop.home.lead")}</p>
          {start && (
            <div>
              <p className="text-14 text-fg-muted">{t("shop.home.from")}</p>
              <Price {...priceFacts(start.variant.price)} size="hero" />
            </div>
          )}
          <LinkButton to={membershipPage} variant="primary" size="large" prefetch={prefetch} className="max-sm:w-full">
            {t("shop.home.see")}
          </LinkButton>
        </div>
        <Station className="w-full max-md:max-w-form" />
      </section>
      <CampaignLine />
      <Section
        title={t("shop.home.memberships")}
        aside={<Link to={membershipPage}>{t("shop.home.allMemberships")}</Link>}
      >
        <div className="grid gap-4 md:grid-cols-3 md:gap-6">
          {memberships.slice(0, MEMBERSHIPS_SHOWN).map((membership) => {
            const variant = variantPaidBy(membership, "month");
            return (
              variant && (
                <MembershipCard key={membership.id} membership={membership} variant={variant} brief>
                  <LinkButton to={`${membershipPage}#${membership.id}`}>
                    {t("shop.home.seeOne", { product: membership.name })}
                  </LinkButton>
                </MembershipCard>
              )
            );
          })}
        </div>
      </Section>
      <Section title={t("shop.home.gyms")}>
        <Gyms />
      </Section>
      <Section title={t("shop.home.goods")} aside={<Link to="/products">{t("shop.home.allGoods")}</Link>}>
        <div className="grid grid-cols-2 gap-4 md:grid-cols-4 md:gap-6">
          {goods.map((product) => (
            <ProductCard key={product.id} product={product} heading="h3" />
          ))}
        </div>
        <p className="text-14 text-fg-muted">{t("prices.inclVat")}</p>
      </Section>
      {sellsCredits && (
        <Section title={t("shop.home.credits")} aside={<Link to="/account/credits">{t("shop.home.buyCredits")}</Link>}>
          <CreditSteps />
        </Section>
      )}
      <Section title={t("shop.home.questions")}>
        <Questions />
      </Section>
    </>
  );
}

/** The live campaign, only where its price is below the 30-day low: what, for how much, until when. */
function CampaignLine() {
  const t = useT();
  const locale = useLocale();
  const { memberships } = useLoaderData<typeof loader>();
  const live = memberships
    .flatMap((item) => item.variants.map((variant) => ({ item, price: variant.price })))
    .find(({ price }) => price.campaign !== null && price.lowest30Days !== null);
  if (!live?.price.campaign) return null;
  const lines = priceLines(priceFacts(live.price), locale);
  const words = {
    name: live.price.campaign.name,
    product: live.item.name,
    price: formatMoney({ amount: live.price.amount, currency: live.price.currency }, locale, "shop") + lines.suffix,
  };
  const { endAt } = live.price.campaign;
  return (
    <div className="mx-auto w-full max-w-shop px-4 md:px-6">
      <div className="flex flex-col gap-1 rounded-card bg-campaign px-5 py-4 text-on-campaign">
        <p className="font-medium">
          {endAt
            ? t("shop.home.campaign", { ...words, date: formatDate(endAt, locale, "prose") })
            : t("shop.home.campaignOpen", words)}
        </p>
        {lines.lowest30 && <p>{lines.lowest30}</p>}
      </div>
    </div>
  );
}
