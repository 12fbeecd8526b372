import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { cardBrand } from "~/lib/memberships/card-name.ts";
import type { OfficeChoice, OfficeLife, OfficeQuote } from "~/lib/memberships/office-life.ts";
import type { UnitAnswer } from "~/lib/memberships/unit-change.server.ts";
import type { SeatAnswer } from "~/lib/organizations/seat-change.server.ts";
import { Field } from "../field.tsx";
import { ActReason } from "../office/act-reason.tsx";
import { RadioGroup } from "../radio-group.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { DiscountActs } from "./discount-acts.tsx";
import { Act } from "./membership-act.tsx";
import { MembershipPlanAct } from "./membership-plan-act.tsx";
import { MembershipSeatsAct, type OfficeSeats } from "./membership-seats-act.tsx";
import { MembershipUnitsAct } from "./membership-units-act.tsx";
import { ShownEnd } from "./shown-end.tsx";

type ActsProps = {
  life: OfficeLife;
  formKey: string;
  mayMoveMoney: boolean;
  mayHelp: boolean;
  choices: readonly OfficeChoice[];
  offer: OfficeQuote | null;
  /** Why the plan that was asked for has no price, in words. */
  refused: string | null;
  /** The seats of a company's plan, and what was asked about them; null: it has none. */
  seats: OfficeSeats;
  seatAnswer: SeatAnswer;
  /** What was asked about another number of a person's membership. */
  unitAnswer: UnitAnswer;
  /** The reason was missing when the end was asked for. */
  reasonMissing: boolean;
};

/** What staff can do with a membership now: each with what it does to money and mail before the press. */
export function MembershipActs(props: ActsProps) {
  const t = useT();
  const locale = useLocale();
  const { life, formKey, mayMoveMoney, mayHelp } = props;
  const { allowed, unpaid } = life;
  const money = (amount: number) => formatMoney({ amount, currency: life.currency }, locale, "ledger");
  const ended = life.status === "canceled" || life.status === "incomplete_expired" || life.status === "incomplete";
  if (ended) return null;
  if (!mayHelp) return <p className="text-fg-muted">{t("memberships.role")}</p>;
  return (
    <div className="flex flex-col divide-y divide-line border-y border-line">
      {life.scheduled?.campaignId && (
        <Act title={t("memberships.undo")} intent="keep" formKey={formKey} open>
          <ActReason of="keep" />
          <SubmitButton size="compact" name="intent" value="keep">
            {t("memberships.keepCampaign")}
          </SubmitButton>
        </Act>
      )}
      {allowed.keep && (
        <Act title={t("memberships.undo")} intent="keep" formKey={formKey} open>
          <ActReason of="keep" />
          <SubmitButton size="compact" name="intent" value="keep">
            {t(`membership.undo.${allowed.keep}`)}
          </SubmitButton>
        </Act>
      )}
      {allowed.retry && unpaid && mayMoveMoney && (
        <Act title={t("memberships.kind.retry")} intent="retry" formKey={formKey} open>
          <p>{t("memberships.retry.text")}</p>
          <ActReason of="retry" />
          <SubmitButton size="compact" name="intent" value="retry">
            {t("memberships.retry", { sum: money(unpaid.amount) })}
          </SubmitButton>
        </Act>
      )}
      {allowed.resume && mayMoveMoney && (
        <Act title={t("memberships.resume")} intent="resume" formKey={formKey} open>
          <p>{t("memberships.resume.text", { sum: money(life.chargedNow) })}</p>
          <ActReason of="resume" />
          <SubmitButton size="compact" name="intent" value="resume">
            {t("memberships.resume")}
          </SubmitButton>
        </Act>
      )}
      {allowed.plan && mayMoveMoney && (
        <MembershipPlanAct
          life={life}
          choices={props.choices}
          offer={props.offer}
          refused={props.refused}
          formKey={formKey}
        />
      )}
      {allowed.seats && mayMoveMoney && props.seats && (
        <MembershipSeatsAct of={props.seats} answer={props.seatAnswer} formKey={formKey} />
      )}
      {allowed.units && mayMoveMoney && life.units && (
        <MembershipUnitsAct life={life} answer={props.unitAnswer} formKey={formKey} />
      )}
      {allowed.pause && life.currentPeriodEndAt && (
        <Act title={t("memberships.pause")} intent="pause" formKey={formKey}>
          <ShownEnd at={life.currentPeriodEndAt} />
          <p>{t("memberships.pause.text", { date: formatDate(life.currentPeriodEndAt, locale, "table") })}</p>
          <Select
            compact
            name="months"
            label={t("memberships.pause.months")}
            options={[
              ...life.pauseUntil.map(({ months, until }) => ({
                value: String(months),
                label: t("membership.pause.months", { count: months, date: formatDate(until, locale, "table") }),
              })),
              { value: "0", label: t("memberships.pause.open") },
            ]}
          />
          <ActReason of="pause" />
          <SubmitButton size="compact" name="intent" value="pause">
            {t("memberships.pause")}
          </SubmitButton>
        </Act>
      )}
      {allowed.free && mayMoveMoney && life.freeTimes.length > 0 && <FreeAct life={life} formKey={formKey} />}
      {mayMoveMoney && life.discounts && <DiscountActs life={life} discounts={life.discounts} formKey={formKey} />}
      {mayMoveMoney &&
        life.scheduled &&
        !allowed.free &&
        (allowed.plan || allowed.keep === "seats" || allowed.keep === "units") && (
          <p className="py-3 text-fg-muted">{t("memberships.booked")}</p>
        )}
      {mayMoveMoney && !life.inFlight && <EndAct {...props} />}
    </div>
  );
}

