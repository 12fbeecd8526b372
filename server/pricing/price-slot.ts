/** What a price is the price of, whatever it costs: product, variant (when it has its own price), currency and interval. */
export type PriceSlot = {
  readonly productId: string;
  readonly variantId: string | null;
  readonly currency: string;
  readonly interval: string | null;
  readonly intervalCount: number | null;
};

export function slotKey(slot: PriceSlot): string {
  return [slot.productId, slot.variantId ?? "", slot.currency, slot.interval ?? "", slot.intervalCount ?? ""].join(" ");
}
