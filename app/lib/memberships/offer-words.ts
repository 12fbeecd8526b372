import type { AppLoadContext } from "@remix-run/node";
import { formatPercent } from "../format/money.ts";
import type { Translate } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";

export type Offer = Awaited<ReturnType<AppLoadContext["caller"]["offers"]["get"]>>;

/** What an offer gives, in a few words. */
export function offerWords(of: Pick<Offer, "kind" | "discountBps" | "months">, t: Translate, locale: Locale): string {
  const count = of.months ?? 0;
  switch (of.kind) {
    case "discount":
      return t("offers.gives.discount", { off: formatPercent(of.discountBps ?? 0, locale), count });
    case "free":
      return t("offers.gives.free", { count });
    case "pause":
      return of.months === null ? t("offers.gives.pauseOpen") : t("offers.gives.pause", { count });
    case "plan":
      return t("offers.gives.plan");
  }
}
