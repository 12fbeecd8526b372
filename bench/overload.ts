import { setTimeout as pause } from "node:timers/promises";
import type postgres from "postgres";
import { requestBytes } from "./http-line.ts";
import { closedLoop, constantRate, type Outcome } from "./http-load.ts";
import { emptyInbox, makeUnfollowed } from "./intake.ts";
import { percentile } from "./statistics.ts";

export type Overload = {
  /** Events a second that were taken in while twice as many came as can be. */
  readonly goodPerSecond: number;
  /** Answers that were neither 200 nor a refusal that says when to come again. */
  readonly refusedWithoutAdvice: number;
  /** Milliseconds within which 99 of 100 refusals came, from when the event was sent; 0 when nothing was refused. */
  readonly refusalP99: number;
  /** The same from when the event was to be sent: what the sender was late is in it. */
  readonly refusalDueP99: number;
  /** Until one event alone is taken in at once again. */
  readonly recoverySeconds: number;
};

/** More than the door lets in at once, so that what it does with the rest is seen; with fewer the sender falls behind its own rate. */
const CONNECTIONS = 1_000;

/** Sends events at twice the rate that the intake was measured to take, whatever it answers. */
export async function measureOverload(
  admin: postgres.Sql,
  port: number,
  options: { perSecond: number; seconds: number },
): Promise<Overload> {
  await emptyInbox(admin);
  const { perSecond, seconds } = options;
  const requests = makeUnfollowed(Math.ceil(perSecond * seconds)).map((event) => event.request);
  let good = 0;
  let wrong = 0;
  const refusals: Outcome[] = [];
  const answered = (outcome: Outcome) => {
    const { status, retryAfter } = outcome;
    if (status === 200) good += 1;
    else if ((status === 503 || status === 429) && retryAfter !== null) refusals.push(outcome);
    else wrong += 1;
  };
  const greeting = requestBytes("GET", "/healthz");
  let began = Number.NaN;
  const sent = (index: number) => {
    if (index === 0) began = performance.now();
  };
  await constantRate({ port, perSecond, requests, connections: CONNECTIONS, greeting, sent, answered });
  const ended = performance.now();
  await untilCalm(port, ended);
  const refusedWithin = (of: (refusal: Outcome) => number) =>
    refusals.length === 0 ? 0 : percentile(refusals.map(of), 0.99);
  return {
    goodPerSecond: (good / (ended - began)) * 1000,
    refusedWithoutAdvice: wrong,
    refusalP99: refusedWithin((refusal) => refusal.fromSent),
    refusalDueP99: refusedWithin((refusal) => refusal.milliseconds),
    recoverySeconds: (performance.now() - ended) / 1000,
  };
}

/** Waits until one event alone is taken in within 50 ms, for a minute at most. */
async function untilCalm(port: number, from: number): Promise<void> {
  while (performance.now() - from < 60_000) {
    const left = makeUnfollowed(1);
    const next = () => left.pop()?.request ?? null;
    const { statuses, latencies } = await closedLoop({ port, connections: 1, seconds: 5, next });
    if (statuses[200] === 1 && (latencies[0] ?? Number.NaN) <= 50) return;
    await pause(20);
  }
}
