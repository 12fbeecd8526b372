import { customerOf, holding } from "../kernel/actor.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { closableStatements, dismissStatements } from "./close-statements.ts";
import { statementReceipt } from "./find-statement.ts";
import {
  approvalPlanInput,
  approveWithdrawalInput,
  attachStatementInput,
  carryOutStatementInput,
  closableStatementsInput,
  decideWithdrawalInput,
  dismissStatementsInput,
  statementListInput,
  statementReceiptInput,
  stateWithdrawalInput,
  submitWithdrawalInput,
  withdrawalInput,
  withdrawalListInput,
  withdrawalOrderInput,
} from "./input.ts";
import { withdrawableOrders, withdrawalOptions, withdrawalsForStaff } from "./queries.ts";
import { attachStatement, carryOutStatement, dismissStatement } from "./review-statement.ts";
import { approveWithdrawal, closeDisputed, previewApproval, refuseWithdrawal } from "./review-withdrawal.ts";
import { stateWithdrawal } from "./state-withdrawal.ts";
import { listStatements, statementForStaff } from "./statement-list.ts";
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
  state: access("public")
    .input(stateWithdrawalInput)
    .mutation(({ ctx, input }) => {
      const { ip, locale } = ctx.browser;
      return stateWithdrawal(ctx, { ...input, ip, locale });
    }),
  receipt: access("public")
    .input(statementReceiptInput)
    .query(({ ctx, input: { receipt } }) =>
      ctx.db.transaction((tx) => statementReceipt(tx, receipt), { as: holding(ctx.actor, receipt), readOnly: true }),
    ),
  statements: router({
    list: access(STAFF)
      .input(statementListInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => listStatements(tx, input), { readOnly: true })),
    get: access(STAFF)
      .input(withdrawalInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => statementForStaff(tx, input.id), { readOnly: true })),
    carryOut: access(FINANCE)
      .input(carryOutStatementInput)
      .mutation(({ ctx, input }) => carryOutStatement(ctx, input)),
    attach: access(FINANCE)
      .input(attachStatementInput)
      .mutation(({ ctx, input }) => attachStatement(ctx, input)),
    dismiss: access(FINANCE)
      .input(decideWithdrawalInput)
      .mutation(({ ctx, input }) => dismissStatement(ctx, input)),
    closable: access(FINANCE)
      .input(closableStatementsInput)
      .query(({ ctx, input }) => ctx.db.transaction((tx) => closableStatements(tx, input), { readOnly: true })),
    dismissMany: access(FINANCE)
      .input(dismissStatementsInput)
      .mutation(({ ctx, input }) => dismissStatements(ctx, input)),
  }),
  list: access(STAFF)
    .input(withdrawalListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listWithdrawals(tx, input), { readOnly: true })),
  ofOrder: access(STAFF)
    .input(withdrawalInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => withdrawalsForStaff(tx, input.id), { readOnly: true })),
  preview: access(STAFF)
    .input(approvalPlanInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => previewApproval(tx, input), { readOnly: true })),
  approve: access(FINANCE)
    .input(approveWithdrawalInput)
    .mutation(({ ctx, input }) => approveWithdrawal(ctx, input)),
  closeDisputed: access(FINANCE)
    .input(decideWithdrawalInput)
    .mutation(({ ctx, input }) => closeDisputed(ctx, input)),
  refuse: access(FINANCE)
    .input(decideWithdrawalInput)
    .mutation(({ ctx, input }) => refuseWithdrawal(ctx, input)),
});
