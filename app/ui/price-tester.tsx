import { Form } from "@remix-run/react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { priceFacts } from "~/lib/price-view.ts";
import type { Caller } from "../../server/trpc/router.ts";
import { Button } from "./button.tsx";
import { OfficeSection } from "./office-section.tsx";
import { Price } from "./price.tsx";
import { Select } from "./select.tsx";

type PriceTesterProps = {
  products: readonly string[];
  preview: Awaited<ReturnType<Caller["pricing"]["preview"]>> | null;
  currency: string;
  currencies: readonly string[];
};

/** What a visitor would pay for a product now, which campaign decides, and why every other one does not. */
export function PriceTester({ products, preview, currency, currencies }: PriceTesterProps) {
  const t = useT();
  const locale = useLocale();
  if (products.length === 0) return null;
  const options = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  return (
    <OfficeSection title={t("office.tester.title")}>
      <Form method="get" className="flex flex-wrap items-end gap-3">
        <Select
          compact
          name="product"
          label={t("office.tester.product")}
          options={options(products)}
          defaultValue={preview?.productId}
        />
        <Select
          compact
          name="currency"
          label={t("office.tester.currency")}
          options={options(currencies)}
          defaultValue={currency}
        />
        <Button type="submit" size="compact">
          {t("office.tester.ask")}
        </Button>
      </Form>
      {preview?.variants.map((variant) => (
        <div
          key={`${variant.id}:${variant.price.interval}`}
          className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4"
        >
          <Price {...priceFacts(variant.price)} size="line" />
          <p>
            {variant.winner
              ? t("office.tester.winner", { campaign: variant.winner.campaignName })
              : t("office.tester.default")}
          </p>
          {variant.alternatives.length === 0 ? (
            <p className="text-fg-muted">{t("office.tester.noOthers")}</p>
          ) : (
            <>
              <p className="font-medium">{t("office.tester.lost")}</p>
              <ul className="list-disc pl-5">
                {variant.alternatives.map((other) => (
                  <li key={`${other.campaignId}:${other.stripePriceId}`}>
                    {other.campaignName}: {other.words[locale]}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      ))}
    </OfficeSection>
  );
}
