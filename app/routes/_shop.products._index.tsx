import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { catalogCard } from "~/lib/catalog/catalog-view.ts";
import { FILTER_OPTIONS, filterInput, productFilter, productsHref } from "~/lib/catalog/product-filter.ts";
import { productTokens } from "~/lib/catalog/product-tokens.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { ProductFilters } from "~/ui/catalog/product-filters.tsx";
import { ProductGrid } from "~/ui/catalog/product-grid.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { FilterTokens } from "~/ui/filter-tokens.tsx";
import { LinkButton } from "~/ui/link-button.tsx";

const PAGE = 24;
const CATEGORIES = ["clothes", "equipment", "accessories", "recovery"] as const;

export function loader(args: LoaderFunctionArgs) {
  return answer(args, async ({ caller, locale }) => {
    const { searchParams } = new URL(args.request.url);
    const filter = productFilter(searchParams);
    const cursor = searchParams.get("cursor") || undefined;
    const input = { ...filterInput(filter), kind: "merchandise" as const, locale, limit: PAGE };
    const found = await caller.catalog.products.list({ ...input, cursor });
    const t = translate(locale);
    const facets = {
      categories: CATEGORIES.filter((name) => found.facets.categories.includes(name)).map((value) => ({
        value,
        label: t(`shop.products.category.${value}`),
      })),
      options: FILTER_OPTIONS.flatMap((name) => {
        const values = found.facets.options[name] ?? [];
        return values.length > 1
          ? [{ name, values: inSizeOrder(values).map(({ code, label }) => ({ code, label: label[locale] })) }]
          : [];
      }),
    };
    return {
      locale,
      filter,
      facets,
      total: found.total,
      nextHref: found.nextCursor === null ? null : productsHref(filter, found.nextCursor),
      startHref: cursor === undefined ? null : productsHref(filter),
      products: found.items.map((item) => catalogCard(item, locale)),
    };
  });
}

const SIZES = ["xs", "s", "m", "l", "xl", "xxl"];

/** Sizes from the smallest up, whichever product named them first; everything else as it came. */
function inSizeOrder<Value extends { code: string }>(values: readonly Value[]): readonly Value[] {
  const rank = ({ code }: Value) => (SIZES.includes(code) ? SIZES.indexOf(code) : SIZES.length);
  return values.toSorted((a, b) => rank(a) - rank(b));
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  const t = translate(locale);
  return pageMeta({ title: t("shop.products.title"), description: t("shop.products.description"), locale });
};

export default function Products() {
  const t = useT();
  const locale = useLocale();
  const { products, filter, facets, total, nextHref, startHref } = useLoaderData<typeof loader>();
  const tokens = productTokens(filter, facets, t, locale);
  const ranking = filter.sort === "position" ? t("shop.products.ranking") : t(`shop.products.ranking.${filter.sort}`);
  return (
    <div className="mx-auto flex w-full max-w-shop flex-col gap-6 px-4 pt-8 md:px-6 md:pt-16">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <h1 className="type-display text-display">{t("shop.products.title")}</h1>
        <p className="text-18 text-fg-muted" role="status">
          {t("shop.products.count", { count: total })}
        </p>
      </div>
      <ProductFilters filter={filter} facets={facets} total={total} />
      <FilterTokens tokens={tokens} clearHref="/products" />
      {products.length === 0 ? (
        <EmptyState
          art="empty"
          title={
            filter.q && tokens.length === 1 ? t("shop.products.noMatch", { query: filter.q }) : t("shop.products.none")
          }
          action={<LinkButton to="/products">{t("words.clearFilters")}</LinkButton>}
        >
          {t("shop.products.noneNext")}
        </EmptyState>
      ) : (
        <>
          <p className="text-14 text-fg-muted">
            {t("shop.products.inclVat")} {ranking}
          </p>
          <ProductGrid products={products} />
          {(nextHref ?? startHref) && (
            <p className="flex flex-wrap items-center gap-4">
              {nextHref && <LinkButton to={nextHref}>{t("shop.products.more")}</LinkButton>}
              {startHref && <Link to={startHref}>{t("shop.products.start")}</Link>}
            </p>
          )}
        </>
      )}
    </div>
  );
}
