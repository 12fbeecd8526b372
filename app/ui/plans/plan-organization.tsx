import { useT } from "~/lib/i18n/language.tsx";
import { Tabs } from "../tabs.tsx";

type PlanOrganizationProps = {
  organizations: readonly { id: string; name: string | null }[];
  current: string;
};

/** Which organization the page is about, where somebody is in several. */
export function PlanOrganization({ organizations, current }: PlanOrganizationProps) {
  const t = useT();
  if (organizations.length < 2) return null;
  return (
    <Tabs
      label={t("plans.mine.organization")}
      tabs={organizations.map(({ id, name }) => ({
        to: `/account/plan?organization=${encodeURIComponent(id)}`,
        label: name ?? t("plans.mine.personal"),
        current: id === current,
      }))}
    />
  );
}
