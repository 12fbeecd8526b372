import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import type { useServerForm } from "~/lib/server-form.ts";
import { SubmitButton } from "../submit-button.tsx";
import { KeyDaysField, KeyNameField, KeyRateField, KeyScopes } from "./key-fields.tsx";

export type OrganizationKeyField = "name" | "scopes" | "days" | "rateLimit";

const SCOPES = ["entitlements.read", "organization.read"] as const;

type NewOrganizationKeyFormProps = {
  fields: ReturnType<typeof useServerForm<OrganizationKeyField>>["fields"];
  organizationId: string;
};

/** What a new key of an organization is called, may do, and how long. */
export function NewOrganizationKeyForm({ fields, organizationId }: NewOrganizationKeyFormProps) {
  const t = useT();
  return (
    <Form method="post" className="flex max-w-form flex-col gap-5">
      <input type="hidden" name="organizationId" value={organizationId} />
      <KeyNameField field={fields.name} />
      <KeyScopes
        field={fields.scopes}
        scopes={SCOPES.map((value) => ({ value, label: t(`organizations.keys.scope.${value}`) }))}
      />
      <KeyDaysField field={fields.days} />
      <KeyRateField field={fields.rateLimit} />
      <div>
        <SubmitButton variant="primary" size="large">
          {t("balance.keys.make")}
        </SubmitButton>
      </div>
    </Form>
  );
}
