import { Form, Link } from "@remix-run/react";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { alertAct } from "~/lib/office/alert-act.ts";
import { alertDetail, alertWord } from "~/lib/office/alert-words.ts";
import { Badge } from "../badge.tsx";
import { Field } from "../field.tsx";
import { Moment } from "../moment.tsx";
import { SubmitButton } from "../submit-button.tsx";

type Alert = {
  id: string;
  kind: string;
  subject: string;
  detail: string;
  amount: number | null;
  currency: string | null;
  raisedAt: Date | string;
  resolvedAt: Date | string | null;
};

/** Alerts with what each is about, what is at stake, the one thing to do, and a form that resolves it with a reason. */
export function AlertList({ alerts, failedId }: { alerts: readonly Alert[]; failedId: string | null }) {
  const t = useT();
  return (
    <ul aria-label={t("office.alerts.title")} className="divide-y divide-line border-y border-line">
      {alerts.map((alert) => (
        <li key={alert.id} data-row className="flex flex-col gap-3 py-4">
          <AlertWords alert={alert} />
          {alert.resolvedAt === null && (
            <Form method="post" className="flex flex-wrap items-end gap-3">
              <input type="hidden" name="id" value={alert.id} />
              <div className="w-72 max-w-full">
                <Field
                  compact
                  id={`reason-${alert.id}`}
                  name="reason"
                  label={t("office.reason")}
                  error={
                    failedId === alert.id ? t("errors.enter", { label: t("office.reason").toLowerCase() }) : undefined
                  }
                />
              </div>
              <SubmitButton size="compact">{t("office.alerts.resolve")}</SubmitButton>
            </Form>
          )}
        </li>
      ))}
    </ul>
  );
}

function AlertWords({ alert }: { alert: Alert }) {
  const t = useT();
  const locale = useLocale();
  const act = alertAct(alert);
  return (
    <>
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-medium">{alertWord(alert.kind, locale)}</span>
          <code className="font-mono text-13 text-fg-muted">{alert.kind}</code>
          {alert.resolvedAt !== null && <Badge tone="ok">{t("office.alerts.resolved")}</Badge>}
        </span>
        <Moment at={alert.resolvedAt ?? alert.raisedAt} withTime />
      </p>
      <p className="max-w-prose wrap-anywhere">{alertDetail(alert.detail, locale)}</p>
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span>
          {t("office.alerts.about")} <code className="font-mono text-13 break-all">{alert.subject}</code>
        </span>
        {alert.amount !== null && alert.currency !== null && (
          <span>
            {t("queue.atStake", {
              sum: formatMoney({ amount: alert.amount, currency: alert.currency }, locale, "ledger"),
            })}
          </span>
        )}
        <Link to={act.href} className="font-medium" data-row-link>
          {t(act.label)}
        </Link>
      </p>
    </>
  );
}
