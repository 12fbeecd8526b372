import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Seals new audit entries and, once an hour, walks the chain. */
export const keepChainJob = defineJob({ name: "audit.keep-chain", payload: z.looseObject({}) });

/** Writes a movement of money into the audit log. */
export const recordMoneyJob = defineJob({
  name: "audit.record-money",
  payload: z.object({ paymentId: z.string(), movement: z.string().max(40) }),
});
