import { formatDateTime, type Instant } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";

type Change = { id: string; fromPlan: string | null; toPlan: string; causeEvent: string | null; at: Instant };
type PlanChangesProps = { changes: readonly Change[]; names: Readonly<Record<string, string>> };

/** Every change of plan, the newest first, with what caused it. */
export function PlanChanges({ changes, names }: PlanChangesProps) {
  const t = useT();
  const locale = useLocale();
  if (changes.length === 0) return <p className="text-fg-muted">{t("plans.office.noChanges")}</p>;
  const nameOf = (code: string | null) => (code === null ? t("words.none") : (names[code] ?? code));
  return (
    <ul className="divide-y divide-line border-y border-line">
      {changes.map((change) => (
        <li key={change.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-3">
          <span className="font-medium">
            {t("plans.office.change", { from: nameOf(change.fromPlan), to: nameOf(change.toPlan) })}
          </span>
          <span className="text-14 text-fg-muted">{formatDateTime(change.at, locale, "table")}</span>
          <span className="text-14 break-all text-fg-muted">{change.causeEvent}</span>
        </li>
      ))}
    </ul>
  );
}
