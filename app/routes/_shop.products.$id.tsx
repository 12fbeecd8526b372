import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import type { CatalogItem } from "~/lib/catalog/catalog-types.ts";
import { catalogItem } from "~/lib/catalog/catalog-view.ts";
import { productData } from "~/lib/catalog/product-data.ts";
import { firstPicks, pickedVariant } from "~/lib/catalog/variant-pick.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { pageIn } from "~/lib/locale.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { AddedNotice } from "~/ui/catalog/added-notice.tsx";
import { Picture } from "~/ui/catalog/picture.tsx";
import { ProductForm } from "~/ui/catalog/product-form.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import type { ShareHandle } from "~/ui/frame/page-addresses.tsx";
import { WholeWords } from "~/ui/whole-words.tsx";

const PROBLEMS = ["missing", "sold_out"] as const;

export function loader(args: LoaderFunctionArgs) {
  return answer(args, async ({ caller, locale, baseUrl }) => {
    const product = catalogItem(await caller.catalog.products.get({ id: args.params.id ?? "" }), locale);
    if (product.kind === "plan") throw redirect("/plans");
    // Credits belong to an account, and a membership has its card on a page of its own.
    if (product.kind === "credit_pack") throw redirect("/account/credits");
    if (product.kind !== "merchandise") throw redirect(`${pageIn("/membership", locale)}#${product.id}`);
    const { searchParams } = new URL(args.request.url);
    const asked = Object.fromEntries(product.optionNames.map((name) => [name, searchParams.get(name) ?? ""]));
    return {
      locale,
      baseUrl,
      product,
      picks: firstPicks(product.variants, product.optionNames, asked),
      problem: PROBLEMS.find((one) => one === searchParams.get("problem")) ?? null,
    };
  });
}

/** Adds to the cart and comes back here, told by the address: a reload adds nothing more. */
export function action(args: ActionFunctionArgs) {
  return answer(args, async ({ caller, locale }) => {
    const form = await args.request.formData();
    const { variants, optionNames } = catalogItem(
      await caller.catalog.products.get({ id: args.params.id ?? "" }),
      locale,
    );
    const picks = Object.fromEntries(optionNames.map((name) => [name, String(form.get(`option.${name}`) ?? "")]));
    const named = variants.find((variant) => variant.id === form.get("variantId"));
    const variant = named ?? pickedVariant(variants, optionNames, picks);
    const back = new URLSearchParams(variant?.codes ?? picks);
    if (variant && variant.stock.state !== "sold_out") {
      const quantity = Number(form.get("quantity") ?? 1);
      await caller.checkout.cart.add({ variantId: variant.id, quantity: Number.isInteger(quantity) ? quantity : 1 });
      back.set("added", variant.id);
    } else {
      back.set("problem", variant ? "sold_out" : "missing");
    }
    return redirect(`/products/${encodeURIComponent(args.params.id ?? "")}?${back}`);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? [
        ...pageMeta({
          title: data.product.name,
          description: data.product.summary,
          locale: data.locale,
          type: "product",
        }),
        { "script:ld+json": productData(data.product, `${data.baseUrl}/products/${data.product.id}`) },
      ]
    : [];

/** The first picture large, the others below it. */
function ProductPictures({ product: { media, art, name } }: { product: CatalogItem }) {
  const [first, ...others] = media;
  return (
    <div className="flex flex-col gap-3">
      <div className="grid aspect-[4/5] place-items-center rounded-card bg-sunken max-md:aspect-[4/3]">
        <Picture
          art={first?.art ?? art}
          picture={first?.picture ?? null}
          alt={first?.alt || name}
          artClassName="h-3/4 max-w-3/4"
        />
      </div>
      {others.length > 0 && (
        <ul className="grid grid-cols-3 gap-3">
          {others.map((one) => (
            <li
              key={one.picture?.src ?? one.art}
              className="grid aspect-[4/5] place-items-center rounded-control bg-sunken max-md:aspect-square"
            >
              <Picture {...one} artClassName="h-3/4 max-w-3/4" lazy />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Whoever is sent a link to it sees the product's own picture. */
export const handle: ShareHandle<Awaited<ReturnType<typeof useLoaderData<typeof loader>>>> = {
  sharePicture({ product }) {
    const shown = product.media.find((one) => one.picture !== null);
    return shown?.picture ? { path: shown.picture.src, alt: shown.alt } : null;
  },
};

export default function Product() {
  const t = useT();
  const locale = useLocale();
  const { product, picks, problem } = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const added = product.variants.find((variant) => variant.id === search.get("added"));
  return (
    <div className="mx-auto grid w-full max-w-shop gap-8 px-4 pt-6 md:grid-cols-2 md:gap-12 md:px-6 md:pt-12">
      <ProductPictures product={product} />
      <div className="flex flex-col gap-6">
        <div className="flex flex-col gap-2">
          <h1 className="text-34">
            <WholeWords>{product.name}</WholeWords>
          </h1>
          <p className="text-18">{product.summary}</p>
        </div>
        {added && <AddedNotice product={product.name} variant={added} />}
        <ProductForm
          key={`${product.id} ${JSON.stringify(picks)}`}
          product={product}
          initial={picks}
          problem={problem}
        />
        <DescriptionList
          prose
          rows={[
            { term: t("shop.product.material"), value: product.description },
            { term: t("shop.product.delivery"), value: t("shop.product.delivery.text") },
            {
              term: t("shop.product.withdrawal"),
              value: (
                <>
                  {t("shop.product.withdrawal.text")}{" "}
                  <Link to={`${pageIn("/terms", locale)}#withdrawal`}>{t("shop.product.withdrawal.how")}</Link>
                </>
              ),
            },
          ]}
        />
      </div>
    </div>
  );
}