/** Free time: each choice says the day of the charge that follows. */
function FreeAct({ life, formKey }: Pick<ActsProps, "life" | "formKey">) {
  const t = useT();
  const locale = useLocale();
  const sum = formatMoney({ amount: life.amount, currency: life.currency }, locale, "ledger");
  return (
    <Act title={t("memberships.free")} intent="free" formKey={formKey}>
      <p>{t("memberships.free.text", { sum })}</p>
      <Select
        compact
        name="free"
        label={t("memberships.free.how")}
        options={life.freeTimes.map(({ unit, count, until }) => ({
          value: `${unit}:${count}:${new Date(until).toISOString()}`,
          label: t(`memberships.free.${unit}`, { count, date: formatDate(until, locale, "table") }),
        }))}
      />
      <ActReason of="free" />
      <SubmitButton size="compact" name="intent" value="free">
        {t("memberships.free.do")}
      </SubmitButton>
    </Act>
  );
}

function EndAct({ life, formKey, reasonMissing }: ActsProps) {
  const t = useT();
  const locale = useLocale();
  const { refunds, allowed, currentPeriodEndAt } = life;
  const money = (amount: number) => formatMoney({ amount, currency: life.currency }, locale, "ledger");
  const card = refunds?.card
    ? t("checkout.card", { brand: cardBrand(refunds.card.brand), last4: refunds.card.last4 })
    : t("words.none");
  return (
    <Act title={t("memberships.end")} intent="end" formKey={formKey} open={reasonMissing}>
      <p>{t("memberships.end.text")}</p>
      <ShownEnd at={currentPeriodEndAt} />
      <RadioGroup
        legend={t("memberships.end.when")}
        name="timing"
        defaultValue={allowed.cancel === "period_end" ? "period_end" : "now"}
        choices={[
          ...(allowed.cancel === "period_end" && currentPeriodEndAt
            ? [
                {
                  value: "period_end",
                  label: t("memberships.end.periodEnd", { date: formatDate(currentPeriodEndAt, locale, "table") }),
                },
              ]
            : []),
          { value: "now", label: t("memberships.end.now") },
        ]}
      />
      {refunds && (
        <RadioGroup
          legend={t("memberships.end.refund")}
          hint={t(refunds.payments > 1 ? "memberships.end.refundHintMany" : "memberships.end.refundHint", { card })}
          name="refund"
          defaultValue="none:0"
          choices={[
            { value: "none:0", label: t("memberships.end.none") },
            ...(refunds.prorated > 0
              ? [
                  {
                    value: `prorated:${refunds.prorated}`,
                    label: t("memberships.end.prorated", { sum: money(refunds.prorated) }),
                  },
                ]
              : []),
            {
              value: `full:${refunds.full}`,
              label: t(refunds.payments > 1 ? "memberships.end.fullMany" : "memberships.end.full", {
                sum: money(refunds.full),
              }),
            },
          ]}
        />
      )}
      <div className="w-80 max-w-full">
        <Field
          compact
          id="end-reason"
          name="reason"
          label={t("office.reason")}
          hint={t("office.reasonHint")}
          error={reasonMissing ? t("memberships.reason") : undefined}
          required
        />
      </div>
      <SubmitButton size="compact" variant="danger" name="intent" value="end">
        {t("memberships.end.do")}
      </SubmitButton>
    </Act>
  );
}
