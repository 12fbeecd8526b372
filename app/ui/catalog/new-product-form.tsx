import { Form } from "@remix-run/react";
import { categoryChoices } from "~/lib/catalog/category-choices.ts";
import { optionName } from "~/lib/catalog/option-words.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { PRODUCT_ART } from "../art/art.tsx";
import { Checkbox } from "../checkbox.tsx";
import { Field, TextArea } from "../field.tsx";
import { RadioGroup } from "../radio-group.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

const LANGUAGES = ["sv", "en"] as const;
const OPTIONS = ["color", "size", "resistance", "surface"] as const;

/** What a product says in both languages, its kind, and what its forms differ in; prices and pictures come after. */
export function NewProductForm() {
  const t = useT();
  return (
    <Form method="post" className="flex max-w-account flex-col gap-6">
      <RadioGroup
        legend={t("office.products.kind")}
        name="kind"
        defaultValue="merchandise"
        choices={(["merchandise", "membership"] as const).map((kind) => ({
          value: kind,
          label: t(`office.products.kind.${kind}`),
        }))}
      />
      <div className="grid gap-4 md:grid-cols-2">
        {LANGUAGES.map((language) => (
          <Texts key={language} language={language} />
        ))}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t("products.newId")}
          hint={t("products.newIdHint")}
          name="id"
          pattern="[a-z][a-z0-9]*(-[a-z0-9]+)*"
          maxLength={60}
          required
        />
        <Field label={t("products.vat")} name="vat" inputMode="decimal" defaultValue="25" unit="%" required />
        <Select label={t("products.category")} name="category" options={categoryChoices(t)} />
        <Select
          label={t("products.art")}
          name="art"
          defaultValue="t-shirt"
          options={PRODUCT_ART.map((value) => ({ value, label: t(`products.art.${value}`) }))}
        />
      </div>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 font-medium">{t("products.optionNames")}</legend>
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {OPTIONS.map((name) => (
            <Checkbox key={name} name="optionNames" value={name} label={optionName(t, name)} />
          ))}
        </div>
      </fieldset>
      <div className="w-72">
        <Field label={t("products.sku")} hint={t("products.skuHint")} name="sku" maxLength={60} />
      </div>
      <div>
        <SubmitButton name="intent" value="create" variant="primary">
          {t("products.create")}
        </SubmitButton>
      </div>
    </Form>
  );
}

function Texts({ language }: { language: (typeof LANGUAGES)[number] }) {
  const t = useT();
  const words = { language: t(`products.${language}`) };
  return (
    <div className="flex flex-col gap-4">
      <Field label={t("products.name", words)} name={`name.${language}`} maxLength={120} required />
      <Field label={t("products.summary", words)} name={`summary.${language}`} maxLength={300} required />
      <TextArea label={t("products.description", words)} name={`description.${language}`} maxLength={4000} required />
      <TextArea
        label={t("products.includes", words)}
        hint={t("products.includesHint")}
        name={`includes.${language}`}
        maxLength={1500}
        rows={3}
      />
    </div>
  );
}
