import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { Badge } from "../badge.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Field } from "../field.tsx";
import { SelectRow } from "../lists/row-selection.tsx";
import { Moment } from "../moment.tsx";
import { SubmitButton } from "../submit-button.tsx";

const TONES = { dead: "bad", retrying: "warn", running: "info", waiting: "neutral" } as const;

type Job = {
  id: string;
  task: string;
  state: keyof typeof TONES;
  payload: string;
  attempts: number;
  maxAttempts: number;
  lastError: string | null;
  runAt: Date | string;
  lockedAt: Date | string | null;
};

/** The form that the ticks of the list belong to. */
export const JOBS_FORM = "many-jobs";

/** Jobs with what they are about, why they failed, and what staff may do about each. */
export function JobList({ jobs, failedId }: { jobs: readonly Job[]; failedId: string | null }) {
  const t = useT();
  if (jobs.length === 0) return <EmptyState title={t("jobs.none")} />;
  return (
    <ul aria-label={t("jobs.list")} className="divide-y divide-line border-y border-line">
      {jobs.map((job) => (
        <li key={job.id} data-row className="flex flex-col gap-3 py-4 has-[input:checked]:bg-selected">
          <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <span className="flex flex-wrap items-baseline gap-x-3">
              {job.state !== "running" && (
                <span className="max-md:hidden">
                  <SelectRow form={JOBS_FORM} value={job.id} name={`${job.task} ${job.id}`} />
                </span>
              )}
              <span className="font-mono text-13 font-medium">{job.task}</span>
              <Badge tone={TONES[job.state]}>{t(`jobs.state.${job.state}`)}</Badge>
            </span>
            <Moment at={job.lockedAt ?? job.runAt} withTime />
          </p>
          <p className="text-14 text-fg-muted">
            {t("jobs.attempts")} {t("webhooks.batch.of", { count: job.attempts, total: job.maxAttempts })} ·{" "}
            {t("jobs.about")} <code className="font-mono text-13 break-all">{job.payload}</code>
          </p>
          {job.lastError !== null && <p className="max-w-prose text-14 wrap-anywhere">{job.lastError}</p>}
          {job.state !== "running" && <Acts id={job.id} failed={failedId === job.id} />}
        </li>
      ))}
    </ul>
  );
}

function Acts({ id, failed }: { id: string; failed: boolean }) {
  const t = useT();
  const error = failed ? t("errors.enter", { label: t("office.reason").toLowerCase() }) : undefined;
  return (
    <Form method="post" className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="id" value={id} />
      <SubmitButton name="act" value="retry" size="compact">
        {t("jobs.retry")}
      </SubmitButton>
      <div className="w-72 max-w-full">
        <Field compact id={`reason-${id}`} name="reason" label={t("office.reason")} error={error} />
      </div>
      <SubmitButton name="act" value="give-up" size="compact" variant="danger">
        {t("jobs.giveUp")}
      </SubmitButton>
    </Form>
  );
}
