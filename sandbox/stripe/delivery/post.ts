import { Line, type Place } from "./line.ts";

export interface Answer {
  /** Null when there was none. */
  status: number | null;
  detail: string;
}

/** How long a receiver may take. */
const patienceMs = 20_000;
const shown = 500;

interface Target extends Place {
  /** The first lines of every request there. */
  opening: string;
  resting: Line[];
}

/** What stands before a body, made for the very bytes that are sent. */
export type HeadersFor = (body: Buffer) => Record<string, string>;

/**
 * Sends texts over connections that stay open, written on sockets: a year of renewals is tens of thousands of deliveries, and for one
 * undici's pool takes half as much processor time again, and node's own client two and a half times as much. A redirect is an
 * answer like any other, and is not followed.
 */
export class Poster {
  readonly #targets = new Map<string, Target>();
  readonly #lines = new Set<Line>();
  #patrol: NodeJS.Timeout | undefined;

  async post(url: string, text: string, headersFor: HeadersFor): Promise<Answer> {
    const target = this.#targetOf(url);
    const line = this.#lineTo(target);
    try {
      const answer = await line.ask(text, (body) => headOf(target.opening, headersFor(body), body.length));
      if (answer.stays) target.resting.push(line);
      return { status: answer.status, detail: answer.body.slice(0, shown) };
    } catch (error) {
      return { status: null, detail: error instanceof Error ? error.message : String(error) };
    }
  }

  /** A connection that rests, or a new one. */
  #lineTo(target: Target): Line {
    while (true) {
      const line = target.resting.pop();
      if (!line) return this.#open(target);
      if (line.rests) return line;
      line.close();
    }
  }

  #open(target: Target): Line {
    const line = new Line(target);
    this.#lines.add(line);
    // One look at all of them now and then, for a clock of its own would cost every delivery.
    this.#patrol ??= setInterval(() => this.#look(), 1_000).unref();
    return line;
  }

  /** Gives up on whoever has not answered for too long. */
  #look(): void {
    for (const line of this.#lines) {
      if (line.waitsLonger(patienceMs)) line.close(`no answer within ${patienceMs / 1000} s`);
      if (line.isOver) this.#lines.delete(line);
    }
    if (this.#lines.size > 0) return;
    clearInterval(this.#patrol);
    this.#patrol = undefined;
  }

  /** Where an address leads; looked at once, not with every delivery. */
  #targetOf(url: string): Target {
    const known = this.#targets.get(url);
    if (known) return known;
    const address = new URL(url);
    const tls = address.protocol === "https:";
    const { username, password } = address;
    const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
    const signIn = username === "" ? "" : `Authorization: Basic ${credentials.toString("base64")}\r\n`;
    const target: Target = {
      host: address.hostname.replace(/^\[|\]$/g, ""),
      port: Number(address.port) || (tls ? 443 : 80),
      tls,
      opening: `POST ${address.pathname}${address.search} HTTP/1.1\r\nHost: ${address.host}\r\nConnection: keep-alive\r\n${signIn}`,
      resting: [],
    };
    this.#targets.set(url, target);
    return target;
  }

  close(): void {
    clearInterval(this.#patrol);
    this.#patrol = undefined;
    for (const line of this.#lines) line.close();
    this.#lines.clear();
    for (const { resting } of this.#targets.values()) resting.length = 0;
  }
}

function headOf(opening: string, headers: Record<string, string>, length: number): string {
  let head = opening;
  for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
  return `${head}Content-Length: ${length}\r\n\r\n`;
}
