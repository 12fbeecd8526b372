import { useT } from "~/lib/i18n/language.tsx";
import { Select } from "../select.tsx";

/** Whether a trial asks for a card at the start, and what its end brings when none has come. */
export function TrialCardSelect({ id, value, hint }: { id?: string; value: string | null; hint?: string }) {
  const t = useT();
  return (
    <Select
      compact
      {...(id ? { id } : {})}
      {...(hint ? { hint } : {})}
      label={t("products.trialCard")}
      name="trialCard"
      defaultValue={value ?? ""}
      options={[
        { value: "", label: t("products.trialCard.needed") },
        { value: "cancel", label: t("products.trialCard.cancel") },
        { value: "pause", label: t("products.trialCard.pause") },
        { value: "create_invoice", label: t("products.trialCard.create_invoice") },
      ]}
    />
  );
}
