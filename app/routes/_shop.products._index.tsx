import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { catalogCard } from "~/lib/catalog-view.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Button } from "~/ui/button.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { Field } from "~/ui/field.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { ProductCard } from "~/ui/product-card.tsx";
import { Select } from "~/ui/select.tsx";

const CATEGORIES = ["clothes", "equipment", "accessories", "recovery"] as const;
type Category = (typeof CATEGORIES)[number];

export function loader(args: LoaderFunctionArgs) {
  return answer(args, async ({ caller, locale }) => {
    const { searchParams } = new URL(args.request.url);
    const query = (searchParams.get("q") ?? "").trim().slice(0, 100);
    const category = CATEGORIES.find((name) => name === searchParams.get("category"));
    const found = await caller.catalog.products.list({ kind: "merchandise", q: query || undefined, category });
    return {
      locale,
      query,
      category: category ?? null,
      products: found.items.map((item) => catalogCard(item, locale)),
    };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  const t = translate(locale);
  return pageMeta({ title: t("shop.products.title"), description: t("shop.products.description"), locale });
};

export default function Products() {
  const t = useT();
  const { products, query, category } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto flex w-full max-w-shop flex-col gap-6 px-4 pt-8 md:px-6 md:pt-16">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <h1 className="type-display text-display">{t("shop.products.title")}</h1>
        <p className="text-18 text-fg-muted">{t("shop.products.count", { count: products.length })}</p>
      </div>
      <ProductFilter query={query} category={category} />
      {products.length === 0 ? (
        <EmptyState
          art="empty"
          title={query ? t("shop.products.noMatch", { query }) : t("shop.products.noneInCategory")}
          action={<LinkButton to="/products">{t("words.clearFilters")}</LinkButton>}
        />
      ) : (
        <>
          <div className="grid grid-cols-2 gap-x-4 gap-y-8 md:grid-cols-3 md:gap-x-6 lg:grid-cols-4">
            {products.map((product) => (
              <ProductCard key={product.id} product={product} heading="h2" />
            ))}
          </div>
          <p className="text-14 text-fg-muted">
            {t("prices.inclVat")} · {t("shop.products.ranking")}
          </p>
        </>
      )}
    </div>
  );
}

function ProductFilter({ query, category }: { query: string; category: Category | null }) {
  const t = useT();
  const categories = [
    { value: "", label: t("shop.products.category.all") },
    ...CATEGORIES.map((name) => ({ value: name, label: t(`shop.products.category.${name}`) })),
  ];
  return (
    <Form method="get" role="search" className="grid grid-cols-2 items-end gap-3 sm:flex">
      <div className="max-sm:col-span-2 sm:w-72">
        <Field type="search" name="q" label={t("shop.products.query")} defaultValue={query} key={query} />
      </div>
      <div className="sm:w-48">
        <Select
          key={category}
          name="category"
          label={t("shop.products.category")}
          options={categories}
          defaultValue={category ?? ""}
        />
      </div>
      <Button type="submit">{t("words.show")}</Button>
    </Form>
  );
}
