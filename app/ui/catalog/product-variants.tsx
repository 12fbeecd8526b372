import { Form } from "@remix-run/react";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { optionName } from "~/lib/catalog/option-words.ts";
import type { OfficeProduct, ProductStock } from "~/lib/catalog/product-types.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Checkbox } from "../checkbox.tsx";
import { Field } from "../field.tsx";
import { Icon } from "../icon.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { StockForm } from "./stock-form.tsx";

type Product = OfficeProduct["product"];
type Variant = OfficeProduct["variants"][number];

/** Each form of a product: what lies where, and behind its name what can be changed. */
export function ProductVariants(props: {
  product: Product;
  variants: readonly Variant[];
  stock: ProductStock;
  keys: Readonly<Record<string, string>>;
}) {
  const t = useT();
  const locale = useLocale();
  const { product, variants, stock, keys } = props;
  if (variants.length === 0) return null;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {variants.map((variant) => {
        const levels = stock.levels.filter(({ variantId }) => variantId === variant.id);
        const names = product.optionNames.flatMap((name) => variant.options[name]?.[locale] ?? []);
        const free = levels.reduce((sum, level) => sum + level.onHand - level.reserved, 0);
        return (
          <li key={variant.id}>
            <details className="group">
              <summary className="flex cursor-pointer list-none flex-wrap items-center gap-x-4 py-3 hover:bg-sunken">
                <Icon of={ChevronDown} size={16} className="group-open:rotate-180" />
                <span className="min-w-36 font-medium">{names.join(", ") || product.name[locale]}</span>
                <code className="font-mono text-13 text-fg-muted">{variant.sku}</code>
                {!variant.active && <span className="text-14 text-fg-muted">{t("products.offSale")}</span>}
                <span className="tabular ml-auto">
                  {variant.trackStock ? `${t("products.onHand")}: ${free}` : t("products.notCounted")}
                </span>
              </summary>
              <div className="flex flex-col gap-6 pb-6">
                <VariantForm variant={variant} />
                <StockForm variant={variant} levels={levels} locations={stock.locations} formKey={keys[variant.id]} />
              </div>
            </details>
          </li>
        );
      })}
    </ul>
  );
}

function VariantForm({ variant }: { variant: Variant }) {
  const t = useT();
  return (
    <Form method="post" className="flex flex-wrap items-end gap-x-4 gap-y-3">
      <input type="hidden" name="variantId" value={variant.id} />
      <div className="w-64">
        <Field
          compact
          id={`sku-${variant.id}`}
          label={t("products.sku")}
          name="sku"
          defaultValue={variant.sku}
          pattern="[A-Za-z0-9][A-Za-z0-9\-]+"
          maxLength={60}
          required
        />
      </div>
      <div className="w-32">
        <Field
          compact
          id={`position-${variant.id}`}
          label={t("products.position")}
          name="position"
          type="number"
          min={0}
          defaultValue={variant.position}
          required
        />
      </div>
      <Checkbox label={t("products.onSale")} name="active" defaultChecked={variant.active} />
      <Checkbox label={t("products.counted")} name="trackStock" defaultChecked={variant.trackStock} />
      <SubmitButton size="compact" name="intent" value="variant">
        {t("products.saveVariant")}
      </SubmitButton>
    </Form>
  );
}

/** Another form of the product: a value for each of its options, in both languages. Open while there is none. */
export function AddVariant({ product, first }: { product: Product; first: boolean }) {
  const t = useT();
  // Stays as it is when the first has been added: the next one follows.
  const [open] = useState(first);
  return (
    <details open={open || undefined}>
      <summary className="cursor-pointer py-2 font-medium">{t("products.addVariant")}</summary>
      <Form method="post" className="flex flex-wrap items-end gap-x-4 gap-y-3 pt-3">
        <input type="hidden" name="optionNames" value={product.optionNames.join(",")} />
        {product.optionNames.flatMap((option) =>
          (["sv", "en"] as const).map((language) => (
            <div key={`${option} ${language}`} className="w-44">
              <Field
                compact
                label={t("products.option", { option: optionName(t, option), language: t(`products.${language}`) })}
                name={`option.${option}.${language}`}
                maxLength={60}
                required
              />
            </div>
          )),
        )}
        <div className="w-56">
          <Field compact label={t("products.sku")} name="sku" maxLength={60} required />
        </div>
        <SubmitButton size="compact" name="intent" value="add">
          {t("products.addVariant")}
        </SubmitButton>
      </Form>
    </details>
  );
}
