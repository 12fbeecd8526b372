import { enqueue } from "../kernel/job.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { listEntries } from "./entry-list.ts";
import { accountIdInput, accountListInput, entryListInput, postingIdInput } from "./input.ts";
import { verifyLedgerJob } from "./jobs.ts";
import { findAccount, getPosting, ledgerStatus, listAccounts } from "./queries.ts";

export const ledgerRouter = router({
  status: access(STAFF).query(({ ctx }) => ctx.db.transaction(ledgerStatus)),
  verify: access({ staff: ["owner", "finance"] }).mutation(async ({ ctx }) => {
    await ctx.db.transaction((tx) => enqueue(tx, verifyLedgerJob, {}, { key: verifyLedgerJob.name }));
  }),
  accounts: router({
    list: access(STAFF)
      .input(accountListInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => listAccounts(tx, input))),
    find: access(STAFF)
      .input(accountIdInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => findAccount(tx, input.accountId))),
  }),
  entries: access(STAFF)
    .input(entryListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listEntries(tx, input))),
  postings: router({
    get: access(STAFF)
      .input(postingIdInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => getPosting(tx, input.id))),
  }),
});
