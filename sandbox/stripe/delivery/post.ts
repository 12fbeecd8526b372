import { Agent, type IncomingMessage, request } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";

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

  constructor(connections: number) {
    this.#plain = new Agent({ keepAlive: true, maxSockets: connections });
    this.#tls = new TlsAgent({ keepAlive: true, maxSockets: connections });
  }

  post(url: string, headers: Record<string, string>, body: string): Promise<Answer> {
    return new Promise((resolve) => {
      const address = new URL(url);
      const options = { method: "POST", headers: { ...headers, "Content-Length": Buffer.byteLength(body) } };
      const take = (response: IncomingMessage) => {
        let detail = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          if (detail.length < shown) detail += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? null, detail: detail.slice(0, shown) }));
        response.on("error", (error) => resolve({ status: null, detail: error.message }));
      };
      const sent =
        address.protocol === "https:"
          ? tlsRequest(address, { ...options, agent: this.#tls }, take)
          : request(address, { ...options, agent: this.#plain }, take);
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
