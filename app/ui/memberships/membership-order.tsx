import { Form, useNavigation } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { CatalogItem, CatalogVariant } from "~/lib/catalog/catalog-types.ts";
import { paidToday } from "~/lib/checkout/price-view.ts";
import { formatMoney, formatPricePerInterval } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { intervalOf } from "~/lib/memberships/account-types.ts";
import { Button } from "../button.tsx";
import { Checkbox } from "../checkbox.tsx";
import { Select } from "../select.tsx";

/** The order of a membership, or of several on the same bill: the wish to start now, and the button that says that it costs money. */
export function MembershipOrder({
  membership,
  variant,
  formKey,
  trialUsed,
  units,
  onChoose,
}: {
  membership: CatalogItem;
  variant: CatalogVariant;
  /** Lets two presses of a browser without a cookie be one. */
  formKey: string;
  /** The visitor has had a trial before: this one is paid at once. */
  trialUsed: boolean;
  /** How many are ordered, and what is called with another number. */
  units: number;
  onChoose: (units: number) => void;
}) {
  const t = useT();
  const locale = useLocale();
  const navigation = useNavigation();
  const { amount, currency, trial, setupFeeAmount } = variant.price;
  const today = paidToday(variant.price, trialUsed, units);
  // Without JavaScript the sum of another number stands beside that number alone.
  const unsure = !useRuns() && membership.mostUnits > 1;
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
      {membership.mostUnits > 1 && (
        <UnitChoice membership={membership} variant={variant} units={units} onChoose={onChoose} />
      )}
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
          {today === 0 || unsure
            ? t(endsByItself && !trialUsed ? "prices.startTrial" : "prices.orderToPay")
            : t("prices.buyAndPay", { sum: formatMoney({ amount: today, currency }, locale, "shop") })}
          <span className="sr-only"> {t("shop.memberships.buy", { product: membership.name })}</span>
        </span>
      </Button>
    </Form>
  );
}

type UnitChoiceProps = {
  membership: CatalogItem;
  variant: CatalogVariant;
  units: number;
  onChoose: (units: number) => void;
};

/** How many on the same bill, and what that many cost: now and, after a campaign's months, later. */
function UnitChoice({ membership, variant, units: count, onChoose }: UnitChoiceProps) {
  const t = useT();
  const locale = useLocale();
  const { currency, laterAmount, setupFeeAmount, interval, intervalCount } = variant.price;
  const every = intervalOf({ interval: interval ?? "month", intervalCount: intervalCount ?? 1 });
  const per = (amount: number) => formatPricePerInterval({ amount, currency }, every, locale);
  const price = (each: number) => ({
    ...{ count, each: formatMoney({ amount: each, currency }, locale, "shop"), sum: per(each * count) },
  });
  return (
    <div className="flex flex-col gap-2">
      <Select
        name="quantity"
        label={t("units.howMany")}
        hint={t("units.howManyHint", { most: membership.mostUnits })}
        value={String(count)}
        onChange={(event) => onChoose(Number(event.target.value))}
        options={Array.from({ length: membership.mostUnits }, (_, index) => ({
          value: String(index + 1),
          label: t("units.option", { count: index + 1, sum: per(variant.price.amount * (index + 1)) }),
        }))}
      />
      {count > 1 && <p>{t("units.price", price(variant.price.amount))}</p>}
      {count > 1 && laterAmount !== null && <p>{t("units.later", price(laterAmount))}</p>}
      {count > 1 && setupFeeAmount > 0 && <p>{t("units.fee")}</p>}
    </div>
  );
}

/** Whether the page runs: what is drawn before that cannot follow a choice. */
function useRuns(): boolean {
  const [runs, setRuns] = useState(false);
  useEffect(() => setRuns(true), []);
  return runs;
}
