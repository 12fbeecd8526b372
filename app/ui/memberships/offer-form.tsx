import { Form } from "@remix-run/react";
import { shopClock } from "~/lib/format/shop-instant.ts";
import { useT } from "~/lib/i18n/language.tsx";
import type { Offer } from "~/lib/memberships/offer-words.ts";
import { CANCEL_REASONS } from "../../../server/billing/input.ts";
import { OFFER_KINDS } from "../../../server/offers/input.ts";
import { Checkbox } from "../checkbox.tsx";
import { Field } from "../field.tsx";
import { RadioGroup } from "../radio-group.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

type OfferFormProps = {
  /** The offer as it is kept; null: a new one. */
  offer: Offer | null;
  products: readonly { id: string; name: string }[];
  instead: readonly { value: string; label: string }[];
  formKey: string;
};

/** What is offered to whom: one form for every kind; only what the kind needs is kept. */
export function OfferForm({ offer, products, instead, formKey }: OfferFormProps) {
  const t = useT();
  const at = (instant: Date | string | null | undefined) => (instant ? shopClock(new Date(instant)) : "");
  const bps = offer?.discountBps ?? null;
  return (
    <Form method="post" className="flex max-w-prose flex-col items-start gap-6">
      <input type="hidden" name="formKey" value={formKey} />
      <input type="hidden" name="revision" value={offer?.revision ?? 0} />
      <div className="w-full">
        <Field
          compact
          name="name"
          label={t("offers.name")}
          hint={t("offers.nameHint")}
          defaultValue={offer?.name}
          maxLength={120}
          required
        />
      </div>
      <RadioGroup
        legend={t("offers.kind")}
        name="kind"
        defaultValue={offer?.kind ?? "discount"}
        choices={OFFER_KINDS.map((value) => ({
          value,
          label: t(`offers.kind.${value}`),
          hint: t(`offers.kindHint.${value}`),
        }))}
      />
      <div className="grid w-full items-end gap-4 sm:grid-cols-2">
        <Field
          compact
          name="share"
          inputMode="decimal"
          label={t("offers.share")}
          unit="%"
          defaultValue={bps === null ? "" : String(bps / 100).replace(".", ",")}
          maxLength={6}
          optional
        />
        <Field
          compact
          name="months"
          inputMode="numeric"
          label={t("offers.months")}
          hint={t("offers.monthsHint")}
          defaultValue={offer?.months ?? ""}
          maxLength={2}
          optional
        />
      </div>
      <Select
        compact
        name="instead"
        label={t("offers.instead")}
        defaultValue={offer?.productId ? `${offer.productId}:${offer.variantId}` : ""}
        options={[{ value: "", label: t("words.none") }, ...instead]}
      />
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1.5 font-medium">{t("offers.products")}</legend>
        <p className="text-14 text-fg-muted">{t("offers.allWhenNone")}</p>
        {products.map(({ id, name }) => (
          <Checkbox key={id} name="product" value={id} label={name} defaultChecked={offer?.productIds.includes(id)} />
        ))}
      </fieldset>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1.5 font-medium">{t("offers.reasons")}</legend>
        <p className="text-14 text-fg-muted">{t("offers.allWhenNone")}</p>
        {CANCEL_REASONS.map((reason) => (
          <Checkbox
            key={reason}
            name="reason"
            value={reason}
            label={t(`membership.reason.${reason}`)}
            defaultChecked={offer?.reasons.some((one) => String(one) === reason)}
          />
        ))}
      </fieldset>
      <div className="grid w-full gap-4 sm:grid-cols-2">
        <Field
          compact
          type="datetime-local"
          name="activeFrom"
          label={t("offers.from")}
          defaultValue={at(offer?.activeFrom)}
          optional
        />
        <Field
          compact
          type="datetime-local"
          name="activeUntil"
          label={t("offers.until")}
          defaultValue={at(offer?.activeUntil)}
          optional
        />
        <Field
          compact
          name="againAfterMonths"
          inputMode="numeric"
          label={t("offers.again")}
          hint={t("offers.againHint")}
          defaultValue={offer?.againAfterMonths ?? 12}
          maxLength={3}
          required
        />
        <Field
          compact
          name="position"
          inputMode="numeric"
          label={t("offers.position")}
          hint={t("offers.positionHint")}
          defaultValue={offer?.position ?? 100}
          maxLength={3}
          required
        />
      </div>
      <SubmitButton name="act" value="save" size="compact" variant="primary">
        {t("offers.save")}
      </SubmitButton>
    </Form>
  );
}
