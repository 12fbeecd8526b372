import { Form, Link } from "@remix-run/react";
import { Trash2 } from "lucide-react";
import type { Cart, CartLine } from "~/lib/checkout/cart-types.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Picture } from "../catalog/picture.tsx";
import { CONTROL_CLASS, CONTROL_SIZE, FieldError } from "../field-frame.tsx";
import { Icon } from "../icon.tsx";
import { SubmitButton } from "../submit-button.tsx";

/** What lies in the cart: each line can be changed or taken out, with or without a script. */
export function CartLines({ cart }: { cart: Cart }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {cart.lines.map((line) => (
        <Line key={`${line.variantId} ${line.quantity}`} line={line} currency={cart.currency} />
      ))}
    </ul>
  );
}

function Line({ line, currency }: { line: CartLine; currency: string }) {
  const t = useT();
  const locale = useLocale();
  const tooFewId = `few-${line.variantId}`;
  const tooFew =
    line.tooFew === null
      ? null
      : t(line.tooFew === 0 ? "checkout.cart.noneLeft" : "checkout.cart.tooFew", { count: line.tooFew });
  const sum = (amount: number) => formatMoney({ amount, currency }, locale, "shop");
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)_auto] gap-x-4 gap-y-3 py-4">
      <div className="grid aspect-[4/5] place-items-center rounded-compact bg-sunken">
        <Picture art={line.art} picture={line.picture} artClassName="w-3/4" />
      </div>
      <div className="flex min-w-0 flex-col items-start gap-1">
        <Link to={`/products/${line.productId}`} className="max-w-full font-medium">
          {line.name}
        </Link>
        <FieldError id={tooFewId} error={tooFew} />
        {line.quantity > 1 && (
          <p className="tabular text-14 text-fg-muted">
            {t("checkout.cart.perItem", { price: sum(line.price.amount) })}
          </p>
        )}
        <div className="mt-auto flex items-center gap-1 pt-2">
          <Form method="post" preventScrollReset className="flex items-center gap-1">
            <input type="hidden" name="variantId" value={line.variantId} />
            <span className="w-16">
              <input
                type="number"
                name="quantity"
                min={0}
                max={99}
                required
                inputMode="numeric"
                defaultValue={line.quantity}
                aria-label={t("checkout.cart.quantityOf", { item: line.name })}
                aria-invalid={tooFew !== null || undefined}
                aria-describedby={tooFew === null ? undefined : `${tooFewId}-error`}
                className={`${CONTROL_CLASS} ${CONTROL_SIZE.regular}`}
              />
            </span>
            <SubmitButton variant="quiet" name="intent" value="quantity" pendingLabel={t("words.change")}>
              <span aria-hidden="true">{t("words.change")}</span>
              <span className="sr-only">{t("checkout.cart.update")}</span>
            </SubmitButton>
          </Form>
          <Form method="post" preventScrollReset>
            <input type="hidden" name="variantId" value={line.variantId} />
            <input type="hidden" name="quantity" value={line.quantity} />
            <button
              type="submit"
              name="intent"
              value="remove"
              className="grid size-11 place-items-center rounded-control hover:bg-sunken"
            >
              <Icon of={Trash2} />
              <span className="sr-only">{t("checkout.cart.removeOf", { item: line.name })}</span>
            </button>
          </Form>
        </div>
      </div>
      <p className="tabular font-medium whitespace-nowrap">{sum(line.lineTotal)}</p>
    </li>
  );
}
