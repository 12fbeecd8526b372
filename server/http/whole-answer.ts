import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";

type Whole = string | Uint8Array<ArrayBuffer>;

/**
 * An answer that is there as a whole: its text, or its bytes, go to the socket as they are, without a stream to be made of them
 * and read again (a tenth of the work of a page). For everybody else it is a Response like any other, whose body is made
 * when it is asked for.
 */
export class WholeAnswer extends Response {
  readonly whole: Whole;
  #streamed: Response | null = null;

  constructor(whole: Whole, init?: ResponseInit) {
    super(null, init);
    this.whole = whole;
  }

  get #plain(): Response {
    this.#streamed ??= new Response(this.whole);
    return this.#streamed;
  }

  override get body() {
    return this.#plain.body;
  }
  override get bodyUsed() {
    return this.#streamed?.bodyUsed ?? false;
  }
  override text(): Promise<string> {
    return this.#plain.text();
  }
  override json(): Promise<unknown> {
    return this.#plain.json();
  }
  override bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#plain.bytes();
  }
  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#plain.arrayBuffer();
  }
  override blob(): Promise<Blob> {
    return this.#plain.blob();
  }
  override formData(): Promise<FormData> {
    return this.#plain.formData();
  }
  override clone(): WholeAnswer {
    return new WholeAnswer(this.whole, this);
  }
}

/**
 * Writes an answer out if it is there as a whole, and gives what tells the adapter that it is done; any other answer comes back
 * as it is.
 */
export function sendWhole(answer: Response, outgoing: ServerResponse): Response {
  if (!(answer instanceof WholeAnswer) || answer.bodyUsed) return answer;
  const { whole, headers } = answer;
  const sent: Record<string, string | number | string[]> = { "content-length": Buffer.byteLength(whole) };
  for (const [name, value] of headers) sent[name] = value;
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) sent["set-cookie"] = cookies;
  outgoing.writeHead(answer.status, sent);
  outgoing.end(whole);
  return RESPONSE_ALREADY_SENT;
}
