import { Form } from "@remix-run/react";
import { formatDateTime, type Instant } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { valueWord } from "~/lib/plans/plan-words.ts";
import { Banner } from "../banner.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { SubmitButton } from "../submit-button.tsx";

type Value = Parameters<typeof valueWord>[0];

type PlanExceptionPreviewProps = {
  preview: {
    feature: string;
    value: Value;
    steps: readonly { at: Instant; value: Value; source: "plan" | "override" }[];
    replaces: { value: Value; startsAt: Instant; endsAt: Instant | null } | null;
    seatsOver: number;
  };
  /** What the form sends that saves it. */
  wish: { feature: string; value: boolean | number; reason: string; startsAt: string; endsAt: string };
  features: readonly { key: string; name: string }[];
};

/** What an exception would change, step by step, and the button that makes it. */
export function PlanExceptionPreview({ preview, wish, features }: PlanExceptionPreviewProps) {
  const t = useT();
  const locale = useLocale();
  const name = features.find(({ key }) => key === preview.feature)?.name ?? preview.feature;
  const before = [preview.value, ...preview.steps.map(({ value }) => value)];
  return (
    <OfficeSection title={t("plans.office.preview")}>
      <div role="status" className="flex max-w-prose flex-col gap-4">
        <ol className="divide-y divide-line border-y border-line">
          {preview.steps.map((step, index) => (
            <li key={`${String(step.at)} ${step.source}`} className="flex flex-col gap-1 py-3">
              <span className="font-medium">
                {t("plans.office.step", {
                  ...{ feature: name, from: valueWord(before[index], t), to: valueWord(step.value, t) },
                })}
              </span>
              <span className="text-14 text-fg-muted">
                {index === 0 && wish.startsAt === ""
                  ? t("plans.office.atOnce")
                  : formatDateTime(step.at, locale, "prose")}
                {" · "}
                {t(`plans.office.because.${step.source}`)}
              </span>
            </li>
          ))}
        </ol>
        {wish.endsAt === "" && <p>{t("plans.office.noEnd")}</p>}
        {preview.replaces && (
          <Banner
            tone="warn"
            title={t("plans.office.replaces", { feature: name, value: valueWord(preview.replaces.value, t) })}
          />
        )}
        {preview.seatsOver > 0 && (
          <Banner tone="warn" title={t("plans.office.seatsOver", { count: preview.seatsOver })} />
        )}
        <p className="break-words text-fg-muted">{wish.reason}</p>
        <Form method="post">
          {Object.entries({
            ...wish,
            value: typeof wish.value === "boolean" ? (wish.value ? "yes" : "no") : wish.value,
          }).map(([key, value]) => (
            <input key={key} type="hidden" name={key} value={value} />
          ))}
          <SubmitButton variant="primary" name="save" value="1">
            {t("plans.office.save")}
          </SubmitButton>
        </Form>
      </div>
    </OfficeSection>
  );
}
