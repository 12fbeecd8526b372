import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { CHANGE_SORTS, TRIAL_RULES, waysOf } from "~/lib/memberships/change-rules-form.ts";
import type { ChangeRules } from "../../../server/billing/plan-timing.ts";
import { Button } from "../button.tsx";
import { Checkbox } from "../checkbox.tsx";
import { ActReason } from "../office/act-reason.tsx";
import { RadioGroup } from "../radio-group.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

type ChangeRulesFormProps = {
  rules: ChangeRules;
  /** The rules that are shown, by their id. */
  seen: string;
  /** Null: the shop's. */
  organizationId: string | null;
  /** The organization has rules of its own. */
  own: boolean;
};

/** For each sort of change: when it is made where nobody says, and what members may choose besides; and what becomes of a trial. */
export function ChangeRulesForm({ rules, seen, organizationId, own }: ChangeRulesFormProps) {
  const t = useT();
  return (
    <Form method="post" className="flex flex-col items-start gap-8">
      <input type="hidden" name="seen" value={seen} />
      {organizationId && <input type="hidden" name="organization" value={organizationId} />}
      <div className="grid w-full gap-8 lg:grid-cols-3">
        {CHANGE_SORTS.map((sort) => (
          <fieldset key={sort} className="flex min-w-0 flex-col gap-4">
            <legend className="mb-3 text-18 font-bold">{t(`settings.changes.${sort}`)}</legend>
            <Select
              name={`${sort}.standard`}
              label={t("settings.changes.standard")}
              defaultValue={rules[sort].standard}
              options={waysOf(sort).map((value) => ({ value, label: t(`membership.way.${value}`) }))}
            />
            <fieldset className="flex flex-col gap-3">
              <legend className="mb-2 text-16 font-medium">{t("settings.changes.allowed")}</legend>
              {waysOf(sort).map((way) => (
                <Checkbox
                  key={way}
                  name={`${sort}.allowed`}
                  value={way}
                  defaultChecked={rules[sort].allowed.includes(way)}
                  label={t(`membership.way.${way}`)}
                />
              ))}
            </fieldset>
          </fieldset>
        ))}
      </div>
      <div className="max-w-prose">
        <RadioGroup
          legend={t("settings.changes.trial")}
          hint={t("settings.changes.trialAbout")}
          name="trial"
          defaultValue={rules.trial ?? "keep"}
          choices={TRIAL_RULES.map((value) => ({
            value,
            label: t(`settings.changes.trial.${value}`),
            hint: t(`settings.changes.trialHint.${value}`),
          }))}
        />
      </div>
      <ActReason of="changes" />
      <div className="flex flex-wrap gap-3">
        <SubmitButton variant="primary" name="what" value="save">
          {t("settings.changes.save")}
        </SubmitButton>
        {own && (
          <Button type="submit" name="what" value="shop">
            {t("settings.changes.toShop")}
          </Button>
        )}
      </div>
    </Form>
  );
}
