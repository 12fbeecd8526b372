/** A request's headers, of the platform's kind or Node's own; names in lower case. */
export type HeaderReader = { get(name: string): string | null };

/** What vouched for a notification; `none`: a key alone. */
export type SignatureForm = "stripe v1" | "standard-webhooks v1" | "none";

/**
 * What is kept of the headers with which a notification came: what helps an operator, and nothing else. Never the signature
 * itself, a key, a cookie or an address. `signature-time` is the `t` of Stripe's signature, in seconds.
 */
const NAMES = [
  "user-agent",
  "content-type",
  "webhook-id",
  "webhook-timestamp",
  "signature-time",
  "signature-form",
] as const;
export type KeptHeaderName = (typeof NAMES)[number];

const LONGEST = 200;
const PRINTABLE = /^[ -~]+$/;

/**
 * The kept headers of one request as lines of `name: value`: each value cut after 200 characters, and left out when it is
 * not printable ASCII.
 */
export function keptHeaders(headers: HeaderReader, form: SignatureForm, signedAt: number | null = null): string {
  return NAMES.flatMap((name) => {
    const value = headerOf(name, headers, form, signedAt)?.slice(0, LONGEST);
    return value !== undefined && PRINTABLE.test(value) ? [`${name}: ${value}`] : [];
  }).join("\n");
}

function headerOf(name: KeptHeaderName, headers: HeaderReader, form: SignatureForm, signedAt: number | null) {
  if (name === "signature-form") return form;
  if (name === "signature-time") return signedAt === null ? undefined : String(signedAt);
  return headers.get(name) ?? undefined;
}

/**
 * {@link keptHeaders} for where many come in one second from one sender: the same headers again are the same
 * string as before, and nothing is made anew.
 */
export function headerKeeper(form: SignatureForm): (headers: HeaderReader, signedAt: number) => string {
  let agent: string | null = null;
  let type: string | null = null;
  let id: string | null = null;
  let timestamp: string | null = null;
  let time = Number.NaN;
  let text = "";
  return (headers, signedAt) => {
    const newAgent = headers.get("user-agent");
    const newType = headers.get("content-type");
    const newId = headers.get("webhook-id");
    const newTimestamp = headers.get("webhook-timestamp");
    if (signedAt !== time || newAgent !== agent || newType !== type || newId !== id || newTimestamp !== timestamp) {
      [agent, type, id, timestamp, time] = [newAgent, newType, newId, newTimestamp, signedAt];
      text = keptHeaders(headers, form, signedAt);
    }
    return text;
  };
}

/** As a list for a page, in one order; null where none were kept. */
export function shownHeaders(kept: string | null): { name: KeptHeaderName; value: string }[] | null {
  if (kept === null) return null;
  const lines = kept.split("\n");
  return NAMES.flatMap((name) => {
    const line = lines.find((one) => one.startsWith(`${name}: `));
    return line === undefined ? [] : [{ name, value: line.slice(name.length + 2) }];
  });
}
