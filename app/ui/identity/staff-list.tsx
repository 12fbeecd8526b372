import type { FieldMetadata, FormMetadata } from "@conform-to/react";
import { Form } from "@remix-run/react";
import { formatDate, type Instant } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { ROLES } from "~/lib/lists/staff.ts";
import { Field } from "../field.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

type Role = (typeof ROLES)[number];

type Member = { id: string; email: string; name: string | null; role: Role; secondFactor: boolean; disabled: boolean };
type Invitation = { id: string; email: string; role: Role; expiresAt: Instant };

function RoleSelect({ label, current }: { label: string; current?: Role }) {
  const t = useT();
  return (
    <Select
      name="role"
      label={label}
      defaultValue={current ?? "support"}
      options={ROLES.map((role) => ({ value: role, label: t(`errors.role.${role}`) }))}
      compact
    />
  );
}

/** Who works here: their role, whether their sign-in takes two steps, and a way to change it. */
export function StaffList({ members, own }: { members: readonly Member[]; own: string }) {
  const t = useT();
  return (
    <ul aria-label={t("security.staff.members")} className="divide-y divide-line border-y border-line">
      {members.map((member) => {
        const who = member.name ?? member.email;
        return (
          <li key={member.id} data-row className="flex flex-wrap items-end justify-between gap-4 py-3">
            <div className="min-w-0">
              <p className="font-medium break-words">
                {who}
                {member.id === own && <span className="font-normal text-fg-muted"> · {t("security.staff.you")}</span>}
              </p>
              <p className="break-all text-fg-muted">{member.email}</p>
              <p className="text-fg-muted">
                {t("security.staff.second")}:{" "}
                {t(member.secondFactor ? "security.staff.secondOn" : "security.staff.secondOff")}
                {member.disabled && <> · {t("security.staff.disabled")}</>}
              </p>
            </div>
            <div className="flex flex-wrap items-end gap-3">
              <Form method="post" className="flex items-end gap-3">
                <input type="hidden" name="id" value={member.id} />
                <RoleSelect label={t("security.staff.roleOf", { who })} current={member.role} />
                <SubmitButton size="compact" name="intent" value="role">
                  <span aria-hidden="true">{t("security.staff.change")}</span>
                  <span className="sr-only">{t("security.staff.changeOf", { who })}</span>
                </SubmitButton>
              </Form>
              <Form method="post">
                <input type="hidden" name="id" value={member.id} />
                <SubmitButton size="compact" variant="quiet" name="intent" value="remove">
                  <span aria-hidden="true">{t("security.staff.remove")}</span>
                  <span className="sr-only">{t("security.staff.removeOf", { who })}</span>
                </SubmitButton>
              </Form>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** Who has been asked and has not answered. */
export function OpenInvitations({ invitations }: { invitations: readonly Invitation[] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <OfficeSection title={t("security.staff.open")}>
      {invitations.length === 0 && <p className="text-fg-muted">{t("security.staff.noneOpen")}</p>}
      <ul className="divide-y divide-line">
        {invitations.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center justify-between gap-4 py-3">
            <div className="min-w-0">
              <p className="break-all">{one.email}</p>
              <p className="text-fg-muted">
                {t("security.staff.until", {
                  role: t(`errors.role.${one.role}`),
                  date: formatDate(one.expiresAt, locale, "table"),
                })}
              </p>
            </div>
            <Form method="post">
              <input type="hidden" name="id" value={one.id} />
              <SubmitButton size="compact" name="intent" value="withdraw">
                <span aria-hidden="true">{t("security.staff.withdraw")}</span>
                <span className="sr-only">{t("security.staff.withdrawOf", { who: one.email })}</span>
              </SubmitButton>
            </Form>
          </li>
        ))}
      </ul>
    </OfficeSection>
  );
}

/** Asks somebody to work here. */
export function InviteForm({ form, email }: { form: FormMetadata; email: FieldMetadata<string> }) {
  const t = useT();
  return (
    <OfficeSection title={t("security.staff.invite")}>
      <p className="text-fg-muted">{t("security.staff.inviteText")}</p>
      <Form method="post" id={form.id} noValidate className="flex flex-wrap items-end gap-4">
        <Field
          compact
          id={email.id}
          name="email"
          type="email"
          autoComplete="off"
          label={t("identity.email")}
          defaultValue={email.initialValue}
          error={email.errors}
          required
        />
        <RoleSelect label={t("security.staff.role")} />
        <SubmitButton size="compact" variant="primary" name="intent" value="invite">
          {t("security.staff.invite")}
        </SubmitButton>
      </Form>
    </OfficeSection>
  );
}
