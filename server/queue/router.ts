import type { StaffRole } from "../kernel/actor.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { jobGiveUpInput, jobInput, jobListInput, jobRetryManyInput } from "./input.ts";
import { giveUpJob, retryJob } from "./move-job.ts";
import { listJobs, queueOverview } from "./queries.ts";
import { retryJobs } from "./retry-jobs.ts";

const ACTING: readonly StaffRole[] = ["owner", "finance", "support"];

export const queueRouter = router({
  overview: access(STAFF).query(({ ctx }) => ctx.db.transaction(queueOverview, { readOnly: true })),
  jobs: router({
    list: access(STAFF)
      .input(jobListInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => listJobs(tx, input), { readOnly: true })),
    retry: access({ staff: ACTING })
      .input(jobInput)
      .mutation(({ ctx, input }) => retryJob(ctx, input)),
    retryMany: access({ staff: ACTING })
      .input(jobRetryManyInput)
      .mutation(({ ctx, input }) => retryJobs(ctx, input)),
    giveUp: access({ staff: ACTING })
      .input(jobGiveUpInput)
      .mutation(({ ctx, input }) => giveUpJob(ctx, input)),
  }),
});
