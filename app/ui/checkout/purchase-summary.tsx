import type { Purchase } from "~/lib/checkout/cart-types.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { Money } from "../money.tsx";

/** What it was about, with the number to refer to. */
export function PurchaseSummary({ purchase }: { purchase: Purchase }) {
  const t = useT();
  const { lines, currency, totalAmount, order } = purchase;
  return (
    <section aria-labelledby="purchase-summary" className="flex flex-col gap-3 border-t border-line pt-6">
      <h2 id="purchase-summary" className="text-18">
        {t("checkout.return.summary")}
      </h2>
      <dl className="flex flex-col gap-2">
        {lines.map((line) => (
          <div key={line.name} className="flex items-baseline justify-between gap-4">
            <dt className="min-w-0 wrap-anywhere">
              {line.quantity > 1 && `${line.quantity} × `}
              {line.name}
            </dt>
            <dd>
              <Money of={{ amount: line.totalAmount, currency }} />
            </dd>
          </div>
        ))}
        <div className="flex items-baseline justify-between gap-4 border-t border-line pt-2 font-medium">
          <dt>
            {t("prices.total")} <span className="font-normal text-14 text-fg-muted">{t("prices.inclVat")}</span>
          </dt>
          <dd>
            <Money of={{ amount: totalAmount, currency }} />
          </dd>
        </div>
      </dl>
      {order && <p className="text-14 text-fg-muted">{t("checkout.return.reference", { number: order.number })}</p>}
    </section>
  );
}
