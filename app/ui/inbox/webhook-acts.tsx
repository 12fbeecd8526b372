import { Form } from "@remix-run/react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { type Change, changeWords } from "~/lib/office/change-words.ts";
import { effectWords } from "~/lib/office/told-words.ts";
import { Banner } from "../banner.tsx";
import { DescriptionList } from "../description-list.tsx";
import { Field } from "../field.tsx";
import { SubmitButton } from "../submit-button.tsx";

type Rehearsal = {
  useCase: string | null;
  current: Readonly<Record<string, string | number | boolean | null>> | null;
  outcome: "handled" | "ignored" | "fails";
  effect: string;
  changes: readonly Change[];
  follows: readonly string[];
};

type WebhookActsProps = {
  event: { canReplay: boolean; canDiscard: boolean };
  result: { rehearsal: Rehearsal | null; done: "replayed" | "discarded" | null; reasonMissing: boolean } | null;
};

/** What staff may do with a stored webhook: try a replay, replay, discard. A replay is shown before it is done. */
export function WebhookActs({ event, result }: WebhookActsProps) {
  const t = useT();
  const error = result?.reasonMissing ? t("errors.enter", { label: t("office.reason").toLowerCase() }) : undefined;
  return (
    <div className="flex flex-col gap-4">
      {result?.done && <Banner live tone="ok" title={t(`webhooks.${result.done}`)} />}
      {result?.rehearsal && <RehearsalPanel rehearsal={result.rehearsal} />}
      {event.canReplay && (
        <Form method="post" className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
          <p className="text-fg-muted">{t("webhooks.replayHint")}</p>
          <div className="flex flex-wrap items-end gap-3">
            <SubmitButton name="act" value="rehearse" size="compact">
              {t("webhooks.dryRun")}
            </SubmitButton>
            <div className="w-72 max-w-full">
              <Field compact name="reason" label={t("office.reason")} hint={t("office.reasonHint")} error={error} />
            </div>
            <SubmitButton name="act" value="replay" size="compact" variant={result?.rehearsal ? "primary" : "outline"}>
              {t("webhooks.replay")}
            </SubmitButton>
            {event.canDiscard && (
              <SubmitButton name="act" value="discard" size="compact" variant="danger">
                {t("webhooks.discard")}
              </SubmitButton>
            )}
          </div>
        </Form>
      )}
    </div>
  );
}

const OUTCOMES = {
  handled: { tone: "info", title: "webhooks.wouldHappen" },
  ignored: { tone: "info", title: "webhooks.wouldIgnore" },
  fails: { tone: "bad", title: "webhooks.wouldFail" },
} as const;

function RehearsalPanel({ rehearsal }: { rehearsal: Rehearsal }) {
  const t = useT();
  const locale = useLocale();
  const { tone, title } = OUTCOMES[rehearsal.outcome];
  const facts = Object.entries(rehearsal.current ?? {});
  return (
    <Banner live tone={tone} title={t(title)}>
      <p>{effectWords(rehearsal.effect, locale)}</p>
      <div className="mt-3 flex flex-col gap-3">
        <DescriptionList
          prose
          rows={[
            ...(rehearsal.useCase ? [{ term: t("webhooks.useCase"), value: rehearsal.useCase }] : []),
            {
              term: t("webhooks.changes"),
              value:
                rehearsal.changes.length > 0 ? (
                  <ul className="flex flex-col gap-1">
                    {rehearsal.changes.map((change) => (
                      <li key={`${change.what} ${change.id}`} className="wrap-anywhere">
                        {changeWords(change, locale)}
                      </li>
                    ))}
                  </ul>
                ) : (
                  t("words.none")
                ),
            },
            {
              term: t("webhooks.follows"),
              value: rehearsal.follows.length > 0 ? rehearsal.follows.join(", ") : t("words.none"),
            },
            ...(facts.length > 0
              ? [
                  {
                    term: t("webhooks.currentState"),
                    value: facts.map(([name, value]) => `${name}: ${value ?? t("words.none")}`).join(" · "),
                  },
                ]
              : []),
          ]}
        />
      </div>
    </Banner>
  );
}
