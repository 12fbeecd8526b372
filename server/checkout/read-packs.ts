import type { Ctx } from "../kernel/ctx.ts";
import type { Currency } from "../kernel/money.ts";
import { type PriceView, priceView, resolvePrices } from "../pricing/index.ts";
import { listPacks } from "./find-pack.ts";

/** A credit pack as it is offered. */
export type PackView = {
  readonly productId: string;
  readonly name: { readonly sv: string; readonly en: string };
  readonly description: { readonly sv: string; readonly en: string };
  readonly credits: number;
  /** How many days they can be used; null: for ever. */
  readonly validDays: number | null;
  readonly recommended: boolean;
  readonly price: PriceView;
};

/** Every credit pack that is for sale in a currency, at the price that holds now. Only looks. */
export async function readPacks(ctx: Ctx, { currency }: { readonly currency: Currency }): Promise<PackView[]> {
  return ctx.db.transaction(
    async (tx) => {
      const packs = await listPacks(tx, currency);
      const wanted = packs.map(({ product, variant }) => ({ productId: product.id, variantId: variant.id, currency }));
      const prices = await resolvePrices(tx, wanted);
      return packs.flatMap(({ product }, i): PackView[] => {
        const price = prices[i];
        if (!price || product.creditsPerUnit === null) return [];
        return [
          {
            productId: product.id,
            name: product.summary,
            description: product.description,
            credits: product.creditsPerUnit,
            validDays: product.creditsValidDays,
            recommended: product.recommended,
            price: priceView(price),
          },
        ];
      });
    },
    { readOnly: true },
  );
}
