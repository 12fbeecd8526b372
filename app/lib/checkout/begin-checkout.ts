import type { AppLoadContext } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { formatMoney } from "../format/money.ts";
import { t } from "../i18n/translate.ts";
import { refusalOf } from "../refusal.ts";
import { refusalText } from "../refusal-text.ts";

type StartInput = Parameters<AppLoadContext["caller"]["checkout"]["start"]>[0];
type Started = ReturnType<AppLoadContext["caller"]["checkout"]["start"]>;

/** Why no payment page was opened, in words; the prices are shown anew and the same press now means the new ones. */
export type CheckoutNotice = { title: string; text: string; priceChanged: boolean };

/**
 * Opens the payment page and leads there. What stands in the way comes back as a notice for the page that asked; what
 * is not known yet leads to the page that finds out.
 */
export function beginCheckout(context: AppLoadContext, input: StartInput, opened?: (ref: string) => void) {
  return leadToPayment(context, context.caller.checkout.start(input), opened);
}

/** The same for a payment page that was asked for already. */
export async function leadToPayment(context: AppLoadContext, asked: Started, opened?: (ref: string) => void) {
  const translate = t(context.locale);
  const started = await asked.catch((error: unknown) => {
    const refusal = refusalOf(error);
    if (!refusal || refusal.kind === "unauthenticated" || refusal.kind === "forbidden") throw error;
    return refusal;
  });
  if ("kind" in started) {
    return notice({ title: refusalText(started, context.locale), text: "", priceChanged: false });
  }
  switch (started.outcome) {
    case "open":
      opened?.(started.ref);
      return redirect(started.url);
    case "unknown":
      return redirect(`/checkout/return?ref=${encodeURIComponent(started.ref)}`);
    case "price_changed": {
      const sum = (amount: number, currency: string) => formatMoney({ amount, currency }, context.locale, "shop");
      const lines = started.changes.map((change) =>
        translate(change.terms ? "checkout.cart.termsChangedOf" : "checkout.cart.priceChangedOf", {
          item: change.name,
          before: sum(change.shownAmount, change.currency),
          after: sum(change.amount, change.currency),
        }),
      );
      return notice({ title: translate("checkout.cart.priceChangedTitle"), text: lines.join(" "), priceChanged: true });
    }
    case "sold_out": {
      const items = started.items.map(({ name, left }) => {
        if (left === 0) return translate("checkout.cart.soldOutOf", { item: name });
        return left === null
          ? translate("checkout.cart.tooManyOf", { item: name })
          : translate("checkout.cart.leftOf", { item: name, count: left });
      });
      return notice({ title: translate("checkout.cart.soldOutTitle"), text: items.join(" "), priceChanged: false });
    }
    case "unavailable":
      return notice({
        title: translate("checkout.cart.providerDown"),
        text: translate("checkout.cart.notCharged"),
        priceChanged: false,
      });
  }
}

/** Answered like a page, not like an error: what is shown beside it has to be read anew. */
function notice(what: CheckoutNotice) {
  return { notice: what };
}
