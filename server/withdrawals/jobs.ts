import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

const withdrawalId = z.object({ withdrawalId: z.string() });

/** Decides what is paid back for a withdrawal, by the rules. */
export const decideWithdrawalJob = defineJob({ name: "withdrawals.decide", payload: withdrawalId });
/** Writes the refunds of a withdrawal that was accepted. */
export const refundWithdrawalJob = defineJob({ name: "withdrawals.refund", payload: withdrawalId });
/** Ends the memberships that were taken back, at the provider. */
export const endMembershipsJob = defineJob({ name: "withdrawals.end-memberships", payload: withdrawalId });
/** Sees whether everything of a withdrawal has been paid back. */
export const settleWithdrawalJob = defineJob({
  name: "withdrawals.settle",
  payload: z.object({ refundId: z.string() }),
});
/** Lays what was closed by a dispute before staff again, once that was won. */
export const reopenWithdrawalsJob = defineJob({
  name: "withdrawals.reopen",
  payload: z.object({ paymentId: z.string() }),
});
/** Mails the receipt of a withdrawal. */
export const sendWithdrawalReceivedJob = defineJob({ name: "withdrawals.send-received", payload: withdrawalId });
/** Mails why nothing is paid back. */
export const sendWithdrawalRefusedJob = defineJob({ name: "withdrawals.send-refused", payload: withdrawalId });
/** Mails what staff took off the sum, and why. */
export const sendWithdrawalLoweredJob = defineJob({ name: "withdrawals.send-lowered", payload: withdrawalId });
/** Mails the link to take an order back to the address it was bought with. Ordered by web of the release before alone. */
export const sendWithdrawalLinkJob = defineJob({
  name: "withdrawals.send-link",
  payload: z.object({ orderId: z.string() }),
});

const statementId = z.object({ statementId: z.string() });

/** Looks for the order that somebody without a link said is taken back. */
export const matchStatementJob = defineJob({ name: "withdrawals.match-statement", payload: statementId });
/** Closes a statement that nothing is left to do for. */
export const settleStatementJob = defineJob({ name: "withdrawals.settle-statement", payload: statementId });
/** Mails the acknowledgement of such a statement, with the link that carries it out where it is about an order. */
export const sendStatementReceivedJob = defineJob({
  name: "withdrawals.send-statement-received",
  payload: statementId,
});
/** Mails why staff closed such a statement. */
export const sendStatementDismissedJob = defineJob({
  name: "withdrawals.send-statement-dismissed",
  payload: statementId,
});
