import { Form } from "@remix-run/react";
import type { Cart } from "~/lib/checkout/cart-types.ts";
import { formatMoney, formatPercent } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { SubmitButton } from "../submit-button.tsx";

/** What is paid today, with its tax, and the button that says so. Sticks to a phone's lower edge. */
export function CartSum({ cart }: { cart: Cart }) {
  const t = useT();
  const locale = useLocale();
  const { currency, total } = cart;
  const exact = (amount: number) => formatMoney({ amount, currency }, locale, "ledger");
  const short = formatMoney({ amount: total, currency }, locale, "shop");
  return (
    <section aria-label={t("prices.total")} className="flex flex-col gap-4 md:ml-auto md:w-full md:max-w-form">
      <dl className="tabular flex flex-col gap-2">
        <div className="flex justify-between gap-4">
          <dt>{t("prices.shipping")}</dt>
          <dd>{t("checkout.cart.shippingFree")}</dd>
        </div>
        <div className="flex items-baseline justify-between gap-4 border-t border-line pt-3 text-18 font-bold">
          <dt>{t("prices.toPayToday")}</dt>
          <dd>{exact(total)}</dd>
        </div>
        {cart.taxes.map((tax) => (
          <div key={tax.rateBps} className="text-right text-14 text-fg-muted">
            <dt className="sr-only">{t("prices.inclVat")}</dt>
            <dd>{t("prices.ofWhichVat", { rate: formatPercent(tax.rateBps, locale), sum: exact(tax.taxAmount) })}</dd>
          </div>
        ))}
      </dl>
      {cart.openPage === null && cart.lines.length > 0 && cart.gone.length === 0 && (
        <Form method="post">
          {cart.pricesChanged && <input type="hidden" name="acceptChangedPrices" value="yes" />}
          <div
            data-bottom-bar
            className="max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-20 max-md:border-t max-md:border-line-strong max-md:bg-raised max-md:p-3"
          >
            <SubmitButton
              variant="primary"
              size="large"
              full
              name="intent"
              value="pay"
              pendingLabel={t("checkout.cart.opening")}
            >
              {t("prices.buyAndPay", { sum: short })}
            </SubmitButton>
          </div>
        </Form>
      )}
      <p className="text-14 text-fg-muted">{t("checkout.cart.next")}</p>
    </section>
  );
}
