import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { alertAct } from "~/lib/alert-act.ts";
import { readForm } from "~/lib/form-values.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { Field } from "~/ui/field.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { Moment } from "~/ui/moment.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { Tabs } from "~/ui/tabs.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const open = page.filter("show") !== "resolved";
    const list = await caller.webhooks.alerts.list({ open, cursor: page.cursor });
    return { locale, open, alerts: list.items, hrefs: { next: page.nextHref(list.nextCursor), first: page.firstHref } };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const id = form.text("id");
    try {
      await caller.webhooks.alerts.resolve({ id, reason: form.text("reason") });
      return data({ done: true, failedId: null });
    } catch (error) {
      if (refusalOf(error)?.kind !== "invalid") throw error;
      return data({ done: false, failedId: id }, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.alerts.title"), locale });
};

export default function Alerts() {
  const t = useT();
  const locale = useLocale();
  const { alerts, open, hrefs } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26 font-bold">{t("office.alerts.title")}</h1>
      <Tabs
        label={t("office.alerts.title")}
        tabs={[
          { to: "/admin/alerts", label: t("office.alerts.open"), current: open },
          { to: "/admin/alerts?show=resolved", label: t("office.alerts.resolved"), current: !open },
        ]}
      />
      {result?.done && <Banner live tone="ok" title={t("office.alerts.done")} />}
      {alerts.length === 0 ? (
        <EmptyState title={t(open ? "office.alerts.none" : "office.alerts.noneResolved")} />
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {alerts.map((alert) => (
            <li key={alert.id} className="flex flex-col gap-3 py-4">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className="font-mono text-13 font-medium">{alert.kind}</span>
                <Moment at={alert.resolvedAt ?? alert.raisedAt} withTime />
              </p>
              <p className="max-w-prose">{alert.detail}</p>
              <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
                <span>
                  {t("office.alerts.about")} <code className="font-mono text-13 break-all">{alert.subject}</code>
                </span>
                {alert.amount !== null && alert.currency !== null && (
                  <span>
                    {t("office.queue.atStake", {
                      sum: formatMoney({ amount: alert.amount, currency: alert.currency }, locale, "ledger"),
                    })}
                  </span>
                )}
                <Link to={alertAct(alert).href} className="font-medium">
                  {t(alertAct(alert).label)}
                </Link>
              </p>
              {open && (
                <Form method="post" className="flex flex-wrap items-end gap-3">
                  <input type="hidden" name="id" value={alert.id} />
                  <div className="w-72 max-w-full">
                    <Field
                      compact
                      id={`reason-${alert.id}`}
                      name="reason"
                      label={t("office.reason")}
                      error={
                        result?.failedId === alert.id
                          ? t("errors.enter", { label: t("office.reason").toLowerCase() })
                          : undefined
                      }
                    />
                  </div>
                  <SubmitButton size="compact">{t("office.alerts.resolve")}</SubmitButton>
                </Form>
              )}
            </li>
          ))}
        </ul>
      )}
      <KeysetPaging previousHref={hrefs.first} nextHref={hrefs.next} />
    </div>
  );
}
