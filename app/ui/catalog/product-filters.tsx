import { Form } from "@remix-run/react";
import { ChevronDown } from "lucide-react";
import { optionName } from "~/lib/catalog/option-words.ts";
import { narrowedBy, PRODUCT_SORTS, type ProductFilter } from "~/lib/catalog/product-filter.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { drawnOnce } from "~/lib/page/drawn-once.tsx";
import { Button } from "../button.tsx";
import { Checkbox } from "../checkbox.tsx";
import { Field } from "../field.tsx";
import { Icon } from "../icon.tsx";
import { Select } from "../select.tsx";

export type ProductFacets = {
  readonly categories: readonly { value: string; label: string }[];
  readonly options: readonly { name: string; values: readonly { code: string; label: string }[] }[];
};

type ProductFiltersProps = { filter: ProductFilter; facets: ProductFacets; total: number };

/** Search, category and order in sight, the rest folded away: one GET form, so that it works without JavaScript. */
export const ProductFilters = drawnOnce("product-filters", ({ filter, facets, total }: ProductFiltersProps) => {
  const t = useT();
  const narrowed = narrowedBy(filter);
  const categories = [{ value: "", label: t("shop.products.category.all") }, ...facets.categories];
  const sorts = PRODUCT_SORTS.map((sort) => ({ value: sort, label: t(`shop.products.sort.${sort}`) }));
  return (
    // Its fields follow the address: another list, another form.
    <Form method="get" action="/products" role="search" key={JSON.stringify(filter)} className="flex flex-col gap-4">
      <div className="grid grid-cols-2 items-end gap-3 md:flex">
        <div className="max-md:col-span-2 md:w-72">
          <Field type="search" name="q" label={t("shop.products.query")} defaultValue={filter.q} />
        </div>
        <div className="md:w-48">
          <Select
            name="category"
            label={t("shop.products.category")}
            options={categories}
            defaultValue={filter.category}
          />
        </div>
        <div className="md:w-48">
          <Select name="sort" label={t("shop.products.sort")} options={sorts} defaultValue={filter.sort} />
        </div>
        <Button type="submit" className="max-md:col-span-2">
          {t("words.show")}
        </Button>
      </div>
      <details className="group rounded-card border border-line bg-surface" open={narrowed > 0}>
        <summary className="flex min-h-11 cursor-pointer items-center justify-between gap-4 px-4 font-medium">
          {narrowed > 0 ? t("shop.products.filterCount", { count: narrowed }) : t("shop.products.filter")}
          <Icon of={ChevronDown} className="group-open:rotate-180" />
        </summary>
        <div className="flex flex-col gap-6 border-t border-line p-4">
          <div className="grid gap-6 sm:grid-cols-2 lg:grid-cols-4">
            {facets.options.map((option) => (
              <fieldset key={option.name} className="flex flex-col gap-2">
                <legend className="mb-2 font-medium">{optionName(t, option.name)}</legend>
                {option.values.map((value) => (
                  <Checkbox
                    key={value.code}
                    name={option.name}
                    value={value.code}
                    label={value.label}
                    defaultChecked={filter.options[option.name]?.includes(value.code) ?? false}
                  />
                ))}
              </fieldset>
            ))}
            <fieldset className="flex flex-col gap-2">
              <legend className="mb-2 font-medium">{t("shop.products.price")}</legend>
              <div className="grid grid-cols-2 gap-3">
                <Field
                  name="from"
                  inputMode="numeric"
                  label={t("shop.products.price.from")}
                  defaultValue={filter.from ?? ""}
                />
                <Field
                  name="to"
                  inputMode="numeric"
                  label={t("shop.products.price.to")}
                  defaultValue={filter.to ?? ""}
                />
              </div>
              <div className="mt-3">
                <Checkbox name="stock" value="1" label={t("shop.products.stock")} defaultChecked={filter.inStock} />
              </div>
            </fieldset>
          </div>
          <Button type="submit" variant="solid" className="self-start max-sm:w-full">
            {narrowed > 0 ? t("shop.products.showCount", { count: total }) : t("words.show")}
          </Button>
        </div>
      </details>
    </Form>
  );
});
