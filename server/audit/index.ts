import type { Sweep } from "../kernel/sweep.ts";
import { keepChainJob } from "./jobs.ts";

export { keepChain } from "./keep-chain.ts";
export { noteMoney, recordMoney } from "./record-money.ts";

/** Entries are sealed by real time: a moved clock makes none due. */
export const sweep: Sweep = { name: "audit", job: keepChainJob, nextDue: async () => null };
