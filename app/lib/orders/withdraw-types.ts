import type { AppLoadContext } from "@remix-run/node";

type Caller = AppLoadContext["caller"];

export type WithdrawOptions = Awaited<ReturnType<Caller["withdrawals"]["options"]>>;
export type WithdrawLine = WithdrawOptions["lines"][number];
export type Withdrawal = WithdrawOptions["withdrawals"][number];
export type WithdrawableOrder = Awaited<ReturnType<Caller["withdrawals"]["mine"]>>[number];
/** What somebody says who has neither a link nor an account. */
export type Stated = { readonly name: string; readonly email: string; readonly number: string };
export type StatementReceipt = Awaited<ReturnType<Caller["withdrawals"]["receipt"]>>;
export type Statement = Awaited<ReturnType<Caller["withdrawals"]["statements"]["get"]>>;
