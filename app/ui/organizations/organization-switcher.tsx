import { Form, useLocation } from "@remix-run/react";
import { Building2, ChevronDown } from "lucide-react";
import { useT } from "~/lib/i18n/language.tsx";
import { Icon } from "../icon.tsx";
import { SubmitButton } from "../submit-button.tsx";

export type SwitchableOrganization = { id: string; name: string | null };
type SwitcherProps = { current: SwitchableOrganization | null; all: readonly SwitchableOrganization[] };

/** Which organization one acts for, and a way to another; nothing for somebody who has the personal one alone. */
export function OrganizationSwitcher({ current, all }: SwitcherProps) {
  const t = useT();
  const { pathname } = useLocation();
  if (!current || all.length < 2) return null;
  const nameOf = ({ name }: SwitchableOrganization) => name ?? t("organizations.personal");
  return (
    <details key={current.id} className="no-print relative">
      <summary className="flex min-h-11 cursor-pointer items-center gap-3 rounded-control px-3 hover:bg-sunken">
        <Icon of={Building2} />
        <span className="min-w-0 font-medium break-words">
          <span className="sr-only">{t("organizations.actingFor")} </span>
          {nameOf(current)}
        </span>
        <Icon of={ChevronDown} size={16} />
      </summary>
      <Form method="post" action="/account/organization" className="flex flex-col gap-1 pt-1 pb-3">
        <input type="hidden" name="intent" value="switch" />
        {/* A page of one thing of the other organization would not be there. */}
        <input type="hidden" name="returnTo" value={pathname.split("/").slice(0, 3).join("/")} />
        {all
          .filter(({ id }) => id !== current.id)
          .map((one) => (
            <SubmitButton
              key={one.id}
              action="/account/organization"
              size="compact"
              name="organizationId"
              value={one.id}
            >
              <span className="sr-only">{t("organizations.switchTo")} </span>
              <span className="min-w-0 break-words">{nameOf(one)}</span>
            </SubmitButton>
          ))}
      </Form>
    </details>
  );
}
