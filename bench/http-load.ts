import { connect, type Socket } from "node:net";

export type Load = {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds from the first byte out to the last byte in, of every request that counts. */
  readonly latencies: readonly number[];
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<number, number>>;
};

/**
 * Keeps `connections` busy for `seconds`: each sends a request, waits for the whole answer and sends the next. Written
 * on sockets, because a client library would cost more than the servers it measures. `next` gives the bytes of a request,
 * or null when there are no more.
 */
export async function closedLoop(options: {
  port: number;
  connections: number;
  seconds: number;
  next(): Buffer | null;
}): Promise<Load> {
  const latencies: number[] = [];
  const statuses: Record<number, number> = {};
  const began = performance.now();
  const until = began + options.seconds * 1000;
  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      const line = await openLine(options.port);
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

/** Sends at a constant rate, whether or not earlier answers have come, over as many connections as that takes. */
export async function constantRate(options: {
  port: number;
  perSecond: number;
  requests: readonly Buffer[];
  sent(index: number): void;
  /** Told of every answer; without it anything but 200 is an error. */
  answered?(answer: Answer): void;
}): Promise<void> {
  const free: Line[] = [];
  const open: Line[] = [];
  const began = performance.now();
  const pending = options.requests.map(async (request, index) => {
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(0, (index / options.perSecond) * 1000 - (performance.now() - began))),
    );
    const line = free.pop() ?? (await openLine(options.port));
    if (!open.includes(line)) open.push(line);
    options.sent(index);
    const answer = await line.ask(request);
    if (options.answered) options.answered(answer);
    else if (answer.status !== 200) throw new Error(`a request of the bench was answered with ${answer.status}`);
    free.push(line);
  });
  await Promise.all(pending);
  for (const line of open) line.close();
}

export type Answer = { readonly status: number; readonly retryAfter: boolean };
type Line = { ask(request: Buffer): Promise<Answer>; close(): void };

async function openLine(port: number): Promise<Line> {
  const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  let answer: { resolve(answer: Answer): void; reject(error: Error): void } | null = null;
  let received: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    if (!isWhole(received)) return;
    const status = Number(received.toString("latin1", 9, 12));
    const retryAfter = status !== 200 && /\r\nretry-after: \d/i.test(received.toString("latin1"));
    received = Buffer.alloc(0);
    answer?.resolve({ status, retryAfter });
  });
  socket.on("close", () => answer?.reject(new Error("the server closed the connection")));
  socket.on("error", (error) => answer?.reject(error));
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        answer = { resolve, reject };
        socket.write(request);
      }),
    close: () => void socket.destroy(),
  };
}

/** Whether the bytes hold one answer to its end: as long as its head says, or up to the last chunk. */
function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const head = bytes.toString("latin1", 0, end).toLowerCase();
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) return bytes.length >= end + 4 + Number(length);
  return bytes.subarray(-5).toString("latin1") === "0\r\n\r\n";
}

/** A request as bytes. */
export function requestBytes(method: string, path: string, headers: Record<string, string> = {}, body = ""): Buffer {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    "Host: localhost",
    "Connection: keep-alive",
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  if (method === "POST") lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}`);
}
