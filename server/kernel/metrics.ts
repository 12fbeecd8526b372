import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** What a process measures, in Prometheus' terms. One per process; labels are closed lists, never ids. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics(options: { process: string }) {
  const registry = new Registry();
  registry.setDefaultLabels({ process: options.process });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
  return {
    registry,
    httpSeconds: new Histogram({
      name: "http_request_seconds",
      help: "Time to answer a request.",
      labelNames: ["route", "status"],
      buckets,
      registers,
    }),
    webhookEvents: new Counter({
      name: "webhook_events_total",
      help: "Webhook events by type and outcome.",
      labelNames: ["type", "outcome"],
      registers,
    }),
    webhookDuplicates: new Counter({
      name: "webhook_duplicates_total",
      help: "Deliveries of events that were stored already.",
      registers,
    }),
    webhookProcessingSeconds: new Histogram({
      name: "webhook_processing_seconds",
      help: "Time to process one stored event.",
      labelNames: ["type"],
      buckets,
      registers,
    }),
    webhookLagSeconds: new Histogram({
      name: "webhook_lag_seconds",
      help: "From received to handled.",
      buckets,
      registers,
    }),
    jobSeconds: new Histogram({
      name: "job_seconds",
      help: "Time to run one job.",
      labelNames: ["task", "outcome"],
      buckets,
      registers,
    }),
    dbQuerySeconds: new Histogram({
      name: "db_query_seconds",
      help: "Time from a statement's sending to its answer.",
      buckets,
      registers,
    }),
    dbWaitSeconds: new Histogram({
      name: "db_pool_wait_seconds",
      help: "Time that a transaction waited for a connection.",
      buckets,
      registers,
    }),
    errors: new Counter({
      name: "errors_total",
      help: "Errors by kind: domain (a procedure refused), provider (it failed), database (it was away), bug.",
      labelNames: ["kind"],
      registers,
    }),
  };
}
