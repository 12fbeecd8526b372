import { AsyncLocalStorage } from "node:async_hooks";
import pino, { type DestinationStream, type Logger } from "pino";
import { logOutput } from "./log-output.ts";

export type Log = Logger;

const requests = new AsyncLocalStorage<{ requestId: string }>();

/** Everything logged inside `work`, however deep, carries the request's id. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return requests.run({ requestId }, work);
}

export function currentRequestId(): string | undefined {
  return requests.getStore()?.requestId;
}

/** Field names whose value never reaches a log, at any depth up to four: secrets, card data, personal data. */
const SECRET_FIELDS = [
  "password",
  "passwordHash",
  "token",
  "tokenHash",
  "secret",
  "clientSecret",
  "client_secret",
  "apiKey",
  "authorization",
  "Authorization",
  "cookie",
  "set-cookie",
  "stripe-signature",
  "cvc",
  "email",
  "emailNormalized",
  "phone",
  "address",
  "shippingAddress",
  "html",
  "text",
  "body",
  "rawBody",
  "payload",
];
/** Words for things as well as for people and cards: what they hold, and under what, says which. */
const DOUBTFUL_FIELDS = ["name", "number", "to"];
const PERSONAL_PARENTS = [
  ...["user", "customer", "member", "buyer", "guest", "person", "owner", "recipient", "contact", "payer"],
  ...["card", "cardholder", "address", "shippingAddress", "shipping", "billing", "billing_details"],
];
/** A name of ours: `audit.keep-chain`, `price_TEST123`, `2026-11`. */
const MACHINE_WORD = /^[\w]+([._:/#-][\w]+)*$/;

/** What is logged in place of a field's value. Doubtful fields keep numbers that are no card's, and names that are no person's. */
function censored(value: unknown, path: readonly (string | symbol)[]): unknown {
  const [parent, field] = [path.at(-2), path.at(-1)].map((part) => String(part ?? ""));
  if (!DOUBTFUL_FIELDS.includes(field ?? "") || PERSONAL_PARENTS.includes(parent ?? "")) return REDACTED;
  if (typeof value === "number") return String(value).length < 13 ? value : REDACTED;
  if (typeof value !== "string") return value === null || typeof value === "boolean" ? value : REDACTED;
  const harmless =
    MACHINE_WORD.test(value) && redactText(value) === value && (field !== "name" || !/^[A-ZÅÄÖ]/.test(value));
  return harmless ? value : REDACTED;
}

const REDACTED = "[redacted]";
/** A wildcard does not say what it stood for, so these are written out. */
const personal = PERSONAL_PARENTS.flatMap((parent) =>
  DOUBTFUL_FIELDS.flatMap((field) => [`${parent}.${field}`, `*.${parent}.${field}`]),
);
const paths = [...SECRET_FIELDS, ...DOUBTFUL_FIELDS].flatMap((field) => {
  const key = field.includes("-") ? `["${field}"]` : field;
  const dotted = (prefix: string) => (key.startsWith("[") ? `${prefix}${key}` : `${prefix}.${key}`);
  return [key, dotted("*"), dotted("*.*"), dotted("*.*.*")];
});

/** Card-like numbers, provider secrets and bearer tokens inside free text (an error message, a URL). */
const IN_TEXT =
  /\b(?:\d[ -]?){13,19}\b|\b(?:sk|rk|whsec)_[A-Za-z0-9_]{8,}|\bkv_(?:live|test)_[\w-]{8,}|\bBearer\s+\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]+|([?&](?:token|ref|session_id)=)[^&\s"]+/g;

/** The values of a statement that failed, which the query builder repeats in its message: a password's hash, a mail's text. */
const STATEMENT_VALUES = /(Failed query: [\s\S]*?\nparams: )[\s\S]*/;

/** Longest text that is searched and written, in characters: the search for addresses takes the square of a word's length. */
const LONGEST = 16_384;

/** Free text without secrets and addresses, and without its end where it is longer than a log line can be. */
export function redactText(text: string): string {
  return redactPatterns(bounded(text).replace(STATEMENT_VALUES, "$1[redacted]"));
}

function bounded(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} … (${text.length} characters)` : text;
}

function redactPatterns(text: string): string {
  return text.replace(IN_TEXT, (_match, prefix: string | undefined) => (prefix ? `${prefix}[redacted]` : "[redacted]"));
}

/**
 * The process's log: JSON lines on standard output, with the request id that {@link withRequestId} carries. Secrets and
 * personal data are redacted by field name, and free text by pattern; line breaks are encoded by JSON.
 */
export function createLog(options: {
  process: string;
  level: string;
  debug?: readonly string[];
  destination?: DestinationStream;
}): Log {
  const settings: pino.LoggerOptions = {
    level: options.debug?.length ? "debug" : options.level,
    base: { process: options.process },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // A copy: pino writes each line's own fields into what it is given, and the next line would have them too.
    mixin: () => ({ ...requests.getStore() }),
    redact: { paths: [...personal, ...paths], censor: censored },
    serializers: { err: serializeError },
    hooks: {
      logMethod(args, method, level) {
        const text = args.map((arg: unknown) => (typeof arg === "string" ? redactText(arg) : arg)) as Parameters<
          typeof method
        >;
        if (level === 20 && !debugWanted(args[0], options.debug ?? [])) return;
        method.apply(this, text);
      },
    },
  };
  return pino(settings, options.destination ?? logOutput());
}

/** `DEBUG=stripe:*,billing:*`: a debug line names its `area` and is written when a pattern matches it; without patterns all are. */
function debugWanted(first: unknown, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return true;
  const area = typeof first === "object" && first !== null && "area" in first ? String(first.area) : "";
  return patterns.some((p) => (p.endsWith("*") ? area.startsWith(p.slice(0, -1).replace(/:$/, "")) : area === p));
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const message = redactText(error.message);
  return {
    type: error.name,
    message,
    // The message stands at the head of the stack; what follows it are our own lines.
    stack:
      error.stack === undefined
        ? undefined
        : redactPatterns(bounded(error.stack.replace(error.message, () => message))),
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    ...(error.cause instanceof Error ? { cause: serializeError(error.cause) } : {}),
  };
}
