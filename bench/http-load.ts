import { type Line, openLine } from "./http-line.ts";

export type Load = {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds from the first byte out to the last byte in, of every request that counts. */
  readonly latencies: readonly number[];
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<number, number>>;
};

/**
 * Keeps `connections` busy for `seconds`: each sends a request, waits for the whole answer and sends the next. `next` gives
 * the bytes of a request, or null when there are no more.
 */
export async function closedLoop(options: {
  port: number;
  connections: number;
  seconds: number;
  next(): Buffer | null;
}): Promise<Load> {
  const latencies: number[] = [];
  const statuses: Record<number, number> = {};
  const lines = await Promise.all(Array.from({ length: options.connections }, () => openLine(options.port)));
  const began = performance.now();
  const until = began + options.seconds * 1000;
  await Promise.all(
    lines.map(async (line) => {
      for (let request = options.next(); request && performance.now() < until; request = options.next()) {
        const sent = performance.now();
        const { status } = await line.ask(request);
        latencies.push(performance.now() - sent);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
      line.close();
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return { requests: latencies.length, perSecond: latencies.length / seconds, latencies, statuses };
}

/** How a request at a constant rate was answered. */
export type Outcome = {
  readonly index: number;
  readonly status: number;
  /** Seconds after which the server asks to come again; null when it does not. */
  readonly retryAfter: number | null;
  /** Milliseconds from when it was due, so that waiting for a free connection is in it. */
  readonly milliseconds: number;
  /** Milliseconds from when it was written to the connection. */
  readonly fromSent: number;
};

const TICK_MS = 1;

/**
 * Sends at a constant rate, whether or not earlier answers have come. At most `connections` are open; a request that finds
 * none free waits its turn, and its waiting counts. All of them are open before the clock starts, so that what is measured
 * is answering and not connecting; with `greeting` each is asked that once before, so that the server has taken it up too.
 */
export async function constantRate(options: {
  port: number;
  perSecond: number;
  requests: readonly Buffer[];
  connections?: number;
  greeting?: Buffer;
  sent?(index: number): void;
  /** Told of every answer; without it anything but 200 is an error. */
  answered?(outcome: Outcome): void;
}): Promise<void> {
  const { port, perSecond, requests, greeting } = options;
  // A server closes connections that have not said anything for some seconds: each of these has its turn every second.
  const { connections = Math.min(100, Math.max(1, Math.ceil(perSecond))) } = options;
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(port)));
  if (greeting) await Promise.all(lines.map((line) => line.ask(greeting)));
  /** Each in its turn. */
  const free: Line[] = [...lines];
  const began = performance.now();
  const dueAt = (index: number) => began + (index / perSecond) * 1000;
  let next = 0;
  let open = requests.length;

  await new Promise<void>((resolve, reject) => {
    const ask = (line: Line, index: number, request: Buffer) => {
      options.sent?.(index);
      const sentAt = performance.now();
      line.ask(request).then((answer) => {
        const now = performance.now();
        if (options.answered)
          options.answered({ index, ...answer, milliseconds: now - dueAt(index), fromSent: now - sentAt });
        else if (answer.status !== 200) return reject(new Error(`a request was answered with ${answer.status}`));
        open -= 1;
        free.push(line);
        send();
      }, reject);
    };
    const send = () => {
      while (next < requests.length && dueAt(next) <= performance.now()) {
        const request = requests[next];
        const line = request && free.shift();
        if (!line) break;
        ask(line, next++, request);
      }
      if (open === 0) resolve();
    };
    const tick = () => {
      send();
      if (next < requests.length) setTimeout(tick, TICK_MS);
    };
    tick();
  });
  for (const line of lines) line.close();
}
