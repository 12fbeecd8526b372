import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { Field } from "../field.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

/** What a feature is worth for this organization instead of what its plan says, for how long and why. */
export function PlanExceptionForm({ features }: { features: readonly { key: string; name: string }[] }) {
  const t = useT();
  return (
    <Form method="post" className="flex max-w-form flex-col gap-4">
      <p className="text-14 text-fg-muted">{t("plans.office.exceptionText")}</p>
      <Select
        name="feature"
        label={t("plans.feature")}
        options={features.map(({ key, name }) => ({ value: key, label: name }))}
      />
      <Field name="value" label={t("plans.office.value")} hint={t("plans.office.valueHint")} required maxLength={20} />
      <Field
        name="days"
        type="number"
        inputMode="numeric"
        min={1}
        max={3650}
        label={t("plans.office.days")}
        hint={t("plans.office.daysHint")}
      />
      <Field name="reason" label={t("plans.office.reason")} required minLength={3} maxLength={500} />
      <div>
        <SubmitButton variant="primary">{t("plans.office.save")}</SubmitButton>
      </div>
    </Form>
  );
}
