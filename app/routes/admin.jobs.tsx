import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { jobsList } from "~/lib/lists/jobs.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { BulkConfirm } from "~/ui/lists/bulk-confirm.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { BulkBar } from "~/ui/lists/row-selection.tsx";
import { JOBS_FORM, JobList } from "~/ui/office/job-list.tsx";
import { QueueDepth, QueueProcesses, QueueSchedule } from "~/ui/office/queue-overview.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { Tabs } from "~/ui/tabs.tsx";
import { JOB_STATES } from "../../server/queue/input.ts";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, jobsList);
    const cursor = asked.place.cursor?.replace(/\D/g, "").slice(0, 18) || undefined;
    const [overview, page] = await Promise.all([
      caller.queue.overview(),
      caller.queue.jobs.list({ ...asked.filters, cursor }),
    ]);
    return { locale, overview, jobs: page.items, list: await asked.view(page) };
  });
}

const NOTHING = { done: null, failedId: null, many: null };

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const id = form.text("id");
    try {
      const act = form.text("act");
      if (act === "try-many" || act === "retry-many") {
        const ids = form.all("id").slice(0, 500);
        if (ids.length === 0) return data({ ...NOTHING, done: "noneChosen" as const });
        const many = await caller.queue.jobs.retryMany({ ids, dryRun: act === "try-many" });
        return data({ ...NOTHING, many: { ...many, ids, tried: act === "try-many" } });
      }
      if (act === "give-up") {
        await caller.queue.jobs.giveUp({ id, reason: form.text("reason") });
        return data({ ...NOTHING, done: "givenUp" as const });
      }
      await caller.queue.jobs.retry({ id });
      return data({ ...NOTHING, done: "retried" as const });
    } catch (error) {
      const kind = refusalOf(error)?.kind;
      if (kind === "conflict") return data({ ...NOTHING, done: "busy" as const });
      if (kind !== "invalid") throw error;
      return data({ ...NOTHING, failedId: id }, { status: formStatus(args.request, 422) });
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("jobs.title"), locale });
};

export default function Jobs() {
  const t = useT();
  const { overview, jobs, list } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const tabs = JOB_STATES.map((one) => ({
    to: `/admin/jobs?state=${one}`,
    label: t(`jobs.state.${one}`),
    current: list.filters.state === one,
    count: overview.tasks.reduce((sum, task) => sum + task[one], 0),
  }));
  return (
    <div className="flex flex-col gap-8">
      <ListPage
        definition={jobsList}
        list={list}
        columns={[]}
        rows={jobs}
        rowKey={(job) => job.id}
        items={<JobList jobs={jobs} failedId={result?.failedId ?? null} />}
        bulk={
          jobs.length > 0 && (
            <Form id={JOBS_FORM} method="post">
              <BulkBar form={JOBS_FORM}>
                <SubmitButton size="compact" variant="outline" name="act" value="try-many">
                  {t("jobs.tryMany")}
                </SubmitButton>
              </BulkBar>
            </Form>
          )
        }
      >
        <p className="max-w-prose text-fg-muted">{t("jobs.lead")}</p>
        <Outcome result={result} />
        <Tabs label={t("jobs.list")} tabs={tabs} />
      </ListPage>
      <QueueDepth tasks={overview.tasks} />
      <QueueProcesses processes={overview.processes} />
      <QueueSchedule schedule={overview.schedule} />
    </div>
  );
}

function Outcome({ result }: { result: ReturnType<typeof useActionData<typeof action>> }) {
  const t = useT();
  const many = result?.many;
  if (many) {
    const count = { retried: many.retried, skipped: many.skipped };
    if (!many.tried) return <Banner live tone="ok" title={t("jobs.manyRetried", count)} />;
    return (
      <BulkConfirm
        title={t("jobs.manyWould", count)}
        label={t("jobs.retryMany", { count: many.retried })}
        act="retry-many"
        ids={many.ids}
        nothing={many.retried === 0}
      />
    );
  }
  if (!result?.done) return null;
  const warns = result.done === "busy" || result.done === "noneChosen";
  return <Banner live tone={warns ? "warn" : "ok"} title={t(`jobs.${result.done}`)} />;
}
