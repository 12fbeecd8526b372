import { keepChain, recordMoney } from "../../server/audit/index.ts";
import type { keepChainJob, recordMoneyJob } from "../../server/audit/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleKeepChain: Handler<typeof keepChainJob> = keepChain;
export const handleRecordMoney: Handler<typeof recordMoneyJob> = recordMoney;
