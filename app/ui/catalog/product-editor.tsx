import { Form } from "@remix-run/react";
import { categoryChoices } from "~/lib/catalog/category-choices.ts";
import type { OfficeProduct } from "~/lib/catalog/product-types.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { Checkbox } from "../checkbox.tsx";
import { Field, TextArea } from "../field.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

const LANGUAGES = ["sv", "en"] as const;

/** What a product says, in both languages side by side, and how it stands in the shop. */
export function ProductEditor({ product }: { product: OfficeProduct["product"] }) {
  const t = useT();
  return (
    <Form method="post" className="flex max-w-account flex-col gap-4">
      <div className="grid gap-4 md:grid-cols-2">
        {LANGUAGES.map((language) => {
          const words = { language: t(`products.${language}`) };
          return (
            <div key={language} className="flex flex-col gap-4">
              <Field
                label={t("products.name", words)}
                name={`name.${language}`}
                defaultValue={product.name[language]}
                maxLength={120}
                required
              />
              <Field
                label={t("products.summary", words)}
                name={`summary.${language}`}
                defaultValue={product.summary[language]}
                maxLength={300}
                required
              />
              <TextArea
                label={t("products.description", words)}
                name={`description.${language}`}
                defaultValue={product.description[language]}
                maxLength={4000}
                required
              />
              {product.kind === "membership" && (
                <TextArea
                  label={t("products.includes", words)}
                  hint={t("products.includesEditHint")}
                  name={`includes.${language}`}
                  defaultValue={product.includes.map((one) => one[language]).join("\n")}
                />
              )}
            </div>
          );
        })}
      </div>
      <div className="grid gap-4 sm:grid-cols-3">
        <Select
          label={t("products.category")}
          name="category"
          defaultValue={product.category}
          options={categoryChoices(t, product.category)}
        />
        <Field
          label={t("products.vat")}
          name="vat"
          inputMode="decimal"
          defaultValue={String(product.taxRateBps / 100)}
          unit="%"
          required
        />
        <Field
          label={t("products.position")}
          name="position"
          type="number"
          min={0}
          defaultValue={product.position}
          required
        />
      </div>
      {product.kind === "membership" && (
        <div className="flex max-w-form flex-col gap-4">
          <Field
            label={t("products.mostUnits")}
            hint={t("products.mostUnitsHint")}
            name="mostUnits"
            inputMode="numeric"
            defaultValue={product.mostUnits}
            maxLength={2}
            required
          />
          <Field
            label={t("planning.grace")}
            hint={t("planning.graceHint")}
            name="graceDays"
            inputMode="numeric"
            defaultValue={product.graceDays}
            maxLength={2}
            required
          />
        </div>
      )}
      <Checkbox label={t("products.onSale")} name="active" defaultChecked={product.active} />
      <div>
        <SubmitButton name="intent" value="edit">
          {t("products.save")}
        </SubmitButton>
      </div>
    </Form>
  );
}
