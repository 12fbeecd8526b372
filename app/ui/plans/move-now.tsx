import type { AppLoadContext } from "@remix-run/node";
import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";
import { Field } from "../field.tsx";
import { Moment } from "../moment.tsx";
import { Money } from "../money.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { Select } from "../select.tsx";
import { Stat, Stats } from "../stat.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { PlanActReason } from "./plan-act-reason.tsx";

type Move = Awaited<ReturnType<AppLoadContext["caller"]["plans"]["migrations"]["get"]>>;

/** What a move now costs everybody together: what is charged at once, and what is set off against later payments. */
export function MoveCosts({ costs }: { costs: Move["costs"] }) {
  const t = useT();
  if (costs.length === 0) return <p className="text-fg-muted">{t("moving.notYet")}</p>;
  const several = costs.length > 1;
  const sums = (amount: (cost: Move["costs"][number]) => number) => (
    <span className="flex flex-col">
      {costs.map((cost) => (
        <Money key={cost.currency} withCode={several} of={{ amount: amount(cost), currency: cost.currency }} />
      ))}
    </span>
  );
  return (
    <Stats>
      <Stat label={t("moving.moved")} value={costs.reduce((sum, { count }) => sum + count, 0)} />
      <Stat label={t("moving.charged")} value={sums(({ charged }) => charged)} />
      <Stat label={t("moving.credited")} value={sums(({ credited }) => credited)} />
    </Stats>
  );
}

/** What one pays now, or has set off against the next payment. */
export function StepCost({ cost, currency }: { cost: { dueNow: number; total: number }; currency: string }) {
  const t = useT();
  if (cost.total < 0)
    return (
      <>
        {t("moving.back")} <Money of={{ amount: -cost.total, currency }} />
      </>
    );
  return <Money of={{ amount: cost.dueNow, currency }} />;
}

/** Begins a move whose costs have been shown, or drops it. */
export function MoveBegin({ move, fault }: { move: Move; fault: "count" | "reason" | null }) {
  const t = useT();
  const { quoted: count, quotesHoldUntil } = move;
  return (
    <OfficeSection title={t("moving.orderNow")}>
      {count === 0 && <Banner tone="warn" title={t("moving.nobodyNow")} />}
      <Form method="post" className="flex max-w-form flex-col gap-4 rounded-card border border-line bg-surface p-4">
        <p>
          {t("moving.orderNowHint")} {t("moving.holds")} {quotesHoldUntil && <Moment at={quotesHoldUntil} withTime />}.
        </p>
        <input type="hidden" name="shown" value={count} />
        {count > 0 && (
          <Field
            compact
            name="typed"
            label={t("moving.typed", { count })}
            inputMode="numeric"
            maxLength={9}
            autoComplete="off"
            error={fault === "count" ? t("moving.typedWrong", { count }) : undefined}
          />
        )}
        <PlanActReason missing={fault === "reason"} />
        <div className="flex flex-wrap gap-3">
          {count > 0 && (
            <SubmitButton name="act" value="begin" variant="primary" size="compact">
              {t("moving.doNow", { count })}
            </SubmitButton>
          )}
          <SubmitButton name="act" value="drop" size="compact">
            {t("moving.act.drop")}
          </SubmitButton>
        </div>
      </Form>
    </OfficeSection>
  );
}

/** On a phone: whose part of a move is taken back, of those on this page. */
export function MoveTakeBackChoice({ steps, cursor }: { steps: Move["items"]; cursor: string | null }) {
  const t = useT();
  const options = steps
    .filter(({ takesBack }) => takesBack)
    .map((step) => ({ value: step.id, label: step.organizationName ?? step.email }));
  if (options.length === 0) return null;
  return (
    <Form method="get" className="flex flex-col items-start gap-3 md:hidden">
      {cursor && <input type="hidden" name="cursor" value={cursor} />}
      <Select compact name="back" label={t("moving.takeBackOne")} options={options} />
      <SubmitButton size="compact">{t("moving.takeBackChoose")}</SubmitButton>
    </Form>
  );
}

/** Leaves one subscription where it is, with a reason. */
export function MoveTakeBack({ step, missing }: { step: Move["items"][number]; missing: boolean }) {
  const t = useT();
  const who = step.organizationName ?? step.email;
  return (
    <OfficeSection title={t("moving.takeBackOf", { who })}>
      <Form
        method="post"
        id="back"
        className="flex max-w-form flex-col gap-4 rounded-card border border-line bg-surface p-4"
      >
        <p>{t("moving.takeBackHint")}</p>
        <input type="hidden" name="stepId" value={step.id} />
        <PlanActReason missing={missing} />
        <div>
          <SubmitButton name="act" value="take_back" variant="danger" size="compact">
            {t("moving.takeBack")}
          </SubmitButton>
        </div>
      </Form>
    </OfficeSection>
  );
}
