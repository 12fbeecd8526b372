import type { Caller } from "../../../server/trpc/router.ts";
import type { listPage } from "../list-page.ts";
import { refusalOf } from "../refusal.ts";
import { shopInstant } from "./campaign-form.server.ts";

const CURRENCIES = ["SEK", "EUR", "USD"] as const;
type Currency = (typeof CURRENCIES)[number];

/**
 * What the price tester is asked by its address, and the answer: in the currency that was chosen, at first in one that the product is
 * sold in. `preview` is null where nothing is asked, or the product is not for sale so; `soldIn` says then what it is sold in.
 */
export async function testedPrice(
  caller: Caller,
  page: ReturnType<typeof listPage>,
  products: readonly { readonly id: string; readonly currencies: readonly Currency[] }[],
) {
  const product = products.find(({ id }) => id === page.filter("product"));
  const currency = page.choice("currency", CURRENCIES) ?? product?.currencies[0] ?? "SEK";
  const wanted = page.filter("at");
  const at = wanted === undefined ? null : shopInstant(wanted);
  const variantId = page.filter("variant");
  const asked = { productId: product?.id, currency, at: wanted ?? "", variantId: variantId ?? "" };
  const answer = { asked, currencies: CURRENCIES, preview: null, soldIn: null };
  if (!product) return answer;
  try {
    const preview = await caller.pricing.preview({
      ...{ productId: product.id, currency },
      ...(variantId && { variantId }),
      ...(at && { at: new Date(at) }),
    });
    return { ...answer, preview };
  } catch (error) {
    if (refusalOf(error)?.code !== "pricing.not_for_sale") throw error;
    return { ...answer, soldIn: product.currencies };
  }
}
