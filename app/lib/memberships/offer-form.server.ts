import type { FormValues } from "../form-values.ts";
import { shopInstant } from "../format/shop-instant.ts";

/** What staff typed of an offer, for the procedure to take or refuse; nothing typed is left out. */
export function readOfferForm(form: FormValues) {
  const [productId, variantId] = form.text("instead").split(":");
  const share = form.text("share").trim().replace(",", ".");
  const kind = form.text("kind");
  const months = form.wholeNumber("months");
  const from = shopInstant(form.maybe("activeFrom"));
  const until = shopInstant(form.maybe("activeUntil"));
  return {
    name: form.text("name"),
    kind: kind as "discount",
    productIds: form.all("product"),
    reasons: form.all("reason") as "other"[],
    ...(kind === "discount" && share !== "" ? { discountBps: Math.round(Number(share) * 100) } : {}),
    ...(kind !== "plan" && months !== undefined ? { months } : {}),
    ...(kind === "plan" && productId && variantId ? { productId, variantId } : {}),
    ...(from ? { activeFrom: new Date(from) } : {}),
    ...(until ? { activeUntil: new Date(until) } : {}),
    againAfterMonths: form.wholeNumber("againAfterMonths") ?? 0,
    position: form.wholeNumber("position") ?? 0,
  };
}
