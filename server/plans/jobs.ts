import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Puts a version of a plan on sale: its prices at the provider first, then here. */
export const putPlanOnSaleJob = defineJob({ name: "plans.put-on-sale", payload: z.object({ versionId: z.string() }) });
/** The same under the name of the release before, whose worker knows no price of seats and would sell the version without them. */
export const publishPlanJob = defineJob({ name: "plans.publish", payload: z.object({ versionId: z.string() }) });
/** Archives at the provider the prices that a version on sale has replaced. */
export const archivePlanPricesJob = defineJob({
  name: "plans.archive-prices",
  payload: z.object({ stripePriceIds: z.array(z.string()) }),
});
/** Brings organizations that nobody pays a version for to the one on sale, a page at a time. */
export const followPlanJob = defineJob({
  name: "plans.follow",
  payload: z.object({ versionId: z.string(), after: z.string().optional() }),
});
/** Moves subscriptions from one version to another, or takes that back, a page at a time. */
export const migratePlanJob = defineJob({
  name: "plans.migrate",
  payload: z.object({ migrationId: z.string(), after: z.string().optional() }),
});
/** Reckons what a move that is made now costs each of those on a version, a page at a time. `tries`: how often the provider had no answer for somebody of this page. */
export const quoteMoveJob = defineJob({
  name: "plans.quote-move",
  payload: z.object({ migrationId: z.string(), after: z.string().optional(), tries: z.number().int().optional() }),
});
/** Begins a move that is made now, or goes on with a stopped one, in pages. A job of its own: a worker of the release before would book it for later. */
export const moveNowJob = defineJob({
  name: "plans.move-now",
  payload: z.object({ migrationId: z.string(), after: z.string().optional() }),
});
/** Takes the prices of a plan that is on sale no longer out of sale. */
export const withdrawPlanJob = defineJob({ name: "plans.withdraw", payload: z.object({ versionId: z.string() }) });
