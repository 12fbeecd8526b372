import { customerOf, holding } from "../kernel/actor.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import {
  decideWithdrawalInput,
  requestWithdrawalLinkInput,
  submitWithdrawalInput,
  withdrawalInput,
  withdrawalListInput,
  withdrawalOrderInput,
} from "./input.ts";
import { withdrawableOrders, withdrawalOptions, withdrawalsForStaff } from "./queries.ts";
import { requestWithdrawalLink } from "./request-withdrawal-link.ts";
import { approveWithdrawal, refuseWithdrawal } from "./review-withdrawal.ts";
import { submitWithdrawal } from "./submit-withdrawal.ts";
import { listWithdrawals } from "./withdrawal-list.ts";

/** Who may decide about money that goes back. */
const FINANCE = { staff: ["owner", "finance"] } as const;

export const withdrawalsRouter = router({
  options: access("public")
    .input(withdrawalOrderInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction((tx) => withdrawalOptions(tx, input), {
        as: "ref" in input ? holding(ctx.actor, input.ref) : ctx.actor,
        readOnly: true,
      }),
    ),
  mine: access("customer").query(({ ctx }) => {
    const customerId = customerOf(ctx.actor);
    if (customerId === null) return [];
    return ctx.db.transaction((tx) => withdrawableOrders(tx, customerId), { readOnly: true });
  }),
  submit: access("public")
    .input(submitWithdrawalInput)
    .mutation(({ ctx, input }) => submitWithdrawal(ctx, input)),
  requestLink: access("public")
    .input(requestWithdrawalLinkInput)
    .mutation(async ({ ctx, input }) => {
      await requestWithdrawalLink(ctx, { ...input, ip: ctx.browser.ip });
      return { outcome: "check_mail" } as const;
    }),
  list: access(STAFF)
    .input(withdrawalListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listWithdrawals(tx, input), { readOnly: true })),
  ofOrder: access(STAFF)
    .input(withdrawalInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => withdrawalsForStaff(tx, input.id), { readOnly: true })),
  approve: access(FINANCE)
    .input(decideWithdrawalInput)
    .mutation(({ ctx, input }) => approveWithdrawal(ctx, input)),
  refuse: access(FINANCE)
    .input(decideWithdrawalInput)
    .mutation(({ ctx, input }) => refuseWithdrawal(ctx, input)),
});
