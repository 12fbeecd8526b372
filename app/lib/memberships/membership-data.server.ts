import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { catalogItem } from "~/lib/catalog/catalog-view.ts";
import { beginCheckout } from "~/lib/checkout/begin-checkout.ts";
import { forgetPayment, openPayment, rememberPayment } from "~/lib/checkout/open-payment.ts";
import { type FormValues, readForm } from "~/lib/form-values.ts";
import { pageIn } from "~/lib/locale.ts";
import { isPeriod } from "~/lib/memberships/memberships.ts";
import { answer } from "~/lib/respond.ts";
import { beginAnew } from "../checkout/begin-anew.ts";

/** The two addresses of the membership page share this; the server tells the language from the address. */
export function membershipLoader(args: LoaderFunctionArgs) {
  return answer(args, async (context) => {
    const { caller, locale, viewer } = context;
    const url = new URL(args.request.url);
    const asked = url.searchParams.get("period");
    const [memberships, mine, payment] = await Promise.all([
      caller.catalog.memberships.list({}),
      viewer.kind === "anonymous" ? null : caller.subscriptions.mine.list(),
      openPayment(context, args.request),
    ]);
    return {
      locale,
      payment,
      formKey: crypto.randomUUID(),
      period: isPeriod(asked) ? asked : ("month" as const),
      memberships: memberships.items.map((item) => catalogItem(item, locale)),
      owned: (mine?.items ?? []).filter((one) => one.endedAt === null).map((one) => one.productId),
      /** A trial is had once: whoever had one pays at once. */
      trialUsed: (mine?.items ?? []).some((one) => one.hadTrial),
    };
  });
}

/** A press on a card's button: opens the payment page for that membership. */
export function membershipAction(args: ActionFunctionArgs) {
  return answer(args, async (context) => {
    const form = await readForm(args.request);
    if (form.text("intent") === "restart") {
      await beginAnew(context, form.text("ref"));
      forgetPayment(context);
      return redirect(pageIn("/membership", context.locale));
    }
    return beginCheckout(
      context,
      {
        source: {
          ...{ productId: form.text("productId"), variantId: form.text("variantId") },
          ...(form.maybe("quantity") === undefined ? {} : { quantity: form.wholeNumber("quantity") ?? 0 }),
        },
        shownAmount: form.wholeNumber("shownAmount"),
        shownTerms: shownTerms(form),
        startConsent: form.ticked("startConsent"),
        formKey: form.maybe("formKey"),
      },
      (ref) => rememberPayment(context, ref),
    );
  });
}

/** The trial and the fee that the pressed card showed, so that nobody is charged by other terms. */
function shownTerms(form: FormValues) {
  const trialDays = form.wholeNumber("shownTrialDays");
  const setupFeeAmount = form.wholeNumber("shownSetupFee");
  return trialDays === undefined || setupFeeAmount === undefined ? undefined : { trialDays, setupFeeAmount };
}
