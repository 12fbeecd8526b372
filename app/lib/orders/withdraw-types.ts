import type { AppLoadContext } from "@remix-run/node";

type Caller = AppLoadContext["caller"];

export type WithdrawOptions = Awaited<ReturnType<Caller["withdrawals"]["options"]>>;
export type WithdrawLine = WithdrawOptions["lines"][number];
export type Withdrawal = WithdrawOptions["withdrawals"][number];
export type WithdrawableOrder = Awaited<ReturnType<Caller["withdrawals"]["mine"]>>[number];
