import { setTimeout as pause } from "node:timers/promises";
import type postgres from "postgres";
import { type Answer, closedLoop, constantRate } from "./http-load.ts";
import { emptyInbox, makeUnfollowed } from "./intake.ts";

export type Overload = {
  /** Events a second that were taken in while twice as many came as can be. */
  readonly goodPerSecond: number;
  /** Answers that were neither 200 nor a refusal that says when to come again. */
  readonly refusedWithoutAdvice: number;
  /** Until one event alone is taken in at once again. */
  readonly recoverySeconds: number;
};

/** Sends events at twice the rate that the intake was measured to take, whatever it answers. */
export async function measureOverload(
  admin: postgres.Sql,
  port: number,
  options: { perSecond: number; seconds: number },
): Promise<Overload> {
  await emptyInbox(admin);
  const requests = makeUnfollowed(Math.ceil(options.perSecond * options.seconds)).map((event) => event.request);
  let good = 0;
  let wrong = 0;
  const answered = ({ status, retryAfter }: Answer) => {
    if (status === 200) good += 1;
    else if ((status !== 503 && status !== 429) || !retryAfter) wrong += 1;
  };
  const began = performance.now();
  await constantRate({ port, perSecond: options.perSecond, requests, sent: () => {}, answered });
  const seconds = (performance.now() - began) / 1000;
  const ended = performance.now();
  for (let latency = Number.POSITIVE_INFINITY; latency > 50; ) {
    const [probe] = makeUnfollowed(1);
    let left = probe ? 1 : 0;
    const one = await closedLoop({
      port,
      connections: 1,
      seconds: 5,
      next: () => (left-- > 0 && probe ? probe.request : null),
    });
    latency = one.statuses[200] === 1 ? (one.latencies[0] ?? latency) : latency;
    if (performance.now() - ended > 60_000) break;
    await pause(20);
  }
  return {
    goodPerSecond: good / seconds,
    refusedWithoutAdvice: wrong,
    recoverySeconds: (performance.now() - ended) / 1000,
  };
}
