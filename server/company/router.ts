import { access, router, STAFF } from "../trpc/init.ts";
import { companyHistoryInput, companyInput } from "./input.ts";
import { companyHistory } from "./queries.ts";
import { saveCompany } from "./save-company.ts";

export const companyRouter = router({
  history: access(STAFF)
    .input(companyHistoryInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => companyHistory(tx, input), { readOnly: true })),
  save: access({ staff: ["owner"] })
    .input(companyInput)
    .mutation(({ ctx, input }) => saveCompany(ctx, input, ctx.providers.company.first)),
});
