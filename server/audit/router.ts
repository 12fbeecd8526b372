import { access, router, STAFF } from "../trpc/init.ts";
import { auditListInput } from "./input.ts";
import { lastCheck, listAudit } from "./queries.ts";

export const auditRouter = router({
  list: access(STAFF)
    .input(auditListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listAudit(tx, input))),
  lastCheck: access(STAFF).query(({ ctx }) => ctx.db.transaction(lastCheck)),
});
