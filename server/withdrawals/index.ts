export { decideReceivedWithdrawal } from "./decide-withdrawal.ts";
export { endMemberships } from "./end-memberships.ts";
export { refundWithdrawal } from "./refund-withdrawal.ts";
export { sendWithdrawalLink, sendWithdrawalReceived, sendWithdrawalRefused } from "./send-withdrawal-mail.ts";
export { settleWithdrawal } from "./settle-withdrawal.ts";
export type { WithdrawalStatus } from "./withdrawal-status.ts";
