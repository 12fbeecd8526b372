import { prune } from "../../server/retention/index.ts";
import type { pruneJob } from "../../server/retention/jobs.ts";
import type { Handler } from "../handler.ts";

export const handlePrune: Handler<typeof pruneJob> = (ctx) => prune(ctx);
