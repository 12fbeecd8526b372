import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { actOnProduct } from "~/lib/catalog/product-form.server.ts";
import type { OfficeProduct } from "~/lib/catalog/product-types.ts";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { openList } from "~/lib/lists/list-view.ts";
import { movementsList } from "~/lib/lists/movements.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { refusalText } from "~/lib/refusal-text.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { Banner } from "~/ui/banner.tsx";
import { ProductEditor } from "~/ui/catalog/product-editor.tsx";
import { ProductPictures } from "~/ui/catalog/product-pictures.tsx";
import { AddVariant, ProductVariants } from "~/ui/catalog/product-variants.tsx";
import { StockMovements } from "~/ui/catalog/stock-movements.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { AddPrice } from "~/ui/pricing/add-price.tsx";
import { ProductPrices } from "~/ui/pricing/product-prices.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const id = args.params.id ?? "";
    const asked = openList(args, movementsList, { productId: id });
    const found = await caller.products.get({ id });
    const stock = await caller.inventory.ofProduct({ productId: id });
    const page = await caller.inventory.movements({
      ...asked.filters,
      ...asked.place,
      productId: id,
      limit: 20,
      counted: true,
    });
    // One key per variant's form: pressed twice, it moves goods once.
    const keys = Object.fromEntries(found.variants.map((variant) => [variant.id, crypto.randomUUID()]));
    return { locale, ...found, stock, keys, movements: page.items, list: await asked.view(page) };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const form = await readForm(args.request);
    try {
      return data({ done: await actOnProduct(caller, args.params.id ?? "", form), problem: null });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.kind !== "invalid" && refusal?.kind !== "conflict") throw error;
      return data({ done: null, problem: refusalText(refusal, locale) }, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  pageMeta({ title: page?.product.name[page.locale] ?? "", locale: page?.locale ?? "sv" });

/** One product: what it says, what it costs, its forms and what lies on the shelves. */
export default function ProductPage() {
  const t = useT();
  const locale = useLocale();
  const { product, variants, prices, media, stock, keys, movements, list } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  // What a plan is called and costs is written in its versions.
  const plan = product.kind === "plan" ? "/admin/plans" : null;
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="min-w-0 text-26 font-bold">{product.name[locale]}</h1>
        <Badge tone={product.active ? "ok" : "neutral"}>
          {t(product.active ? "products.onSale" : "products.offSale")}
        </Badge>
        {product.active && !plan && (
          <span className="ml-auto">
            <LinkButton to={`/products/${product.id}`} size="compact" variant="outline">
              {t("products.inShop")}
            </LinkButton>
          </span>
        )}
      </div>
      {!result && !plan && !product.active && <Missing prices={prices} variants={variants} />}
      {result?.done && <Banner live tone="ok" title={t(`products.${result.done}`)} />}
      {result?.problem && <Banner live tone="bad" title={result.problem} />}
      {plan && (
        <Banner tone="info" title={t("planning.seeVersions")}>
          <Link to={plan}>{t("planning.toEditor")}</Link>
        </Banner>
      )}
      {!plan && (
        <OfficeSection title={t("products.variants")}>
          <ProductVariants product={product} variants={variants} stock={stock} keys={keys} />
          {product.optionNames.length > 0 && <AddVariant product={product} first={variants.length === 0} />}
        </OfficeSection>
      )}
      {!plan && (
        <OfficeSection title={t("products.prices")}>
          <ProductPrices prices={prices} variants={variants} />
          {variants.length > 0 && <AddPrice product={product} variants={variants} priced={prices.length > 0} />}
        </OfficeSection>
      )}
      <OfficeSection title={t("products.pictures")}>
        <ProductPictures media={media} />
      </OfficeSection>
      <OfficeSection title={t("products.facts")}>
        <ProductEditor key={JSON.stringify(product)} product={product} />
      </OfficeSection>
      <StockMovements of={product.id} movements={movements} list={list} />
    </div>
  );
}

/** What keeps a product that is not on sale from being sold: the next thing to do. */
function Missing({ prices, variants }: Pick<OfficeProduct, "prices" | "variants">) {
  const t = useT();
  const next = variants.length === 0 ? "needsVariant" : prices.length === 0 ? "needsPrice" : "ready";
  return <Banner tone="info" title={t(`products.${next}`)} />;
}
