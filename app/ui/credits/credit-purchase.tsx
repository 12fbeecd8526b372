import { Form } from "@remix-run/react";
import type { CheckoutNotice } from "~/lib/checkout/begin-checkout.ts";
import { type PriceFacts, priceFacts } from "~/lib/checkout/price-view.ts";
import { useCheckout } from "~/lib/checkout/use-checkout.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";
import { Button } from "../button.tsx";
import { Checkbox } from "../checkbox.tsx";
import { Field } from "../field.tsx";
import { Price } from "../pricing/price.tsx";
import { RadioGroup } from "../radio-group.tsx";

export type Pack = {
  productId: string;
  name: string;
  validDays: number | null;
  recommended: boolean;
  price: Parameters<typeof priceFacts>[0];
};

/** Packs, how many, and the one button; what stands in the way is said in words, and nothing was charged. */
export function CreditPurchase({
  packs,
  currency,
  chosen,
  notice,
}: {
  packs: readonly Pack[];
  currency: string;
  chosen: string | null;
  notice: CheckoutNotice | null;
}) {
  const t = useT();
  const { startCheckout, isLoading, error } = useCheckout();
  const problem = error ?? notice;
  if (packs.length === 0) return <p>{t("balance.packNone")}</p>;
  const usual = packs.find((pack) => pack.recommended) ?? packs[0];
  return (
    <Form method="post" onSubmit={startCheckout} className="flex max-w-form flex-col gap-5">
      {problem && (
        <Banner live tone="warn" title={problem.title}>
          {problem.text}
        </Banner>
      )}
      <input type="hidden" name="currency" value={currency} />
      <RadioGroup
        legend={t("balance.pack")}
        name="productId"
        defaultValue={chosen ?? usual?.productId ?? ""}
        required
        choices={packs.map((pack) => ({
          value: pack.productId,
          label: <PackLabel name={pack.name} price={priceFacts(pack.price)} />,
          hint: pack.validDays === null ? t("balance.packForever") : t("balance.packDays", { count: pack.validDays }),
        }))}
      />
      <div className="w-40">
        <Field
          label={t("balance.quantity")}
          name="quantity"
          type="number"
          inputMode="numeric"
          min={1}
          max={99}
          defaultValue={1}
          required
        />
      </div>
      <Checkbox name="keepCard" label={t("balance.keepCard")} />
      <div className="flex flex-col items-start gap-2">
        <Button type="submit" variant="primary" size="large" pending={isLoading} pendingLabel={t("balance.processing")}>
          {t("balance.buy")}
        </Button>
        <p className="text-14 text-fg-muted">{t("balance.buyText")}</p>
      </div>
    </Form>
  );
}

function PackLabel({ name, price }: { name: string; price: PriceFacts }) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-3">
      <span className="font-medium">{name}</span>
      <Price {...price} size="line" />
    </span>
  );
}
