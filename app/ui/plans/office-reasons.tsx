import { Link } from "@remix-run/react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { HeldReasons } from "~/lib/plans/held-reasons.ts";
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
