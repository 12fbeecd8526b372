import { Form } from "@remix-run/react";
import { formatDate, type Instant } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { ORGANIZATION_ROLES, type OrganizationRole } from "~/lib/organizations/organization-roles.ts";
import { Field } from "../field.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

type Invitation = { id: string; email: string; role: OrganizationRole; expiresAt: Instant };

/** Asks one person in. */
export function InviteForm(props: {
  organizationId: string;
  byOwner: boolean;
  typed: string;
  error?: string | undefined;
}) {
  const t = useT();
  const roles = ORGANIZATION_ROLES.filter((role) => role !== "owner" || props.byOwner).toReversed();
  return (
    <Form method="post" noValidate className="flex flex-col items-start gap-4">
      <input type="hidden" name="organizationId" value={props.organizationId} />
      <p className="max-w-prose text-fg-muted">{t("organizations.inviteText")}</p>
      <div className="grid w-full gap-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Field
          name="email"
          type="email"
          autoComplete="off"
          label={t("identity.email")}
          defaultValue={props.typed}
          error={props.error}
          required
        />
        <Select
          name="role"
          label={t("organizations.roleLabel")}
          options={roles.map((role) => ({ value: role, label: t(`organizations.role.${role}`) }))}
        />
      </div>
      <SubmitButton variant="primary" name="intent" value="invite">
        {t("organizations.act.invite")}
      </SubmitButton>
    </Form>
  );
}

/** Who was asked and has not answered. */
export function OpenInvitations({
  organizationId,
  invitations,
}: {
  organizationId: string;
  invitations: readonly Invitation[];
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <section aria-labelledby="invitations" className="flex flex-col gap-3">
      <h2 id="invitations" className="text-21">
        {t("organizations.open")}
      </h2>
      {invitations.length === 0 && <p className="text-fg-muted">{t("organizations.noneOpen")}</p>}
      <ul className="divide-y divide-line">
        {invitations.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center justify-between gap-4 py-3">
            <div className="min-w-0">
              <p className="break-all">{one.email}</p>
              <p className="text-fg-muted">
                {t("organizations.until", {
                  role: t(`organizations.role.${one.role}`),
                  date: formatDate(one.expiresAt, locale, "table"),
                })}
              </p>
            </div>
            <Form method="post" className="flex flex-wrap gap-3">
              <input type="hidden" name="organizationId" value={organizationId} />
              <input type="hidden" name="invitationId" value={one.id} />
              {(["resend", "withdraw"] as const).map((intent) => (
                <SubmitButton key={intent} size="compact" name="intent" value={intent}>
                  <span aria-hidden="true">{t(`organizations.act.${intent}`)}</span>
                  <span className="sr-only">{t(`organizations.act.${intent}Of`, { who: one.email })}</span>
                </SubmitButton>
              ))}
            </Form>
          </li>
        ))}
      </ul>
    </section>
  );
}
