import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useLoaderData, useSearchParams } from "@remix-run/react";
import { catalogItem } from "~/lib/catalog-view.ts";
import { readForm } from "~/lib/form-values.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { pageIn } from "~/lib/locale.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { priceFacts } from "~/lib/price-view.ts";
import { answer } from "~/lib/respond.ts";
import { AddedNotice } from "~/ui/added-notice.tsx";
import { Art } from "~/ui/art/art.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { Field } from "~/ui/field.tsx";
import { Price } from "~/ui/price.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { VariantChoice } from "~/ui/variant-choice.tsx";

export function loader(args: LoaderFunctionArgs) {
  return answer(args, async ({ caller, locale }) => {
    const product = catalogItem(await caller.catalog.products.get({ id: args.params.id ?? "" }), locale);
    // A membership has its card on a page of its own.
    if (product.kind !== "merchandise") throw redirect(`${pageIn("/membership", locale)}#${product.id}`);
    return { locale, product };
  });
}

/** Adds to the cart and comes back here, told by the address: a reload adds nothing more. */
export function action(args: ActionFunctionArgs) {
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const variantId = form.text("variantId");
    await caller.checkout.cart.add({ variantId, quantity: form.wholeNumber("quantity") ?? 1 });
    return redirect(`/products/${args.params.id}?added=${encodeURIComponent(variantId)}`);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? pageMeta({ title: data.product.name, description: data.product.summary, locale: data.locale }) : [];

export default function Product() {
  const t = useT();
  const locale = useLocale();
  const { product } = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const added = product.variants.find((variant) => variant.id === search.get("added"));
  return (
    <div className="mx-auto grid w-full max-w-shop gap-8 px-4 pt-6 md:grid-cols-2 md:gap-12 md:px-6 md:pt-12">
      <div className="grid aspect-[4/5] place-items-center rounded-card bg-sunken max-md:aspect-[4/3]">
        <Art name={product.art} title={product.name} className="h-3/4 max-w-3/4" />
      </div>
      <div className="flex flex-col gap-6">
        <div className="flex flex-col gap-2">
          <h1 className="text-34">{product.name}</h1>
          <p className="text-18">{product.summary}</p>
        </div>
        <Price {...priceFacts(product.price)} />
        {added && <AddedNotice product={product.name} variant={added} />}
        <Form method="post" preventScrollReset className="flex flex-col gap-6">
          <VariantChoice variants={product.variants} chosen={added?.id} />
          <div className="w-24">
            <Field
              label={t("checkout.cart.quantity")}
              name="quantity"
              type="number"
              inputMode="numeric"
              min={1}
              max={99}
              defaultValue={1}
              required
            />
          </div>
          <div
            data-bottom-bar
            className="max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-20 max-md:flex max-md:items-center max-md:gap-4 max-md:border-t max-md:border-line-strong max-md:bg-raised max-md:p-3"
          >
            <div className="shrink-0 md:hidden">
              <Price {...priceFacts(product.price)} size="line" tax={null} />
            </div>
            <SubmitButton variant="primary" size="large" full pendingLabel={t("shop.product.adding")}>
              {t("checkout.cart.add")}
            </SubmitButton>
          </div>
        </Form>
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
                  <a href={`${pageIn("/terms", locale)}#withdrawal`}>{t("shop.footer.withdraw")}</a>
                </>
              ),
            },
          ]}
        />
      </div>
    </div>
  );
}
