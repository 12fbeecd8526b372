import { lookup } from "node:dns";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { AnnouncementSender, OutgoingMessage, SendOutcome } from "../../announcements/sender.ts";
import { isPublicAddress } from "./public-address.ts";

const TIMEOUT_MS = 10_000;
class NotAllowed extends Error {}

/**
 * Sends announcements to addresses that people have typed in. Outside the sandbox https and public addresses only: every
 * address that a name resolves to is checked, and the checked one is connected to, so a name that changes its mind in
 * between gains nothing. Redirects are not followed. Of an answer nothing but its status is read.
 */
export function createAnnouncementSender(options: {
  /** In the sandbox the other installation stands on the same machine. */
  readonly allowPrivate: boolean;
  readonly resolve?: typeof lookup;
  readonly timeoutMs?: number;
}): AnnouncementSender {
  const accepts = (url: string) => isAccepted(url, options.allowPrivate);
  const guarded = guardedLookup(options.resolve ?? lookup, options.allowPrivate);
  return {
    accepts,
    async send(message) {
      if (!accepts(message.url)) return { ok: false, status: null, problem: "not_allowed" };
      try {
        return outcomeOf(await post(message, guarded, options.timeoutMs ?? TIMEOUT_MS));
      } catch (error) {
        return { ok: false, status: null, problem: problemOf(error) };
      }
    },
  };
}

function isAccepted(text: string, allowPrivate: boolean): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return false;
  if (allowPrivate) return url.protocol === "https:" || url.protocol === "http:";
  if (url.protocol !== "https:") return false;
  // A name is resolved and checked when it is connected to; an address stands there already.
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return isIP(host) === 0 ? host.includes(".") : isPublicAddress(host);
}

function guardedLookup(resolve: typeof lookup, allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, "", 0);
      const found = addresses.filter(({ address }) => allowPrivate || isPublicAddress(address));
      const [first] = found;
      // One private address among several is a trap, not a choice.
      if (!first || found.length !== addresses.length) return callback(new NotAllowed("not a public address"), "", 0);
      return options.all ? callback(null, found) : callback(null, first.address, first.family);
    });
  };
}

function post(message: OutgoingMessage, guarded: LookupFunction, timeoutMs: number): Promise<number> {
  const url = new URL(message.url);
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const headers = { ...message.headers, "content-length": String(Buffer.byteLength(message.body)) };
    const sent = request(
      url,
      { method: "POST", headers, lookup: guarded, agent: false, signal: AbortSignal.timeout(timeoutMs) },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        answer.destroy();
      },
    );
    sent.on("error", reject);
    sent.end(message.body);
  });
}

function outcomeOf(status: number): SendOutcome {
  if (status >= 200 && status < 300) return { ok: true, status };
  const problem = status >= 300 && status < 400 ? "redirect" : status < 500 ? "refused" : "failed";
  return { ok: false, status, problem };
}

function problemOf(error: unknown) {
  if (error instanceof NotAllowed) return "not_allowed" as const;
  const name = error instanceof Error ? error.name : "";
  return name === "AbortError" || name === "TimeoutError" ? ("timeout" as const) : ("no_answer" as const);
}
