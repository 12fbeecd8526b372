import { Form } from "@remix-run/react";
import { useState } from "react";
import type { OfficeProduct } from "~/lib/catalog/product-types.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Field } from "../field.tsx";
import { TrialCardSelect } from "../memberships/trial-card-select.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

const CURRENCIES = ["SEK", "EUR", "USD"] as const;
const INTERVALS = ["month:1", "year:1", "month:3", "month:6", "week:1", "day:1"] as const;

/** A price in a currency that has none yet: of goods paid once, of a way to pay a membership every so often. Open where it is the next thing to do. */
export function AddPrice({
  product,
  variants,
  priced,
}: Pick<OfficeProduct, "product" | "variants"> & { priced: boolean }) {
  const t = useT();
  const locale = useLocale();
  const renews = product.kind === "membership";
  const nameOf = (variant: (typeof variants)[number]) =>
    Object.values(variant.options)
      .map((option) => option[locale])
      .join(", ") || variant.sku;
  const forms = variants.map((variant) => ({ value: variant.id, label: nameOf(variant) }));
  const [open] = useState(!priced);
  return (
    <details open={open || undefined}>
      <summary className="cursor-pointer py-2 font-medium">{t("products.addPrice")}</summary>
      <Form method="post" className="flex flex-wrap items-end gap-x-4 gap-y-3 pt-3">
        <div className="w-64">
          <Select
            compact
            label={t("products.priceOf")}
            name="variantId"
            options={renews ? forms : [{ value: "", label: t("products.everyVariant") }, ...forms]}
          />
        </div>
        <div className="w-28">
          <Select
            compact
            label={t("products.currency")}
            name="currency"
            options={CURRENCIES.map((code) => ({ value: code, label: code }))}
          />
        </div>
        <div className="w-32">
          <Field
            compact
            label={t("products.amount")}
            name="amount"
            inputMode="decimal"
            pattern="\d{1,6}([.,]\d{1,2})?"
            required
          />
        </div>
        {renews && (
          <>
            <div className="w-44">
              <Select
                compact
                label={t("products.every")}
                name="every"
                options={INTERVALS.map((every) => ({ value: every, label: t(`products.every.${every}`) }))}
              />
            </div>
            <div className="w-32">
              <Field
                compact
                label={t("products.trialDays")}
                name="trialDays"
                type="number"
                min={0}
                max={365}
                defaultValue={0}
              />
            </div>
            <div className="w-56">
              <TrialCardSelect value={null} />
            </div>
            <div className="w-40">
              <Field
                compact
                label={t("products.setupFeePlain")}
                name="setupFee"
                inputMode="decimal"
                pattern="\d{1,6}([.,]\d{1,2})?"
              />
            </div>
          </>
        )}
        <SubmitButton size="compact" name="intent" value="addPrice">
          {t("products.addPrice")}
        </SubmitButton>
      </Form>
    </details>
  );
}
