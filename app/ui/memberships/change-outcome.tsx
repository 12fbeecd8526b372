import { formatDate } from "~/lib/format/dates.ts";
import { useLocale } from "~/lib/i18n/language.tsx";
import { pageIn } from "~/lib/locale.ts";
import { type ChangeOutcome, lifeHome, outcomeHref } from "~/lib/memberships/membership-life.ts";
import { useLifeWords } from "~/lib/memberships/plan-life-words.ts";
import { useRootData } from "~/lib/page/root-data.ts";
import { useRefresh } from "~/lib/page/use-refresh.ts";
import { Banner } from "../banner.tsx";
import { LinkButton } from "../link-button.tsx";

type OutcomeProps = { outcome: ChangeOutcome; organizationId: string | null };

/** What came of the thing that was just asked for, read aloud; while it is not known the page looks again by itself. */
export function ChangeOutcomeBanner({ outcome, organizationId }: OutcomeProps) {
  const t = useLifeWords(organizationId);
  const locale = useLocale();
  const email = useRootData()?.company.email ?? "";
  const { status, kind } = outcome;
  const open = status === "requested" || status === "sent" || status === "unknown";
  useRefresh(open);
  if (open) {
    const unknown = status === "unknown";
    return (
      <Banner
        live
        tone={unknown ? "warn" : "info"}
        title={t(unknown ? "membership.unknown" : "membership.underWay")}
        actions={<LinkButton to={outcomeHref(outcome.id, organizationId)}>{t("membership.look")}</LinkButton>}
      >
        {t(unknown ? "membership.unknownText" : "membership.underWayText")}
      </Banner>
    );
  }
  if (status === "failed" && kind === "keep" && outcome.endedAt !== null) {
    const again = organizationId === null ? pageIn("/membership", locale) : lifeHome(organizationId);
    return (
      <Banner
        live
        tone="warn"
        title={t("membership.tooLate", { date: formatDate(outcome.endedAt, locale, "prose") })}
        actions={<LinkButton to={again}>{t("membership.tooLateAction")}</LinkButton>}
      >
        {t("membership.tooLateText")}
      </Banner>
    );
  }
  if (status === "failed") {
    const text =
      kind === "plan"
        ? t("membership.failed.plan")
        : kind === "seats" || kind === "units"
          ? t(`membership.failed.${kind}`)
          : kind === "retry"
            ? t("membership.failed.retry")
            : t("membership.failed.other", { email });
    return (
      <Banner live tone="bad" title={t("membership.failed")}>
        {text}
      </Banner>
    );
  }
  // What is scheduled, or waits for its payment, stands on the page with all that belongs to it.
  if (status !== "applied") return null;
  if (kind === "cancel") return <Banner live tone="ok" title={t("membership.done.cancel")} />;
  if (kind === "keep") return <Banner live tone="ok" title={t("membership.done.keep")} />;
  if (kind === "discount" || kind === "free") return <Banner live tone="ok" title={t(`membership.done.${kind}`)} />;
  if (kind === "resume") return <Banner live tone="ok" title={t("membership.done.resume")} />;
  if (kind === "plan" && outcome.productName)
    return <Banner live tone="ok" title={t("membership.done.plan", { product: outcome.productName[locale] })} />;
  if (kind === "seats" || kind === "units") return <Banner live tone="ok" title={t(`membership.done.${kind}`)} />;
  return null;
}
