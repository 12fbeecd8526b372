import { Form, useNavigation } from "@remix-run/react";
import type { CatalogItem, CatalogVariant } from "~/lib/catalog/catalog-types.ts";
import { paidToday } from "~/lib/checkout/price-view.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Button } from "../button.tsx";
import { Checkbox } from "../checkbox.tsx";

/** The order of one membership: the wish to start now, and the button that says that it costs money. */
export function MembershipOrder({
  membership,
  variant,
  formKey,
  trialUsed,
}: {
  membership: CatalogItem;
  variant: CatalogVariant;
  /** Lets two presses of a browser without a cookie be one. */
  formKey: string;
  /** The visitor has had a trial before: this one is paid at once. */
  trialUsed: boolean;
}) {
  const t = useT();
  const locale = useLocale();
  const navigation = useNavigation();
  const { amount, currency, trial, setupFeeAmount } = variant.price;
  const today = paidToday(variant.price, trialUsed);
  // Where the end brings a bill, the press binds to pay all the same.
  const endsByItself = trial?.withoutCard === "cancel" || trial?.withoutCard === "pause";
  const pending = navigation.state !== "idle" && navigation.formData?.get("variantId") === variant.id;
  return (
    <Form method="post" preventScrollReset className="flex flex-col gap-4">
      <input type="hidden" name="productId" value={membership.id} />
      <input type="hidden" name="variantId" value={variant.id} />
      <input type="hidden" name="shownAmount" value={amount} />
      <input type="hidden" name="shownTrialDays" value={trial && !trialUsed ? trial.days : 0} />
      <input type="hidden" name="shownSetupFee" value={setupFeeAmount} />
      <input type="hidden" name="formKey" value={formKey} />
      <Checkbox
        name="startConsent"
        value="yes"
        label={<span className="text-14">{t("shop.memberships.consent")}</span>}
      />
      <Button
        type="submit"
        full
        size="large"
        variant={membership.recommended ? "primary" : "outline"}
        pending={pending}
        pendingLabel={t("shop.memberships.opening")}
      >
        <span>
          {today === 0
            ? t(endsByItself && !trialUsed ? "prices.startTrial" : "prices.orderToPay")
            : t("prices.buyAndPay", { sum: formatMoney({ amount: today, currency }, locale, "shop") })}
          <span className="sr-only"> {t("shop.memberships.buy", { product: membership.name })}</span>
        </span>
      </Button>
    </Form>
  );
}
