import { customerOf } from "../kernel/actor.ts";
import { access, router } from "../trpc/init.ts";
import { myInvoicesInput } from "./input.ts";
import { listMyInvoices } from "./queries.ts";

const invoices = router({
  mine: access("customer", { scope: "account.read" })
    .input(myInvoicesInput)
    .query(({ ctx, input }) => {
      const customerId = customerOf(ctx.actor);
      if (customerId === null) return { items: [], nextCursor: null, previousCursor: null };
      return ctx.db.transaction((tx) => listMyInvoices(tx, customerId, input), { readOnly: true });
    }),
});

export const billingRouter = router({ invoices });
