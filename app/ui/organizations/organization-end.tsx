import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { isManager, type OrganizationRole } from "~/lib/organizations/organization-roles.ts";
import { Field } from "../field.tsx";
import { SubmitButton } from "../submit-button.tsx";

/** An organization's name, and the ways out of it. What cannot be undone is folded away and says what follows. */
export function OrganizationEnd({
  organization: { id, name, role },
}: {
  organization: { id: string; name: string | null; role: OrganizationRole };
}) {
  const t = useT();
  const hidden = <input type="hidden" name="organizationId" value={id} />;
  return (
    <section aria-labelledby="settings" className="flex flex-col gap-6">
      <h2 id="settings" className="text-21">
        {t("organizations.settings")}
      </h2>
      {isManager(role) && (
        <Form method="post" className="flex max-w-form flex-col items-start gap-4">
          {hidden}
          <div className="w-full">
            <Field
              key={name}
              name="name"
              label={t("organizations.name")}
              defaultValue={name ?? ""}
              minLength={2}
              maxLength={100}
              required
            />
          </div>
          <SubmitButton name="intent" value="rename">
            {t("organizations.act.rename")}
          </SubmitButton>
        </Form>
      )}
      {(role === "owner" ? (["leave", "close"] as const) : (["leave"] as const)).map((intent) => (
        <details key={intent}>
          <summary className="inline-flex min-h-11 cursor-pointer items-center underline">
            {t(`organizations.act.${intent}`)}
          </summary>
          <Form method="post" className="flex flex-col items-start gap-4 pt-2">
            {hidden}
            <p className="max-w-prose">{t(`organizations.${intent}Text`)}</p>
            <SubmitButton variant="danger" name="intent" value={intent}>
              {t(`organizations.${intent}Submit`)}
            </SubmitButton>
          </Form>
        </details>
      ))}
    </section>
  );
}
