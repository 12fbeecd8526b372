import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { isManager, ORGANIZATION_ROLES, type OrganizationRole } from "~/lib/organizations/organization-roles.ts";
import { Badge } from "../badge.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

type Member = {
  id: string;
  customerId: string | null;
  email: string;
  name: string | null;
  role: OrganizationRole;
  disabled: boolean;
  hasSeat: boolean;
};
type Organization = {
  id: string;
  role: OrganizationRole;
  memberId: string;
  payer: { memberId: string } | null;
};

/** Who is in an organization, with what the reader may do about each. */
export function OrganizationMembers({
  organization,
  members,
}: {
  organization: Organization;
  members: readonly Member[];
}) {
  const t = useT();
  return (
    <ul className="divide-y divide-line border-y border-line">
      {members.map((member) => (
        <li key={member.id} className="flex flex-col gap-3 py-4">
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-2 font-medium break-words">
              {member.name ?? member.email}
              <Badge tone="neutral">{t(`organizations.role.${member.role}`)}</Badge>
              {member.id === organization.payer?.memberId && <Badge tone="info">{t("organizations.pays")}</Badge>}
              {member.disabled && <Badge tone="warn">{t("organizations.disabled")}</Badge>}
            </p>
            <p className="break-all text-fg-muted">{member.email}</p>
            <p className="text-14 text-fg-muted">
              {t(member.hasSeat ? "organizations.hasSeat" : "organizations.noSeat")}
              {member.id === organization.memberId && <> · {t("organizations.you")}</>}
            </p>
          </div>
          <MemberActs organization={organization} member={member} />
        </li>
      ))}
    </ul>
  );
}

function MemberActs({ organization, member }: { organization: Organization; member: Member }) {
  const t = useT();
  const { role, memberId, payer } = organization;
  const manages = isManager(role) && (role === "owner" || member.role !== "owner");
  const paysNow = payer?.memberId === memberId;
  const mayPay =
    (role === "owner" || paysNow) && member.role !== "member" && member.customerId && payer?.memberId !== member.id;
  if (!manages && !mayPay) return null;
  const who = member.name ?? member.email;
  const act = (intent: "seat" | "unseat" | "pay" | "remove", quiet = false) => (
    <SubmitButton size="compact" variant={quiet ? "quiet" : "outline"} name="intent" value={intent}>
      <span aria-hidden="true">{t(`organizations.act.${intent}`)}</span>
      <span className="sr-only">{t(`organizations.act.${intent}Of`, { who })}</span>
    </SubmitButton>
  );
  const roles = ORGANIZATION_ROLES.filter((one) => one !== "owner" || role === "owner");
  return (
    <div className="flex flex-wrap items-end gap-3">
      {manages && (
        <Form method="post" className="flex flex-wrap items-end gap-3">
          <Hidden organizationId={organization.id} memberId={member.id} />
          <Select
            // The role as it is now, also after somebody else changed it.
            key={member.role}
            name="role"
            label={t("organizations.roleOf", { who })}
            defaultValue={member.role}
            options={roles.map((one) => ({ value: one, label: t(`organizations.role.${one}`) }))}
            compact
          />
          <SubmitButton size="compact" name="intent" value="role">
            <span aria-hidden="true">{t("organizations.act.role")}</span>
            <span className="sr-only">{t("organizations.act.roleOf", { who })}</span>
          </SubmitButton>
        </Form>
      )}
      <Form method="post" className="flex flex-wrap items-end gap-3">
        <Hidden organizationId={organization.id} memberId={member.id} />
        {manages && (member.hasSeat ? act("unseat") : act("seat"))}
        {mayPay && act("pay")}
        {manages && member.id !== memberId && act("remove", true)}
      </Form>
    </div>
  );
}

function Hidden({ organizationId, memberId }: { organizationId: string; memberId: string }) {
  return (
    <>
      <input type="hidden" name="organizationId" value={organizationId} />
      <input type="hidden" name="memberId" value={memberId} />
    </>
  );
}
