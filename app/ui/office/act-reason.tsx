import { useT } from "~/lib/i18n/language.tsx";
import { Field } from "../field.tsx";

/** Why staff do it: it stands in the audit log. */
export function ActReason({ of }: { of: string }) {
  const t = useT();
  return (
    <div className="w-80 max-w-full">
      <Field
        compact
        id={`${of}-reason`}
        name="reason"
        label={t("office.reason")}
        hint={t("office.reasonHint")}
        minLength={3}
        maxLength={500}
        required
      />
    </div>
  );
}
