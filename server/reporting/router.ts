import { access, router, STAFF } from "../trpc/init.ts";
import { searchInput } from "./input.ts";
import { search } from "./search.ts";
import { readWorkQueue } from "./work-queue.ts";

export const overviewRouter = router({
  workQueue: access(STAFF).query(({ ctx }) => ctx.db.transaction(readWorkQueue, { readOnly: true })),
  search: access(STAFF)
    .input(searchInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => search(tx, input.q), { readOnly: true })),
});
