import { expect, test } from "vitest";
import { createMetrics } from "./metrics.ts";

test.each(["web", "worker"])(
  "the %s process measures what alerts and charts are made of, under closed lists of labels",
  async (process) => {
    const metrics = createMetrics({ process });
    metrics.webhookEvents.inc({ type: "invoice.paid", outcome: "handled" });
    metrics.webhookDuplicates.inc();
    metrics.webhookProcessingSeconds.observe({ type: "invoice.paid" }, 0.1);
    metrics.webhookLagSeconds.observe(0.2);
    metrics.dbQuerySeconds.observe(0.001);
    metrics.errors.inc({ kind: "domain" });
    metrics.jobSeconds.observe({ task: "webhooks.process", outcome: "done" }, 0.1);
    const text = await metrics.registry.metrics();
    for (const line of [
      `webhook_events_total{type="invoice.paid",outcome="handled",process="${process}"} 1`,
      `webhook_duplicates_total{process="${process}"} 1`,
      `webhook_processing_seconds_count{process="${process}",type="invoice.paid"} 1`,
      `webhook_lag_seconds_count{process="${process}"} 1`,
      `db_query_seconds_count{process="${process}"} 1`,
      `errors_total{kind="domain",process="${process}"} 1`,
      `job_seconds_count{process="${process}",task="webhooks.process",outcome="done"} 1`,
    ])
      expect(text).toContain(line);
  },
);
