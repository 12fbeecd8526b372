import { Link } from "@remix-run/react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { HeldReasons } from "~/lib/plans/held-reasons.ts";
import { OfficeSection } from "../office/office-section.tsx";
import { PlanReasons } from "./plan-reasons.tsx";

/** What an organization may do and why, folded up, with the way to its exceptions. */
export function OfficeReasons({ of, title, open }: { of: HeldReasons; title: string; open?: boolean }) {
  const t = useT();
  const locale = useLocale();
  const plan = of.plan?.name[locale] ?? "";
  return (
    <details open={open || undefined}>
      <summary className="min-h-11 py-2 font-medium break-words">
        {title}
        {of.plan && (
          <span className="font-normal text-fg-muted">
            {" "}
            · {t("plans.mine.version", { plan, version: of.plan.version })}
          </span>
        )}
      </summary>
      <div className="flex flex-col gap-3 pt-1 pb-2">
        <PlanReasons features={of.features} plan={plan} names={of.names} />
        <p>
          <Link to={`/admin/entitlements/${of.organizationId}`}>{t("plans.office.toExceptions")}</Link>
        </p>
      </div>
    </details>
  );
}

/** The same of all organizations of a customer, one below the other; nothing where there is none. */
export function ReasonsOfAll({ of }: { of: readonly HeldReasons[] }) {
  const t = useT();
  if (of.length === 0) return null;
  return (
    <OfficeSection title={t("plans.office.title")}>
      {of.map((one) => (
        <OfficeReasons key={one.organizationId} of={one} title={one.name ?? t("plans.mine.personal")} />
      ))}
    </OfficeSection>
  );
}
