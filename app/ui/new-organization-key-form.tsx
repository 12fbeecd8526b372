import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import type { useServerForm } from "~/lib/server-form.ts";
import { Checkbox } from "./checkbox.tsx";
import { Field } from "./field.tsx";
import { SubmitButton } from "./submit-button.tsx";

export type OrganizationKeyField = "name" | "scopes" | "days" | "rateLimit";

const SCOPES = ["entitlements.read", "organization.read"] as const;

type NewOrganizationKeyFormProps = {
  fields: ReturnType<typeof useServerForm<OrganizationKeyField>>["fields"];
  organizationId: string;
};

/** What a new key of an organization is called, may do, and how long. */
export function NewOrganizationKeyForm({ fields, organizationId }: NewOrganizationKeyFormProps) {
  const t = useT();
  const number = { type: "number", inputMode: "numeric", min: 1 } as const;
  return (
    <Form method="post" className="flex max-w-form flex-col gap-5">
      <input type="hidden" name="organizationId" value={organizationId} />
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
            label={t(`organizations.keys.scope.${scope}`)}
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
