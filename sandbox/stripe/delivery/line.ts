import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { type Received, readAnswer } from "./answer.ts";

/** How long a connection that rests is used again: receivers close theirs after some seconds. */
const restsMs = 1_000;
/** Nobody reads an answer beyond this; it is cut there, and the connection closed. */
const longest = 1_000_000;
/** Room for what stands before a body, and how much of an answer is read at a time. */
const [headRoom, readAtOnce] = [2_048, 8_192];

export interface Place {
  host: string;
  port: number;
  tls: boolean;
}

/**
 * A connection that is asked one thing at a time. What it sends is put together in one place that it keeps, and what it reads comes
 * into another, since making room for each costs more than the sending.
 */
export class Line {
  readonly #socket: Socket;
  #out = Buffer.allocUnsafeSlow(4 * headRoom);
  /** What has come of an answer that is not whole yet. */
  #kept: Buffer | undefined;
  #waiting: { resolve(answer: Received): void; reject(error: Error): void } | undefined;
  #since = 0;
  #over = false;

  constructor({ host, port, tls }: Place) {
    const take = (chunk: Buffer) => this.#take(chunk);
    this.#socket = tls
      ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }) }).on("data", take)
      : connect({ host, port, onread: into(Buffer.allocUnsafeSlow(readAtOnce), take) });
    this.#socket.setNoDelay(true);
    this.#socket.on("end", () => this.#end());
    this.#socket.on("error", (error: NodeJS.ErrnoException) => this.#fail(new Error(error.message || error.code)));
    this.#socket.on("close", () => this.#fail(new Error("the receiver closed the connection")));
  }

  /** Whether it can be asked again. */
  get rests(): boolean {
    return !this.#over && this.#waiting === undefined && performance.now() - this.#since < restsMs;
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** Whether it has waited longer than that for its answer. */
  waitsLonger(milliseconds: number): boolean {
    return this.#waiting !== undefined && performance.now() - this.#since > milliseconds;
  }

  /** Sends a body behind the head that is made for its bytes. Rejects when there is no answer, or one that cannot be read. */
  ask(text: string, headFor: (body: Buffer) => string): Promise<Received> {
    const most = headRoom + 3 * text.length;
    if (this.#out.length < most) this.#out = Buffer.allocUnsafeSlow(most);
    const end = headRoom + this.#out.write(text, headRoom, "utf8");
    const body = this.#out.subarray(headRoom, end);
    const head = Buffer.from(headFor(body), "latin1");
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#since = performance.now();
      if (head.length > headRoom) this.#socket.write(Buffer.concat([head, body]));
      else {
        const begin = headRoom - head.copy(this.#out, headRoom - head.length);
        this.#socket.write(this.#out.subarray(begin, end));
      }
    });
  }

  close(why = "the connection was closed"): void {
    this.#fail(new Error(why));
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (!this.#waiting) {
      this.close();
      return;
    }
    const bytes = this.#kept === undefined ? chunk : Buffer.concat([this.#kept, chunk]);
    this.#kept = undefined;
    this.#read(bytes, bytes.length > longest);
  }

  #end(): void {
    if (this.#kept) this.#read(this.#kept, true);
    this.close("the receiver closed the connection");
  }

  /** Hands over the answer when all of it is there. */
  #read(bytes: Buffer, ended: boolean): void {
    if (!this.#waiting) return;
    let answer: Received | undefined;
    try {
      answer = readAnswer(bytes, ended);
    } catch (error) {
      this.close(error instanceof Error ? error.message : String(error));
      return;
    }
    if (!answer) {
      if (bytes.length > longest) this.close("the answer is longer than a megabyte");
      // What was read stands where the next piece will come.
      else this.#kept = Buffer.from(bytes);
      return;
    }
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    this.#since = performance.now();
    // Whoever answers before everything was sent still reads from where the next body would be written.
    if (!answer.stays || this.#socket.writableLength > 0) this.close();
    resolve(this.#over ? { ...answer, stays: false } : answer);
  }

  #fail(error: Error): void {
    this.#over = true;
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }
}

/** Lets everything that a socket reads come into one buffer. */
function into(buffer: Buffer, take: (chunk: Buffer) => void): { buffer: Buffer; callback(length: number): boolean } {
  return {
    buffer,
    callback: (length) => {
      take(buffer.subarray(0, length));
      return true;
    },
  };
}
