import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { ORGANIZATION_ROLES, type OrganizationRole } from "~/lib/organizations/organization-roles.ts";
import { Field } from "../field.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

type MendingProps = {
  members: readonly { id: string; name: string | null; email: string }[];
  invitations: readonly { id: string; email: string; role: OrganizationRole }[];
  domains: readonly { id: string; domain: string }[];
  reason: string;
  /** The reason was left out. */
  missing: boolean;
};

/** What staff may do in an organization whose people cannot, each with a reason. */
export function OrganizationMending({ members, invitations, domains, reason, missing }: MendingProps) {
  const t = useT();
  const error = missing ? t("errors.enter", { label: t("organizations.office.reason").toLowerCase() }) : undefined;
  const reasonField = (
    <Field
      compact
      name="reason"
      label={t("organizations.office.reason")}
      hint={t("organizations.office.reasonHint")}
      defaultValue={reason}
      error={error}
      minLength={3}
      maxLength={500}
      required
    />
  );
  const acts = [
    ...(["seat", "unseat", "pay", "remove"] as const).map((value) => ({
      value: value as string,
      label: t(`organizations.office.what.${value}`),
    })),
    ...ORGANIZATION_ROLES.map((role) => ({
      value: `role.${role}`,
      label: t("organizations.office.what.role", { role: t(`organizations.role.${role}`).toLowerCase() }),
    })),
  ];
  return (
    <>
      <OfficeSection title={t("organizations.office.act")}>
        <p className="text-fg-muted">{t("organizations.office.actText")}</p>
        <Form method="post" className="flex flex-col gap-4">
          <Select
            compact
            name="memberId"
            label={t("organizations.office.member")}
            options={members.map(({ id, name, email }) => ({ value: id, label: name ?? email }))}
          />
          <Select compact name="what" label={t("organizations.office.what")} options={acts} />
          {reasonField}
          <div>
            <SubmitButton size="compact">{t("organizations.office.submit")}</SubmitButton>
          </div>
        </Form>
      </OfficeSection>
      {invitations.length > 0 && (
        <OfficeSection title={t("organizations.open")}>
          <Form method="post" className="flex flex-col gap-4">
            <input type="hidden" name="what" value="withdraw" />
            <Select
              compact
              name="invitationId"
              label={t("identity.email")}
              options={invitations.map(({ id, email, role }) => ({
                value: id,
                label: `${email} · ${t(`organizations.role.${role}`)}`,
              }))}
            />
            {reasonField}
            <div>
              <SubmitButton size="compact">{t("organizations.act.withdraw")}</SubmitButton>
            </div>
          </Form>
        </OfficeSection>
      )}
      {domains.length > 0 && (
        <OfficeSection title={t("organizations.office.giveUp")}>
          <p className="text-fg-muted">{t("organizations.office.giveUpText")}</p>
          <Form method="post" className="flex flex-col gap-4">
            <input type="hidden" name="what" value="giveUp" />
            <Select
              compact
              name="domainId"
              label={t("organizations.office.domain")}
              options={domains.map(({ id, domain }) => ({ value: id, label: domain }))}
            />
            {reasonField}
            <div>
              <SubmitButton size="compact">{t("organizations.domains.giveUp")}</SubmitButton>
            </div>
          </Form>
        </OfficeSection>
      )}
    </>
  );
}
