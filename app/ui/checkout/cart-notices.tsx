import { Form } from "@remix-run/react";
import type { Cart } from "~/lib/checkout/cart-types.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";
import { SubmitButton } from "../submit-button.tsx";

type CartNoticesProps = { cart: Cart; removed: { variantId: string; quantity: number } | null };

/** What the visitor has to know before paying: changed prices, what is no longer sold, what was just taken out. */
export function CartNotices({ cart, removed }: CartNoticesProps) {
  const t = useT();
  const locale = useLocale();
  const sum = (amount: number) => formatMoney({ amount, currency: cart.currency }, locale, "shop");
  return (
    <>
      {removed && (
        <Banner
          live
          tone="ok"
          title={t("checkout.cart.removed")}
          actions={
            <Form method="post">
              <input type="hidden" name="variantId" value={removed.variantId} />
              <input type="hidden" name="quantity" value={removed.quantity} />
              <SubmitButton size="compact" name="intent" value="undo">
                {t("words.undo")}
              </SubmitButton>
            </Form>
          }
        />
      )}
      {cart.lines
        .filter((line) => line.changedFrom !== null)
        .map((line) => (
          <Banner
            key={line.variantId}
            tone="warn"
            title={`${line.name}. ${t("checkout.cart.priceChanged", {
              before: sum(line.changedFrom ?? 0),
              after: sum(line.price.amount),
            })}`}
          >
            {t("checkout.cart.priceChangedNext")}
          </Banner>
        ))}
      {cart.gone.map((line) => (
        <Banner
          key={line.variantId}
          tone="warn"
          title={t("checkout.cart.gone")}
          actions={
            <Form method="post">
              <input type="hidden" name="variantId" value={line.variantId} />
              <SubmitButton size="compact" name="intent" value="remove">
                {t("words.remove")}
              </SubmitButton>
            </Form>
          }
        />
      ))}
    </>
  );
}
