import { reconcile } from "../../server/reconciliation/index.ts";
import type { reconcileJob } from "../../server/reconciliation/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleReconcile: Handler<typeof reconcileJob> = (ctx) => reconcile(ctx);
