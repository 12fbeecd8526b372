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

/**
 * Sends bodies over connections that stay open, written on sockets: a year of renewals is tens of thousands of deliveries, and a
 * client library costs more than everything else that is done for one. A redirect is an answer like any other, and is not followed.
 */
export class Poster {
  readonly #targets = new Map<string, Target>();

  async post(url: string, headers: Record<string, string>, body: Buffer): Promise<Answer> {
    const target = this.#targetOf(url);
    let head = target.opening;
    for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
    head += `Content-Length: ${body.length}\r\n\r\n`;
    const line = this.#lineTo(target);
    const timer = setTimeout(() => line.close(`no answer within ${patienceMs / 1000} s`), patienceMs);
    try {
      const answer = await line.ask(head, body);
      if (answer.stays) target.resting.push(line);
      return { status: answer.status, detail: answer.body.slice(0, shown) };
    } catch (error) {
      return { status: null, detail: error instanceof Error ? error.message : String(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  /** A connection that rests, or a new one. */
  #lineTo(target: Target): Line {
    while (true) {
      const line = target.resting.pop();
      if (!line) return new Line(target);
      if (line.rests) return line;
      line.close();
    }
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
    for (const { resting } of this.#targets.values()) for (const line of resting.splice(0)) line.close();
  }
}
