import { useT } from "~/lib/i18n/language.tsx";
import { Field } from "../field.tsx";

/** Why staff publish, move or take back something of a plan; `missing`: it was sent without. */
export function PlanActReason({ missing }: { missing: boolean }) {
  const t = useT();
  const label = t("planning.reason");
  const error = missing ? t("errors.enter", { label: label.toLowerCase() }) : undefined;
  return <Field compact name="reason" label={label} maxLength={500} error={error} />;
}
