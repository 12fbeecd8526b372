import type { CatalogVariant } from "~/lib/catalog-types.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { RadioGroup } from "./radio-group.tsx";

/** One radio button per form a product comes in, grouped by its first option (color) where there are two. */
export function VariantChoice({
  variants,
  chosen,
}: {
  variants: readonly CatalogVariant[];
  chosen: string | undefined;
}) {
  const t = useT();
  const [only] = variants;
  if (variants.length === 1 && only) return <input type="hidden" name="variantId" value={only.id} />;
  const names = Object.keys(only?.options ?? {});
  const legend = names.map((name) => optionName(t, name)).join(", ") || t("shop.product.variant");
  return (
    <RadioGroup
      legend={legend}
      name="variantId"
      layout="cards"
      required
      defaultValue={chosen ?? only?.id}
      choices={variants.map((variant) => ({
        value: variant.id,
        label: Object.values(variant.options).join(", ") || variant.sku,
      }))}
    />
  );
}

const OPTIONS = ["color", "size", "billing", "resistance", "surface"] as const;

function optionName(t: ReturnType<typeof useT>, name: string): string {
  return OPTIONS.some((known) => known === name) ? t(`shop.product.options.${name as (typeof OPTIONS)[number]}`) : name;
}
