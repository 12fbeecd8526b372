import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import type { ExceptionErrors, TypedException } from "~/lib/plans/exception-form.server.ts";
import { Field } from "../field.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

type PlanExceptionFormProps = {
  features: readonly { key: string; name: string }[];
  /** What was typed, where it was sent before. */
  typed: TypedException | undefined;
  errors: ExceptionErrors;
};

/** What a feature is worth for this organization instead of what its plan says, from when, for how long and why. */
export function PlanExceptionForm({ features, typed, errors }: PlanExceptionFormProps) {
  const t = useT();
  return (
    <Form method="post" className="flex max-w-form flex-col gap-4">
      <p className="text-14 text-fg-muted">{t("plans.office.exceptionText")}</p>
      <Select
        name="feature"
        label={t("plans.feature")}
        options={features.map(({ key, name }) => ({ value: key, label: name }))}
        defaultValue={typed?.feature}
      />
      <Field
        name="value"
        label={t("plans.office.value")}
        hint={t("plans.office.valueHint")}
        error={errors.value}
        defaultValue={typed?.value}
        required
        maxLength={20}
      />
      <Field
        name="from"
        type="datetime-local"
        label={t("plans.office.from")}
        hint={t("plans.office.fromHint")}
        error={errors.from}
        defaultValue={typed?.from}
      />
      <Field
        name="days"
        inputMode="numeric"
        maxLength={4}
        label={t("plans.office.days")}
        hint={t("plans.office.daysHint")}
        error={errors.days}
        defaultValue={typed?.days}
      />
      <Field
        name="reason"
        label={t("plans.office.reason")}
        defaultValue={typed?.reason}
        required
        minLength={3}
        maxLength={500}
      />
      <div>
        <SubmitButton variant="primary">{t("plans.office.look")}</SubmitButton>
      </div>
    </Form>
  );
}
