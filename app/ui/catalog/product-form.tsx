import { Form } from "@remix-run/react";
import type { CatalogItem } from "~/lib/catalog/catalog-types.ts";
import { type Picks, pickedVariant } from "~/lib/catalog/variant-pick.ts";
import { priceFacts } from "~/lib/checkout/price-view.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { useRootData } from "~/lib/page/root-data.ts";
import { Banner } from "../banner.tsx";
import { Field } from "../field.tsx";
import { Price } from "../pricing/price.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { choiceWords, usePicks, VariantChoice } from "./variant-choice.tsx";

export type AddProblem = "missing" | "sold_out";

/** The price of what is chosen, the choice, and the one button; what cannot be had is told in words, before and after. */
export function ProductForm({
  product,
  initial,
  problem,
}: {
  product: CatalogItem;
  initial: Picks;
  /** Why the last press added nothing. */
  problem: AddProblem | null;
}) {
  const t = useT();
  const email = useRootData()?.company.email ?? "";
  const [picks, setPicks] = usePicks(initial);
  const { variants, optionNames } = product;
  const only = variants.length === 1 ? variants[0] : null;
  const variant = only ?? pickedVariant(variants, optionNames, picks);
  const price = priceFacts(variant?.price ?? product.price);
  const choice = choiceWords(variants, optionNames, picks);
  const wrong = !variant ? "missing" : variant.stock.state === "sold_out" ? "sold_out" : null;
  const left = variant?.stock.left ?? null;
  return (
    <>
      <Price {...price} />
      {(wrong ?? problem) && (
        <Trouble problem={wrong ?? problem} choice={choice} all={product.stock.state === "sold_out"} email={email} />
      )}
      <Form method="post" preventScrollReset className="flex flex-col gap-6">
        {only && <input type="hidden" name="variantId" value={only.id} />}
        <VariantChoice product={product} picks={picks} onPick={setPicks} />
        {left !== null && <p className="font-medium">{t("shop.product.few", { count: left })}</p>}
        <div className="w-24">
          <Field
            label={t("checkout.cart.quantity")}
            name="quantity"
            type="number"
            inputMode="numeric"
            min={1}
            max={left ?? 99}
            defaultValue={1}
            required
          />
        </div>
        <div
          data-bottom-bar
          className="max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-20 max-md:flex max-md:items-center max-md:gap-4 max-md:border-t max-md:border-line-strong max-md:bg-raised max-md:p-3"
        >
          <div className="shrink-0 md:hidden">
            <Price {...price} size="line" tax={null} />
          </div>
          <SubmitButton variant="primary" size="large" full pendingLabel={t("shop.product.adding")}>
            {t("checkout.cart.add")}
          </SubmitButton>
        </div>
      </Form>
    </>
  );
}

function Trouble({
  problem,
  choice,
  all,
  email,
}: {
  problem: AddProblem | null;
  choice: string;
  all: boolean;
  email: string;
}) {
  const t = useT();
  const title =
    problem === "missing"
      ? t("shop.product.missing", { choice })
      : all || choice === ""
        ? t("shop.product.soldOutAll", { email })
        : t("shop.product.soldOut", { choice });
  return <Banner tone="warn" title={title} />;
}
