import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { PlanActReason } from "./plan-act-reason.tsx";

/** Puts the draft on sale, with a reason. */
export function PlanPublish({ revision, version, missing }: { revision: number; version: number; missing: boolean }) {
  const t = useT();
  return (
    <OfficeSection title={t("planning.publishTitle")}>
      <Form method="post" className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
        <p className="max-w-prose">{t("planning.publishHint")}</p>
        <input type="hidden" name="revision" value={revision} />
        <div className="flex flex-wrap items-end gap-3">
          <Reason missing={missing} />
          <SubmitButton name="act" value="publish" size="compact" variant="primary">
            {t("planning.publish", { version })}
          </SubmitButton>
        </div>
      </Form>
    </OfficeSection>
  );
}

/** Takes the plan out of sale, with a reason. */
export function PlanRetire({ missing }: { missing: boolean }) {
  const t = useT();
  return (
    <details>
      <summary className="cursor-pointer py-2 font-medium">{t("planning.retire")}</summary>
      <Form method="post" className="flex flex-col gap-3 pt-2">
        <p className="max-w-prose">{t("planning.retireHint")}</p>
        <div className="flex flex-wrap items-end gap-3">
          <Reason missing={missing} />
          <SubmitButton name="act" value="retire" size="compact" variant="danger">
            {t("planning.retire")}
          </SubmitButton>
        </div>
      </Form>
    </details>
  );
}

function Reason({ missing }: { missing: boolean }) {
  return (
    <div className="w-72 max-w-full">
      <PlanActReason missing={missing} />
    </div>
  );
}
