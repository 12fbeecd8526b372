import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Adds what was posted to the hash chain. */
export const sealPostingsJob = defineJob({ name: "ledger.seal", payload: z.object({}), attempts: 3 });

/** Reads the whole ledger and writes down whether the books balance. */
export const verifyLedgerJob = defineJob({ name: "ledger.verify", payload: z.object({}), attempts: 3 });
