import { connect, type Socket } from "node:net";

export type Answer = { readonly status: number; readonly retryAfter: number | null };
/** A connection that is asked one thing at a time. */
export type Line = {
  /** Rejects when the server closed the connection, before the request or instead of an answer. */
  ask(request: Buffer): Promise<Answer>;
  close(): void;
};

/** Read at once; a page is larger than that and comes in several. */
const BUFFER_BYTES = 16_384;

/** Written on sockets, because a client library would cost more than the servers that are measured with it. */
export async function openLine(port: number): Promise<Line> {
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | null = null;
  let received: Buffer | null = null;
  const take = (chunk: Buffer) => {
    received = received === null ? chunk : Buffer.concat([received, chunk]);
    const answer = readAnswer(received);
    if (answer === null) {
      // The buffer is read into again.
      if (received === chunk) received = Buffer.from(chunk);
      return;
    }
    received = null;
    waiting?.resolve(answer);
  };
  const socket: Socket = connect({
    port,
    host: "127.0.0.1",
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafe(BUFFER_BYTES),
      callback: (bytes, buffer) => {
        take(Buffer.from(buffer.buffer, buffer.byteOffset, bytes));
        return true;
      },
    },
  });
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  socket.on("close", () => waiting?.reject(new Error("the server closed the connection")));
  socket.on("error", (error) => waiting?.reject(error));
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (!socket.writable) return reject(new Error("the server closed the connection"));
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => void socket.destroy(),
  };
}

/** The answer when the bytes hold one to its end: as long as its head says, or up to the last chunk. */
function readAnswer(bytes: Buffer): Answer | null {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = bytes.toString("latin1", 0, end);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  const whole =
    length === undefined
      ? bytes.toString("latin1", bytes.length - 5) === "0\r\n\r\n"
      : bytes.length >= end + 4 + Number(length);
  if (!whole) return null;
  const status = Number(head.slice(9, 12));
  const retryAfter = status === 200 ? undefined : /\r\nretry-after: (\d+)/i.exec(head)?.[1];
  return { status, retryAfter: retryAfter === undefined ? null : Number(retryAfter) };
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
