import { Logger, type LogLevel } from "graphile-worker";
import type { Log } from "../server/kernel/log.ts";

/**
 * The queue library's own words in our log. A failed task is logged by the wrapper with what we know about it, so the
 * library's line about it is only of interest when debugging.
 */
export function queueLogger(log: Log): Logger {
  return new Logger((scope) => (level: LogLevel, message: string, meta?: Record<string, unknown>) => {
    const line = { area: "queue", ...(scope.jobId ? { jobId: scope.jobId } : {}) };
    const quiet = level === "info" || level === "debug" || meta?.failure === true || "max" in (meta ?? {});
    if (quiet) log.debug(line, message);
    else log[level === "warning" ? "warn" : "error"](line, message);
  });
}
