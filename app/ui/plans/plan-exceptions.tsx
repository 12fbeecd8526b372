import { Form } from "@remix-run/react";
import { formatDateTime, type Instant } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { actorWord } from "~/lib/office/act-words.ts";
import { valueWord } from "~/lib/plans/plan-words.ts";
import { Badge } from "../badge.tsx";
import { Field } from "../field.tsx";
import { SubmitButton } from "../submit-button.tsx";

type Exception = {
  id: string;
  feature: string;
  name: string;
  value: Parameters<typeof valueWord>[0];
  startsAt: Instant;
  endsAt: Instant | null;
  reason: string | null;
  createdBy: string;
  who: string | null;
  replacedAt: Instant | null;
  state: "coming" | "present" | "over";
};

const TONES = { coming: "warn", present: "info", over: "neutral" } as const;

/** Exceptions, the newest first: what, from when until when, by whom and why; those that hold or are still to come can be ended. */
export function PlanExceptions({ overrides, mayEnd }: { overrides: readonly Exception[]; mayEnd: boolean }) {
  const t = useT();
  const locale = useLocale();
  const until = ({ endsAt, replacedAt }: Exception) => {
    const at = replacedAt ?? endsAt;
    return at ? formatDateTime(at, locale, "table") : t("plans.office.openEnd");
  };
  if (overrides.length === 0) return <p className="text-fg-muted">{t("plans.office.noExceptions")}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {overrides.map((one) => (
        <li key={one.id} className="flex flex-col gap-2 py-3">
          <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <span className="font-medium">
              {one.name}: {valueWord(one.value, t)}
            </span>
            <Badge tone={TONES[one.state]}>{t(`plans.office.state.${one.state}`)}</Badge>
          </p>
          <p className="text-14 break-words text-fg-muted">
            {formatDateTime(one.startsAt, locale, "table")} – {until(one)} · {actorWord(one.createdBy, one.who, t)} ·{" "}
            {one.reason}
          </p>
          {mayEnd && one.state !== "over" && (
            <Form method="post" className="flex flex-wrap items-end gap-3">
              <input type="hidden" name="feature" value={one.feature} />
              <Field compact name="reason" label={t("plans.office.reason")} required minLength={3} maxLength={500} />
              <SubmitButton
                size="compact"
                variant="danger"
                name="end"
                value={one.feature}
                aria-label={t("plans.office.endOf", { feature: one.name })}
              >
                {t("plans.office.end")}
              </SubmitButton>
            </Form>
          )}
        </li>
      ))}
    </ul>
  );
}
