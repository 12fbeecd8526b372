import { Form } from "@remix-run/react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { PLAN_PRICES, typedAmount } from "~/lib/plans/planning-form.ts";
import type { OfficePlan } from "~/lib/plans/planning-words.ts";
import { Checkbox } from "../checkbox.tsx";
import { Field, TextArea } from "../field.tsx";
import { TrialCardSelect } from "../memberships/trial-card-select.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

type Draft = NonNullable<OfficePlan["draft"]>;
type PlanDraftFormProps = {
  draft: Draft;
  features: OfficePlan["features"];
  usualKeys: OfficePlan["usualKeys"];
  /** As it was typed, where it was not kept. */
  typed: Readonly<Record<string, string>> | null;
};

/** Everything that a version says: names, prices and what it holds. */
export function PlanDraftForm({ draft, features, usualKeys, typed }: PlanDraftFormProps) {
  const t = useT();
  const { content } = draft;
  const value = (name: string, stored: string) => typed?.[name] ?? stored;
  return (
    <Form method="post" className="flex flex-col gap-6 rounded-card border border-line bg-surface p-4">
      <input type="hidden" name="revision" value={draft.revision} />
      <div className="grid gap-4 md:grid-cols-2">
        {(["sv", "en"] as const).map((language) => (
          <div key={language} className="flex flex-col gap-4">
            <Field
              compact
              name={`name.${language}`}
              label={t(`planning.name.${language}`)}
              maxLength={120}
              defaultValue={value(`name.${language}`, content.name[language])}
            />
            <TextArea
              name={`summary.${language}`}
              label={t(`planning.summary.${language}`)}
              rows={2}
              maxLength={300}
              defaultValue={value(`summary.${language}`, content.summary[language])}
            />
          </div>
        ))}
      </div>
      <Prices content={content} usualKeys={usualKeys} value={value} />
      <div className="max-w-form">
        <Field
          compact
          name="graceDays"
          label={t("planning.grace")}
          hint={t("planning.graceHint")}
          inputMode="numeric"
          maxLength={2}
          defaultValue={value("graceDays", String(content.graceDays))}
        />
      </div>
      <div className="max-w-form">
        <Checkbox
          name="pauseKeeps"
          label={t("planning.pauseKeeps")}
          hint={t("planning.pauseKeepsHint")}
          defaultChecked={typed ? typed.pauseKeeps === "on" : content.pauseKeeps}
        />
      </div>
      <div className="grid max-w-form gap-4 sm:grid-cols-2">
        <Field
          compact
          name="trialDays"
          label={t("planning.trial")}
          hint={t("planning.trialHint")}
          inputMode="numeric"
          maxLength={3}
          defaultValue={value("trialDays", String(content.trialDays))}
        />
        <TrialCardSelect
          value={value("trialCard", content.trialWithoutCard ?? "")}
          hint={t("planning.trialCardHint")}
        />
      </div>
      <Holds content={content} features={features} value={value} />
      <div className="flex flex-wrap gap-3">
        <SubmitButton name="act" value="save" size="compact">
          {t("planning.save")}
        </SubmitButton>
        <SubmitButton name="act" value="discard" size="compact" variant="quiet" formNoValidate>
          {t("planning.discard")}
        </SubmitButton>
      </div>
    </Form>
  );
}

type Part = { content: Draft["content"]; value: (name: string, stored: string) => string };

function Prices({ content, usualKeys, value }: Part & { usualKeys: OfficePlan["usualKeys"] }) {
  const t = useT();
  const stored = new Map(content.prices.map((price) => [`${price.currency}:${price.interval}`, price]));
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1.5 font-medium">{t("planning.prices")}</legend>
      <p className="max-w-prose text-14 text-fg-muted">{t("planning.pricesHint")}</p>
      <div className="grid grid-cols-2 gap-3 sm:max-w-form">
        {PLAN_PRICES.map(({ currency, interval, key }) => {
          const price = stored.get(key);
          return (
            <Field
              key={key}
              compact
              name={`price.${key}`}
              label={t(`planning.amount.${interval}`, { currency })}
              inputMode="decimal"
              maxLength={12}
              defaultValue={value(`price.${key}`, price ? typedAmount(price.amount) : "")}
            />
          );
        })}
      </div>
      <p className="mt-2 max-w-prose text-14 text-fg-muted">{t("planning.seatsHint")}</p>
      <div className="grid grid-cols-2 gap-3 sm:max-w-form">
        {PLAN_PRICES.map(({ currency, interval, key }) => {
          const each = stored.get(key)?.seatAmount ?? null;
          return (
            <Field
              key={key}
              compact
              name={`seat.${key}`}
              label={t(`planning.seat.${interval}`, { currency })}
              inputMode="decimal"
              maxLength={12}
              defaultValue={value(`seat.${key}`, each === null ? "" : typedAmount(each))}
            />
          );
        })}
      </div>
      <details>
        <summary className="cursor-pointer py-2 text-14">{t("planning.keys")}</summary>
        <p className="max-w-prose pb-3 text-14 text-fg-muted">{t("planning.keysHint")}</p>
        <div className="grid gap-3">
          {PLAN_PRICES.map(({ currency, interval, key }) => {
            const kept = stored.get(key)?.lookupKey;
            const usual = usualKeys[key] ?? "";
            return (
              <Field
                key={key}
                compact
                name={`key.${key}`}
                label={t(`planning.amount.${interval}`, { currency })}
                placeholder={usual}
                pattern="[a-z0-9][a-z0-9:_\-]{2,150}"
                maxLength={151}
                defaultValue={value(`key.${key}`, kept === undefined || kept === usual ? "" : kept)}
              />
            );
          })}
        </div>
      </details>
    </fieldset>
  );
}

function Holds({ content, features, value }: Part & { features: OfficePlan["features"] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1.5 font-medium">{t("planning.holds")}</legend>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {features.map(({ key, kind, name }) => {
          const held = content.holds[key];
          const field = `holds.${key}`;
          if (kind === "boolean") {
            const stored = held === undefined ? "" : held ? "yes" : "no";
            return (
              <Select
                key={key}
                compact
                name={field}
                label={name[locale]}
                defaultValue={value(field, stored)}
                options={[
                  { value: "", label: t("words.none") },
                  { value: "yes", label: t("planning.yes") },
                  { value: "no", label: t("planning.no") },
                ]}
              />
            );
          }
          const worth = typeof held === "object" ? held.monthly : held;
          return (
            <Field
              key={key}
              compact
              name={field}
              label={kind === "metered" ? t("planning.monthly", { feature: name[locale] }) : name[locale]}
              inputMode="numeric"
              maxLength={9}
              defaultValue={value(field, worth === undefined ? "" : String(worth))}
            />
          );
        })}
      </div>
    </fieldset>
  );
}
