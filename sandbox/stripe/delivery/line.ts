import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { type Received, readAnswer } from "./answer.ts";

/** How long a connection that rests is used again: receivers close theirs after some seconds. */
const restsMs = 1_000;
/** Nobody reads an answer beyond this. */
const longest = 1_000_000;

export interface Place {
  host: string;
  port: number;
  tls: boolean;
}

/** A connection that is asked one thing at a time. */
export class Line {
  readonly #socket: Socket;
  #bytes: Buffer | undefined;
  #waiting: { resolve(answer: Received): void; reject(error: Error): void } | undefined;
  #restingSince = 0;
  #over = false;

  constructor({ host, port, tls }: Place) {
    this.#socket = tls
      ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }) })
      : connect({ host, port });
    this.#socket.setNoDelay(true);
    this.#socket.on("data", (chunk: Buffer) => this.#take(chunk));
    this.#socket.on("end", () => this.#end());
    this.#socket.on("error", (error: NodeJS.ErrnoException) => this.#fail(new Error(error.message || error.code)));
    this.#socket.on("close", () => this.#fail(new Error("the receiver closed the connection")));
  }

  /** Whether it can be asked again. */
  get rests(): boolean {
    return !this.#over && this.#waiting === undefined && performance.now() - this.#restingSince < restsMs;
  }

  /** Rejects when there is no answer, or one that cannot be read. */
  ask(head: string, body: Buffer): Promise<Received> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.cork();
      this.#socket.write(head, "latin1");
      this.#socket.write(body);
      this.#socket.uncork();
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
    this.#bytes = this.#bytes === undefined ? chunk : Buffer.concat([this.#bytes, chunk]);
    this.#read(this.#bytes.length > longest);
  }

  #end(): void {
    this.#read(true);
    this.close("the receiver closed the connection");
  }

  /** Hands over the answer when all of it is there. */
  #read(ended: boolean): void {
    if (this.#bytes === undefined || !this.#waiting) return;
    let answer: Received | undefined;
    try {
      answer = readAnswer(this.#bytes, ended);
    } catch (error) {
      this.close(error instanceof Error ? error.message : String(error));
      return;
    }
    if (!answer) {
      if (this.#bytes.length > longest) this.close("the answer is longer than a megabyte");
      return;
    }
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    this.#bytes = undefined;
    this.#restingSince = performance.now();
    if (!answer.stays) this.close();
    resolve(answer);
  }

  #fail(error: Error): void {
    this.#over = true;
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }
}
