import { Form } from "@remix-run/react";
import { priceFacts } from "~/lib/checkout/price-view.ts";
import { formatDateTime } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Caller } from "../../../server/trpc/router.ts";
import { Button } from "../button.tsx";
import { Field } from "../field.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { Select } from "../select.tsx";
import { Price } from "./price.tsx";
import { PriceReasons } from "./price-reasons.tsx";

type Texts = { sv: string; en: string };
type Preview = Awaited<ReturnType<Caller["pricing"]["preview"]>>;

type PriceTesterProps = {
  products: readonly { id: string; name: Texts; variants: readonly { id: string; sku: string }[] }[];
  preview: Preview | null;
  /** What the address asks for. `at` as a form has it. */
  asked: { productId?: string | undefined; currency: string; at?: string; variantId?: string };
  currencies: readonly string[];
  /** Given where the product is not for sale as it was asked for: what it is sold in. */
  soldIn: readonly string[] | null;
};

/** What a visitor would pay for a product, now or at another moment, which campaign decides, and why no other does. */
export function PriceTester({ products, preview, asked, currencies, soldIn }: PriceTesterProps) {
  const t = useT();
  const locale = useLocale();
  if (products.length === 0) return null;
  const chosen = products.find(({ id }) => id === asked.productId);
  const variants = [
    { value: "", label: t("campaigns.prices.allVariants") },
    ...(chosen?.variants ?? []).map(({ id, sku }) => ({ value: id, label: sku })),
  ];
  return (
    <OfficeSection title={t("office.tester.title")}>
      <Form method="get" className="flex flex-wrap items-end gap-3">
        <Select
          compact
          name="product"
          label={t("office.tester.product")}
          options={products.map(({ id, name }) => ({ value: id, label: name[locale] }))}
          defaultValue={asked.productId}
        />
        {variants.length > 2 && (
          <Select
            compact
            name="variant"
            label={t("campaigns.prices.variant")}
            options={variants}
            defaultValue={asked.variantId}
          />
        )}
        <Select
          compact
          name="currency"
          label={t("office.tester.currency")}
          options={currencies.map((value) => ({ value, label: value }))}
          defaultValue={asked.currency}
        />
        <Field
          compact
          type="datetime-local"
          name="at"
          label={t("campaigns.prices.at")}
          hint={t("campaigns.prices.atHint")}
          defaultValue={asked.at}
        />
        <Button type="submit" size="compact">
          {t("office.tester.ask")}
        </Button>
      </Form>
      {soldIn && (
        <p role="status">
          {soldIn.includes(asked.currency) || soldIn.length === 0
            ? t("campaigns.prices.notForSale", { currency: asked.currency })
            : t("campaigns.prices.soldIn", { currency: asked.currency, others: soldIn.join(", ") })}
        </p>
      )}
      {preview && (
        <p className="text-fg-muted">
          {formatDateTime(preview.at, locale, "prose")}
          {preview.variants[0] && ` · ${t("campaigns.prices.rule", { rule: preview.variants[0].rule })}`}
        </p>
      )}
      {preview?.variants.map((variant) => (
        <Answer key={`${variant.id}:${variant.price.interval}`} variant={variant} />
      ))}
    </OfficeSection>
  );
}

function Answer({ variant }: { variant: Preview["variants"][number] }) {
  const t = useT();
  const locale = useLocale();
  const form = Object.values(variant.options).map((option) => option[locale]);
  return (
    <div className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4">
      <p className="text-13 text-fg-muted">{[variant.sku, ...form].join(" · ")}</p>
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
          <PriceReasons others={variant.alternatives} />
        </>
      )}
    </div>
  );
}
