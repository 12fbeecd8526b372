import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { Checkbox } from "../checkbox.tsx";
import { Field } from "../field.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

export type CreditSettings = {
  topUp: boolean;
  topUpBelow: number | null;
  productId: string | null;
  quantity: number | null;
  currency: string | null;
  dailyCap: number | null;
  monthlyCap: number | null;
  lowBelow: number | null;
  lowPercent: number | null;
};

const CURRENCIES = ["SEK", "EUR", "USD"] as const;
const major = (amount: number | null) => (amount === null ? "" : String(amount / 100));

/** What is done when credits run low: charged to the saved card within two caps, told by mail, or both. */
export function CreditSettingsForm({
  settings,
  packs,
}: {
  settings: CreditSettings | null;
  packs: readonly { productId: string; name: string }[];
}) {
  const t = useT();
  const number = { type: "number", inputMode: "numeric", min: 1 } as const;
  return (
    <Form method="post" className="flex max-w-form flex-col gap-8">
      <fieldset className="flex flex-col gap-5">
        <legend className="mb-3 text-21 font-bold">{t("balance.topUp.title")}</legend>
        <p>{t("balance.topUp.text")}</p>
        <Checkbox name="topUp" defaultChecked={settings?.topUp} label={t("balance.topUp.on")} />
        <Field {...number} name="below" label={t("balance.topUp.below")} defaultValue={settings?.topUpBelow ?? 50} />
        <div className="grid items-end gap-5 sm:grid-cols-3">
          <Select
            name="productId"
            label={t("balance.pack")}
            defaultValue={settings?.productId ?? undefined}
            options={packs.map(({ productId, name }) => ({ value: productId, label: name }))}
          />
          <Field
            {...number}
            max={99}
            name="quantity"
            label={t("balance.quantity")}
            defaultValue={settings?.quantity ?? 1}
          />
          <Select
            name="currency"
            label={t("balance.currency")}
            defaultValue={settings?.currency ?? "SEK"}
            options={CURRENCIES.map((value) => ({ value, label: value }))}
          />
        </div>
        <div className="grid items-end gap-5 sm:grid-cols-2">
          <Field
            name="dailyCap"
            inputMode="decimal"
            label={t("balance.topUp.daily")}
            hint={t("balance.topUp.capHint")}
            defaultValue={major(settings?.dailyCap ?? null)}
          />
          <Field
            name="monthlyCap"
            inputMode="decimal"
            label={t("balance.topUp.monthly")}
            hint={t("balance.topUp.capHint")}
            defaultValue={major(settings?.monthlyCap ?? null)}
          />
        </div>
      </fieldset>
      <fieldset className="flex flex-col gap-5">
        <legend className="mb-3 text-21 font-bold">{t("balance.low.title")}</legend>
        <p>{t("balance.low.text")}</p>
        <div className="grid items-end gap-5 sm:grid-cols-2">
          <Field {...number} name="lowBelow" label={t("balance.low.below")} defaultValue={settings?.lowBelow ?? ""} />
          <Field
            {...number}
            max={100}
            unit="%"
            name="lowPercent"
            label={t("balance.low.percent")}
            defaultValue={settings?.lowPercent ?? ""}
          />
        </div>
      </fieldset>
      <div>
        <SubmitButton variant="primary" size="large">
          {t("words.save")}
        </SubmitButton>
      </div>
    </Form>
  );
}
