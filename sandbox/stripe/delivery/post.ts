import { Agent, type IncomingMessage, type RequestOptions, request } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import { urlToHttpOptions } from "node:url";

export interface Answer {
  /** Null when there was none. */
  status: number | null;
  detail: string;
}

/** How long a receiver may take. */
const patienceMs = 20_000;
const shown = 500;

/** Sends bodies over connections that stay open. A redirect is an answer like any other, and is not followed. */
export class Poster {
  readonly #plain: Agent;
  readonly #tls: TlsAgent;
  readonly #targets = new Map<string, RequestOptions>();

  constructor(connections: number) {
    this.#plain = new Agent({ keepAlive: true, maxSockets: connections });
    this.#tls = new TlsAgent({ keepAlive: true, maxSockets: connections });
  }

  /** Where an address leads; looked at once, not with every delivery. */
  #targetOf(url: string): RequestOptions {
    const known = this.#targets.get(url);
    if (known) return known;
    const address = new URL(url);
    const tls = address.protocol === "https:";
    const target: RequestOptions = {
      ...urlToHttpOptions(address),
      method: "POST",
      agent: tls ? this.#tls : this.#plain,
    };
    this.#targets.set(url, target);
    return target;
  }

  post(url: string, headers: Record<string, string>, body: string): Promise<Answer> {
    return new Promise((resolve) => {
      const target = this.#targetOf(url);
      const options = { ...target, headers: { ...headers, "Content-Length": Buffer.byteLength(body) } };
      const take = (response: IncomingMessage) => {
        let detail = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          if (detail.length < shown) detail += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? null, detail: detail.slice(0, shown) }));
        response.on("error", (error) => resolve({ status: null, detail: error.message }));
      };
      const sent = target.protocol === "https:" ? tlsRequest(options, take) : request(options, take);
      const timer = setTimeout(() => sent.destroy(new Error(`no answer within ${patienceMs / 1000} s`)), patienceMs);
      sent.on("error", (error) => resolve({ status: null, detail: error.message }));
      sent.on("close", () => clearTimeout(timer));
      sent.end(body);
    });
  }

  close(): void {
    this.#plain.destroy();
    this.#tls.destroy();
  }
}
