import {
  decideReceivedWithdrawal,
  endMemberships,
  matchStatement,
  refundWithdrawal,
  reopenWithdrawals,
  sendStatementDismissed,
  sendStatementReceived,
  sendWithdrawalLink,
  sendWithdrawalLowered,
  sendWithdrawalReceived,
  sendWithdrawalRefused,
  settleStatement,
  settleWithdrawal,
} from "../../server/withdrawals/index.ts";
import type {
  decideWithdrawalJob,
  endMembershipsJob,
  matchStatementJob,
  refundWithdrawalJob,
  reopenWithdrawalsJob,
  sendStatementDismissedJob,
  sendStatementReceivedJob,
  sendWithdrawalLinkJob,
  sendWithdrawalLoweredJob,
  sendWithdrawalReceivedJob,
  sendWithdrawalRefusedJob,
  settleStatementJob,
  settleWithdrawalJob,
} from "../../server/withdrawals/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleDecideWithdrawal: Handler<typeof decideWithdrawalJob> = decideReceivedWithdrawal;
export const handleEndMemberships: Handler<typeof endMembershipsJob> = endMemberships;
export const handleRefundWithdrawal: Handler<typeof refundWithdrawalJob> = refundWithdrawal;
export const handleReopenWithdrawals: Handler<typeof reopenWithdrawalsJob> = reopenWithdrawals;
export const handleSendWithdrawalLink: Handler<typeof sendWithdrawalLinkJob> = sendWithdrawalLink;
export const handleSendWithdrawalLowered: Handler<typeof sendWithdrawalLoweredJob> = sendWithdrawalLowered;
export const handleSendWithdrawalReceived: Handler<typeof sendWithdrawalReceivedJob> = sendWithdrawalReceived;
export const handleSendWithdrawalRefused: Handler<typeof sendWithdrawalRefusedJob> = sendWithdrawalRefused;
export const handleSettleWithdrawal: Handler<typeof settleWithdrawalJob> = settleWithdrawal;
export const handleMatchStatement: Handler<typeof matchStatementJob> = matchStatement;
export const handleSendStatementDismissed: Handler<typeof sendStatementDismissedJob> = sendStatementDismissed;
export const handleSendStatementReceived: Handler<typeof sendStatementReceivedJob> = sendStatementReceived;
export const handleSettleStatement: Handler<typeof settleStatementJob> = settleStatement;
