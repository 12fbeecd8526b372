import { recordVerification, tendLedger } from "../../server/ledger/index.ts";
import type { sealPostingsJob, verifyLedgerJob } from "../../server/ledger/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleSealPostings: Handler<typeof sealPostingsJob> = (ctx) => tendLedger(ctx);
export const handleVerifyLedger: Handler<typeof verifyLedgerJob> = (ctx) => recordVerification(ctx);
