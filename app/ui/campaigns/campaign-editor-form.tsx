import { Form } from "@remix-run/react";
import { type CampaignForm, slotText, withEmptyLines } from "~/lib/campaigns/campaign-form.ts";
import { formatEvery } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Caller } from "../../../server/trpc/router.ts";
import { Checkbox } from "../checkbox.tsx";
import { Field } from "../field.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

export type CampaignEditor = Awaited<ReturnType<Caller["pricing"]["campaigns"]["editor"]["get"]>>;

type CampaignEditorFormProps = {
  editor: Pick<CampaignEditor, "catalog">;
  form: CampaignForm;
  revision: number;
  /** What cannot be read, by field. */
  faults: Readonly<Record<string, string>>;
};

const CURRENCIES = ["SEK", "EUR", "USD"];

/** Everything about a campaign that staff decide. Nothing is refused here: what is wrong is told beside it once saved. */
export function CampaignEditorForm({ editor, form, revision, faults }: CampaignEditorFormProps) {
  const t = useT();
  const locale = useLocale();
  const products = [
    { value: "", label: t("campaigns.editor.allProducts") },
    ...editor.catalog.map((product) => ({ value: product.id, label: product.name[locale] })),
  ];
  const slots = slotsOf(editor.catalog).map((slot) => ({
    value: slotText(slot),
    label:
      slot.interval === null
        ? t("campaigns.editor.once")
        : formatEvery({ unit: slot.interval, count: slot.intervalCount ?? 1 }, locale),
  }));
  return (
    <Form method="post" className="flex flex-col gap-6">
      <input type="hidden" name="revision" value={revision} />
      <div className="grid gap-4 md:grid-cols-2">
        <Field
          compact
          name="name"
          label={t("campaigns.editor.name")}
          hint={t("campaigns.editor.nameHint")}
          defaultValue={form.name}
          maxLength={200}
        />
        <Field
          compact
          name="durationMonths"
          inputMode="numeric"
          label={t("campaigns.editor.months")}
          hint={t("campaigns.editor.monthsHint")}
          defaultValue={form.durationMonths}
          error={faults.durationMonths}
        />
        <Field
          compact
          type="datetime-local"
          name="startAt"
          label={t("campaigns.editor.startAt")}
          hint={t("campaigns.editor.startHint")}
          defaultValue={form.startAt}
          error={faults.startAt}
        />
        <Field
          compact
          type="datetime-local"
          name="endAt"
          label={t("campaigns.editor.endAt")}
          hint={t("campaigns.editor.endHint")}
          defaultValue={form.endAt}
          error={faults.endAt}
        />
      </div>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-14 font-medium">{t("campaigns.editor.products")}</legend>
        <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
          {editor.catalog.map((product) => (
            <Checkbox
              key={product.id}
              name="product"
              value={product.id}
              label={product.name[locale]}
              defaultChecked={form.productIds.includes(product.id)}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="flex flex-col gap-3">
        <legend className="text-14 font-medium">{t("campaigns.editor.prices")}</legend>
        <p className="max-w-prose text-fg-muted">{t("campaigns.editor.pricesHint")}</p>
        <ul className="flex flex-col divide-y divide-line border-y border-line">
          {withEmptyLines(form.prices).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place alone
            <li key={index} className="py-3">
              <fieldset className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-5">
                <legend className="sr-only">{t("campaigns.editor.price", { number: index + 1 })}</legend>
                <Select
                  compact
                  id={`price-${index}-product`}
                  name="priceProduct"
                  label={t("campaigns.editor.forProduct")}
                  options={products}
                  defaultValue={line.productId}
                />
                <Select
                  compact
                  id={`price-${index}-currency`}
                  name="priceCurrency"
                  label={t("campaigns.editor.currency")}
                  options={CURRENCIES.map((value) => ({ value, label: value }))}
                  defaultValue={line.currency}
                />
                <Select
                  compact
                  id={`price-${index}-slot`}
                  name="priceSlot"
                  label={t("campaigns.editor.slot")}
                  options={slots}
                  defaultValue={line.slot}
                />
                <Field
                  compact
                  id={`price-${index}`}
                  name="priceAmount"
                  inputMode="decimal"
                  label={t("campaigns.editor.amount")}
                  defaultValue={line.amount}
                  error={faults[`price-${index}`]}
                />
                <Field
                  compact
                  id={`price-${index}-stripe`}
                  name="priceStripe"
                  label={t("campaigns.editor.stripe")}
                  defaultValue={line.stripePriceId}
                />
              </fieldset>
            </li>
          ))}
        </ul>
      </fieldset>
      <div className="flex flex-wrap gap-3">
        <SubmitButton name="act" value="save" size="compact" variant="solid">
          {t("campaigns.editor.save")}
        </SubmitButton>
        <SubmitButton name="act" value="discard" size="compact" variant="outline">
          {t("campaigns.editor.discard")}
        </SubmitButton>
      </div>
    </Form>
  );
}

type Slot = CampaignEditor["catalog"][number]["prices"][number];

/** Every way a default price is paid: a campaign can only be cheaper than one of them. */
function slotsOf(catalog: CampaignEditor["catalog"]): Slot[] {
  const all = catalog.flatMap((product) => product.prices);
  return all.filter((slot, index) => all.findIndex((other) => slotText(other) === slotText(slot)) === index);
}
