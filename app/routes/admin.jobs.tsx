import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { JobList } from "~/ui/job-list.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { QueueDepth, QueueProcesses, QueueSchedule } from "~/ui/queue-overview.tsx";
import { Tabs } from "~/ui/tabs.tsx";
import { JOB_STATES } from "../../server/queue/input.ts";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const state = page.choice("show", JOB_STATES) ?? "dead";
    const [overview, list] = await Promise.all([
      caller.queue.overview(),
      caller.queue.jobs.list({
        state,
        task: page.filter("task"),
        cursor: page.cursor?.replace(/\D/g, "") || undefined,
      }),
    ]);
    const hrefs = { next: page.nextHref(list.nextCursor), first: page.firstHref };
    return { locale, state, overview, jobs: list.items, hrefs };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const id = form.text("id");
    try {
      if (form.text("act") === "give-up") {
        await caller.queue.jobs.giveUp({ id, reason: form.text("reason") });
        return data({ done: "givenUp" as const, failedId: null });
      }
      await caller.queue.jobs.retry({ id });
      return data({ done: "retried" as const, failedId: null });
    } catch (error) {
      const kind = refusalOf(error)?.kind;
      if (kind === "conflict") return data({ done: "busy" as const, failedId: null });
      if (kind !== "invalid") throw error;
      return data({ done: null, failedId: id }, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.jobs.title"), locale });
};

export default function Jobs() {
  const t = useT();
  const { overview, state, jobs, hrefs } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const tabs = JOB_STATES.map((one) => ({
    to: `/admin/jobs?show=${one}`,
    label: t(`office.jobs.state.${one}`),
    current: one === state,
    count: overview.tasks.reduce((sum, task) => sum + task[one], 0),
  }));
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-3">
        <h1 className="text-26 font-bold">{t("office.jobs.title")}</h1>
        <p className="max-w-prose text-fg-muted">{t("office.jobs.lead")}</p>
      </div>
      {result?.done && (
        <Banner live tone={result.done === "busy" ? "warn" : "ok"} title={t(`office.jobs.${result.done}`)} />
      )}
      <div className="flex flex-col gap-4">
        <Tabs label={t("office.jobs.list")} tabs={tabs} />
        <JobList jobs={jobs} failedId={result?.failedId ?? null} />
        <KeysetPaging previousHref={hrefs.first} nextHref={hrefs.next} />
      </div>
      <QueueDepth tasks={overview.tasks} />
      <QueueProcesses processes={overview.processes} />
      <QueueSchedule schedule={overview.schedule} />
    </div>
  );
}
