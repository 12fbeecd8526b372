import { Form } from "@remix-run/react";
import type { OfficeProduct } from "~/lib/catalog/product-types.ts";
import { severalCurrencies } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Field } from "../field.tsx";
import { TrialCardSelect } from "../memberships/trial-card-select.tsx";
import { Money } from "../money.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { RecurringSum } from "./recurring-sum.tsx";

type OfficePrice = OfficeProduct["prices"][number];

/** By variant, and of each the shop's own currency first. */
function shopsOwnFirst(a: OfficePrice, b: OfficePrice): number {
  const rank = ({ currency }: OfficePrice) => ["SEK", "EUR", "USD"].indexOf(currency);
  return (a.variantId ?? "").localeCompare(b.variantId ?? "", "en") || rank(a) - rank(b);
}

/** The default prices, each with the form that changes it. */
export function ProductPrices({ prices, variants }: Pick<OfficeProduct, "prices" | "variants">) {
  const t = useT();
  const locale = useLocale();
  if (prices.length === 0) return null;
  const formOf = (variantId: string | null) => {
    const options = variants.find(({ id }) => id === variantId)?.options ?? {};
    const names = Object.values(options).map((option) => option[locale]);
    return names.join(", ") || t("products.everyVariant");
  };
  return (
    <ul className="divide-y divide-line border-y border-line">
      {prices.toSorted(shopsOwnFirst).map((price) => (
        <li key={price.id} className="flex flex-wrap items-end gap-x-6 gap-y-3 py-3">
          <p className="w-48">
            <span className="block text-14 text-fg-muted">{formOf(price.variantId)}</span>
            <span className="font-medium">
              {price.interval ? (
                <RecurringSum of={price} />
              ) : (
                <Money of={{ amount: price.amount, currency: price.currency }} withCode={severalCurrencies(prices)} />
              )}
            </span>
          </p>
          <Form method="post" className="flex flex-wrap items-end gap-3">
            <input type="hidden" name="priceId" value={price.id} />
            <div className="w-40">
              <Field
                compact
                id={`amount-${price.id}`}
                label={t("products.newPrice", { currency: price.currency })}
                name="amount"
                inputMode="decimal"
                pattern="\d{1,6}([.,]\d{1,2})?"
                defaultValue={decimal(price.amount)}
                required
              />
            </div>
            {price.interval && <PriceTerms price={price} />}
            <div className="w-64">
              <Field
                compact
                id={`why-${price.id}`}
                label={t("products.reason")}
                name="reason"
                minLength={3}
                maxLength={500}
                required
              />
            </div>
            <SubmitButton size="compact" name="intent" value="price">
              {t("products.changePrice")}
            </SubmitButton>
          </Form>
        </li>
      ))}
    </ul>
  );
}

/** `249` or `249,50`, as it is typed. */
function decimal(minorUnits: number): string {
  return minorUnits % 100 === 0 ? String(minorUnits / 100) : (minorUnits / 100).toFixed(2).replace(".", ",");
}

/** What only something that renews has: days before the first charge, and a fee that is paid once. */
function PriceTerms({ price }: { price: OfficePrice }) {
  const t = useT();
  return (
    <>
      <div className="w-32">
        <Field
          compact
          id={`trial-${price.id}`}
          label={t("products.trialDays")}
          name="trialDays"
          type="number"
          min={0}
          max={365}
          defaultValue={price.trialDays}
        />
      </div>
      <div className="w-56">
        <TrialCardSelect id={`card-${price.id}`} value={price.trialWithoutCard} />
      </div>
      <div className="w-40">
        <Field
          compact
          id={`fee-${price.id}`}
          label={t("products.setupFee", { currency: price.currency })}
          name="setupFee"
          inputMode="decimal"
          pattern="\d{1,6}([.,]\d{1,2})?"
          defaultValue={price.setupFeeAmount > 0 ? decimal(price.setupFeeAmount) : ""}
        />
      </div>
    </>
  );
}
