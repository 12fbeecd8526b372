import type { AppLoadContext } from "@remix-run/node";
import { Form } from "@remix-run/react";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney, formatPercent, formatPriceInProse } from "~/lib/format/money.ts";
import { useLocale } from "~/lib/i18n/language.tsx";
import { namedUnits } from "~/lib/memberships/named-units.ts";
import { useLifeWords } from "~/lib/memberships/plan-life-words.ts";
import { LinkButton } from "../link-button.tsx";
import { SubmitButton } from "../submit-button.tsx";

export type RetentionShowing = Awaited<ReturnType<AppLoadContext["caller"]["offers"]["read"]>>;

type RetentionOfferProps = {
  offer: RetentionShowing;
  timing: "now" | "period_end";
  /** The page of what somebody pays for. */
  home: string;
  /** Whose plan it is; null: a person's membership. */
  organizationId: string | null;
  /** It is the page, unless it stands among others. */
  heading?: "h1" | "h3";
};

/** What is offered to somebody who leaves, in two sentences; yes and no stand there alike. */
export function RetentionOffer(props: RetentionOfferProps) {
  const { offer, timing, home, organizationId, heading: Heading = "h1" } = props;
  const t = useLifeWords(organizationId);
  const { title, text } = useOfferWords(offer, organizationId);
  return (
    <div className="flex max-w-form flex-col gap-6">
      <Heading className="text-26">{t("offers.member.title")}</Heading>
      <section className="flex flex-col gap-3 rounded-card border border-line bg-surface p-5">
        <p className="text-21 font-bold">{title}</p>
        <p>{text}</p>
      </section>
      <Form method="post" className="flex flex-col gap-3">
        <input type="hidden" name="showing" value={offer.id} />
        <input type="hidden" name="timing" value={timing} />
        <SubmitButton name="intent" value="accept" variant="primary" size="large" full>
          {t(`offers.member.yes.${offer.kind}`)}
        </SubmitButton>
        <SubmitButton name="intent" value="decline" variant="outline" size="large" full>
          {t("offers.member.no")}
        </SubmitButton>
        <LinkButton to={home} size="large" full>
          {t("membership.back")}
        </LinkButton>
      </Form>
    </div>
  );
}

function useOfferWords(offer: RetentionShowing, organizationId: string | null): { title: string; text: string } {
  const t = useLifeWords(organizationId, offer.holdsOnPause);
  const locale = useLocale();
  const { currency, renewsAt, resumeAt } = offer;
  const day = (at: Date | string | null) => (at ? formatDate(at, locale, "prose") : "");
  const sum = (amount: number) => formatMoney({ amount, currency }, locale, "ledger");
  const paid = (amount: number, every: RetentionShowing["every"]) =>
    formatPriceInProse({ amount, currency }, every, locale, "ledger");
  const [before, after] = [sum(offer.before), sum(offer.after)];
  switch (offer.kind) {
    case "discount":
      return {
        title: t("offers.member.discount.title", {
          off: formatPercent(offer.discountBps ?? 0, locale),
          count: offer.charges,
        }),
        text: t("offers.member.discount", { after, before, date: day(offer.lastAt) }),
      };
    case "free":
      return {
        title: t("offers.member.free.title", { count: offer.months ?? 1 }),
        text: t("offers.member.free", { date: day(offer.freeUntilAt), before }),
      };
    case "pause":
      return {
        title: t("offers.member.pause.title"),
        text: resumeAt
          ? t("offers.member.pause", { from: day(renewsAt), until: day(resumeAt) })
          : t("offers.member.pauseOpen", { from: day(renewsAt) }),
      };
    case "plan":
      return {
        title: t("offers.member.plan.title", { product: namedUnits(offer.productName?.[locale] ?? "", offer.units) }),
        text: t("offers.member.plan", {
          date: day(renewsAt),
          after: offer.afterEvery ? paid(offer.after, offer.afterEvery) : after,
          // Shown by a process of the release before, it has no period: then neither of the two sums names one.
          before: offer.afterEvery ? paid(offer.before, offer.every) : before,
        }),
      };
  }
}
