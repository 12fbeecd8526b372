import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";
import { Field, TextArea } from "../field.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { SubmitButton } from "../submit-button.tsx";
import type { OfficeCampaign } from "./campaign-prices.tsx";

export type CampaignActResult = {
  done: "ended" | "resumed" | "noted" | null;
  reasonMissing: boolean;
  /** The note that was typed while somebody else changed it. */
  typedNote: string | null;
};

/** What staff may do with a campaign without rewriting it: end it now, let a stopped one go on, leave a note. */
export function CampaignActs({ campaign, result }: { campaign: OfficeCampaign; result: CampaignActResult }) {
  const t = useT();
  const error = result.reasonMissing ? t("errors.enter", { label: t("office.reason").toLowerCase() }) : undefined;
  const stopped = campaign.stoppedAt !== null;
  const canEnd = !stopped && (campaign.phase === "live" || campaign.phase === "planned");
  return (
    <>
      {result.done && <Banner live tone="ok" title={t(`campaigns.${result.done}`)} />}
      {(canEnd || (stopped && campaign.status !== "deleted")) && (
        <OfficeSection title={t(stopped ? "campaigns.resumeTitle" : "campaigns.endTitle")}>
          <Form method="post" className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
            <p className="max-w-prose">
              {t(
                stopped
                  ? "campaigns.resumeHint"
                  : campaign.source === "partner"
                    ? "campaigns.endPartnerHint"
                    : "campaigns.endHint",
              )}
            </p>
            <div className="flex flex-wrap items-end gap-3">
              <div className="w-72 max-w-full">
                <Field compact name="reason" label={t("office.reason")} error={error} />
              </div>
              <SubmitButton
                name="act"
                value={stopped ? "resume" : "end"}
                size="compact"
                variant={stopped ? "outline" : "danger"}
              >
                {t(stopped ? "campaigns.resume" : "campaigns.end")}
              </SubmitButton>
            </div>
          </Form>
        </OfficeSection>
      )}
      <Form method="post" className="flex max-w-prose flex-col items-start gap-3">
        <input type="hidden" name="before" value={campaign.note ?? ""} />
        <div className="w-full">
          <TextArea
            key={campaign.note ?? ""}
            name="note"
            rows={2}
            maxLength={2_000}
            label={t("campaigns.note")}
            hint={t("campaigns.noteHint")}
            defaultValue={result.typedNote ?? campaign.note ?? ""}
            error={
              result.typedNote === null
                ? undefined
                : t("campaigns.noteConflict", { theirs: campaign.note ?? t("words.none") })
            }
          />
        </div>
        <SubmitButton name="act" value="note" size="compact" variant="outline">
          {t("campaigns.noteSave")}
        </SubmitButton>
      </Form>
    </>
  );
}
