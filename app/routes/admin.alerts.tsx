import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { alertsList } from "~/lib/lists/alerts.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { AlertList } from "~/ui/office/alert-list.tsx";
import { Tabs } from "~/ui/tabs.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, alertsList);
    const page = await caller.webhooks.alerts.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, alerts: page.items, list: await asked.view(page) };
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

/** What the shop found out of order by itself. */
export default function Alerts() {
  const t = useT();
  const { alerts, list } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const { state } = list.filters;
  const tabs = (["open", "resolved"] as const).map((one) => ({
    to: `/admin/alerts?state=${one}`,
    label: t(`office.alerts.${one}`),
    current: state === one,
  }));
  return (
    <ListPage
      definition={alertsList}
      list={list}
      columns={[]}
      rows={alerts}
      rowKey={(alert) => alert.id}
      items={<AlertList alerts={alerts} failedId={result?.failedId ?? null} />}
    >
      <Tabs label={t("office.alerts.title")} tabs={tabs} />
      {result?.done && <Banner live tone="ok" title={t("office.alerts.done")} />}
    </ListPage>
  );
}
