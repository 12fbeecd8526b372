import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Lets go of reservations whose time is over, runs grants out, takes back what waits for it, books the money of credits. */
export const sweepCreditsJob = defineJob({ name: "credits.sweep", payload: z.object({}), attempts: 3 });

/** Carries out an adjustment that was approved. */
export const adjustJob = defineJob({ name: "credits.adjust", payload: z.object({ adjustmentId: z.string() }) });

/** Carries out what staff decided about credits that were spent before their purchase was paid back. */
export const reclaimJob = defineJob({ name: "credits.reclaim-spent", payload: z.object({ reclaimId: z.string() }) });

/** Tells that a customer has fewer credits left than somebody wanted to be told of. Enqueued by `app.signal_low_credits`. */
export const signalLowJob = defineJob({ name: "credits.signal-low", payload: z.object({ customerId: z.string() }) });
