import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import type { useServerForm } from "~/lib/server-form.ts";
import { Checkbox } from "./checkbox.tsx";
import { Field } from "./field.tsx";
import { Select } from "./select.tsx";
import { SubmitButton } from "./submit-button.tsx";

export type KeyField = "name" | "scopes" | "days" | "budgetCredits" | "budgetPeriod" | "rateLimit";

const SCOPES = [
  "credits.read",
  "credits.spend",
  "credits.buy",
  "account.read",
  "entitlements.read",
  "plans.buy",
  "organization.read",
] as const;
const PERIODS = ["month", "week", "day", "total"] as const;

/** What a new key is called, may do, and how far it goes. */
export function NewKeyForm({ fields }: { fields: ReturnType<typeof useServerForm<KeyField>>["fields"] }) {
  const t = useT();
  const number = { type: "number", inputMode: "numeric", min: 1 } as const;
  return (
    <Form method="post" className="flex max-w-form flex-col gap-5">
      <Field
        id={fields.name.id}
        name="name"
        label={t("balance.keys.name")}
        hint={t("balance.keys.nameHint")}
        error={fields.name.errors}
        defaultValue={fields.name.initialValue}
        maxLength={60}
        required
      />
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 font-medium">{t("balance.keys.scopes")}</legend>
        {SCOPES.map((scope, index) => (
          <Checkbox
            key={scope}
            name="scopes"
            value={scope}
            label={t(`balance.keys.scope.${scope}`)}
            error={index === SCOPES.length - 1 ? fields.scopes.errors : undefined}
            {...(index === 0 ? { id: fields.scopes.id } : {})}
          />
        ))}
      </fieldset>
      <Field
        {...number}
        id={fields.days.id}
        name="days"
        max={730}
        label={t("balance.keys.days")}
        hint={t("balance.keys.daysHint")}
        error={fields.days.errors}
        defaultValue={fields.days.initialValue}
      />
      <div className="grid items-end gap-5 sm:grid-cols-2">
        <Field
          {...number}
          id={fields.budgetCredits.id}
          name="budgetCredits"
          label={t("balance.keys.budget")}
          hint={t("balance.keys.budgetHint")}
          error={fields.budgetCredits.errors}
          defaultValue={fields.budgetCredits.initialValue}
        />
        <Select
          name="budgetPeriod"
          label={t("balance.keys.period")}
          options={PERIODS.map((value) => ({ value, label: t(`balance.keys.period.${value}`) }))}
        />
      </div>
      <Field
        {...number}
        id={fields.rateLimit.id}
        name="rateLimit"
        max={100_000}
        label={t("balance.keys.rate")}
        hint={t("balance.keys.rateHint")}
        error={fields.rateLimit.errors}
        defaultValue={fields.rateLimit.initialValue}
      />
      <div>
        <SubmitButton variant="primary" size="large">
          {t("balance.keys.make")}
        </SubmitButton>
      </div>
    </Form>
  );
}
