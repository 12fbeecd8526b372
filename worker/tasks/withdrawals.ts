import {
  decideReceivedWithdrawal,
  endMemberships,
  refundWithdrawal,
  sendWithdrawalLink,
  sendWithdrawalReceived,
  sendWithdrawalRefused,
  settleWithdrawal,
} from "../../server/withdrawals/index.ts";
import type {
  decideWithdrawalJob,
  endMembershipsJob,
  refundWithdrawalJob,
  sendWithdrawalLinkJob,
  sendWithdrawalReceivedJob,
  sendWithdrawalRefusedJob,
  settleWithdrawalJob,
} from "../../server/withdrawals/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleDecideWithdrawal: Handler<typeof decideWithdrawalJob> = decideReceivedWithdrawal;
export const handleEndMemberships: Handler<typeof endMembershipsJob> = endMemberships;
export const handleRefundWithdrawal: Handler<typeof refundWithdrawalJob> = refundWithdrawal;
export const handleSendWithdrawalLink: Handler<typeof sendWithdrawalLinkJob> = sendWithdrawalLink;
export const handleSendWithdrawalReceived: Handler<typeof sendWithdrawalReceivedJob> = sendWithdrawalReceived;
export const handleSendWithdrawalRefused: Handler<typeof sendWithdrawalRefusedJob> = sendWithdrawalRefused;
export const handleSettleWithdrawal: Handler<typeof settleWithdrawalJob> = settleWithdrawal;
