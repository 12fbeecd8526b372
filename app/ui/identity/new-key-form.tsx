import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import type { useServerForm } from "~/lib/server-form.ts";
import { Field } from "../field.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { KeyDaysField, KeyNameField, KeyRateField, KeyScopes, wholeNumber } from "./key-fields.tsx";

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
  return (
    <Form method="post" className="flex max-w-form flex-col gap-5">
      <KeyNameField field={fields.name} />
      <KeyScopes
        field={fields.scopes}
        scopes={SCOPES.map((value) => ({ value, label: t(`balance.keys.scope.${value}`) }))}
      />
      <KeyDaysField field={fields.days} />
      <div className="grid items-end gap-5 sm:grid-cols-2">
        <Field
          {...wholeNumber}
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
      <KeyRateField field={fields.rateLimit} />
      <div>
        <SubmitButton variant="primary" size="large">
          {t("balance.keys.make")}
        </SubmitButton>
      </div>
    </Form>
  );
}
