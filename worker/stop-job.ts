import { jobs } from "../server/jobs.ts";
import { raiseAlert } from "../server/kernel/alert.ts";
import { newId } from "../server/kernel/id.ts";
import type { AnyJob } from "../server/kernel/job.ts";
import type { Runtime } from "../server/wire.ts";
import type { StopHandler, StopHandlers } from "./handler.ts";
import { stopHandlers } from "./tasks/index.ts";

/**
 * Tells people that a job will not run again: which, about what, and why. A thing that has a state of its own for it gets
 * that state, everything else an alert. Idempotent.
 */
export async function stopJob(
  runtime: Runtime,
  name: string,
  payload: Readonly<Record<string, unknown>>,
  reason: string,
): Promise<void> {
  const ctx = runtime.ctx({ kind: "system", name }, newId("req"), runtime.service);
  const [key, job] = Object.entries<AnyJob>(jobs).find(([, one]) => one.name === name) ?? [];
  const handler = (stopHandlers as StopHandlers)[key as keyof StopHandlers] as StopHandler<AnyJob> | undefined;
  const parsed = job?.payload.safeParse(payload);
  if (handler && parsed?.success) {
    await handler(ctx, parsed.data as Parameters<typeof handler>[1], reason);
    return;
  }
  const about = Object.values(payload).find((value) => typeof value === "string");
  const subject = about === undefined ? name : `${name} ${about}`;
  const detail = `The job ${name} stopped: ${reason}`;
  await ctx.db.transaction((tx) => raiseAlert(tx, { kind: "jobs.stopped", subject, detail }));
}
