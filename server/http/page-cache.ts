import { WholeAnswer } from "./whole-answer.ts";

/** How long a document is shown to others after its rendering began, in milliseconds of real time. */
const FRESH_MS = 500;
const MOST_ENTRIES = 200;
const MOST_BYTES = 16_000_000;
/** How many pages are remembered by who asked for them once, and how long, in milliseconds of real time. */
const MOST_ASKED = 2_000;
const ASKED_MS = 60_000;

/** What differs between two visitors' copies of one document: both are random, so they stand nowhere else in it. */
export type Marks = { readonly nonce: string; readonly requestId: string };

type Document = {
  readonly headers: [string, string][];
  /** As it was rendered, under the marks of who asked first. */
  readonly body: Buffer<ArrayBuffer>;
  /** The same around the places of the marks: looked for when a second visitor comes, which most pages never see. */
  readonly parts: () => readonly (Uint8Array | keyof Marks)[];
};
type Entry = {
  readonly renderedAt: number;
  readonly document: Promise<Document | null>;
  bytes: number;
  asked: boolean;
};

export type PageCache = {
  /**
   * The document for `key` with the visitor's own marks: a fresh one, or what `render` makes under these marks. The
   * request id must be of our making: one from outside could be a word of the page.
   */
  answer(key: string, own: Marks, render: () => Promise<Response>): Promise<Response>;
};

/**
 * Documents that every visitor without a session and a cart gets alike. One is kept for half a second after its rendering
 * began, so that with the shop's window (a quarter) a changed price, a campaign's beginning and its end show within a
 * second in every process without anybody being told. Requests that come while a document is being rendered wait for
 * it. Only a 200 in HTML that sets no cookie is kept; everything else is rendered for each. Bounded in number and bytes.
 * A page that nobody else asked for within a minute is not kept: most are asked for once, and holding on to their text was
 * a good part of what such a page costs.
 */
export function createPageCache(monotonicNow: () => number = () => performance.now()): PageCache {
  const entries = new Map<string, Entry>();
  const askedAt = new Map<string, number>();
  let bytes = 0;

  /** Whether somebody asked for the page before; notes that somebody does. */
  const wasAsked = (key: string): boolean => {
    const now = monotonicNow();
    const before = askedAt.get(key);
    askedAt.delete(key);
    askedAt.set(key, now);
    for (const oldest of askedAt.keys()) {
      if (askedAt.size <= MOST_ASKED) break;
      askedAt.delete(oldest);
    }
    return before !== undefined && now - before <= ASKED_MS;
  };

  const isFresh = (entry: Entry) => monotonicNow() - entry.renderedAt <= FRESH_MS;
  const drop = (key: string, entry: Entry) => {
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    bytes -= entry.bytes;
  };
  const makeRoom = () => {
    for (const [key, entry] of entries)
      if (!isFresh(entry) || entries.size > MOST_ENTRIES || bytes > MOST_BYTES) drop(key, entry);
  };

  return {
    async answer(key, own, render) {
      const known = entries.get(key);
      if (known && isFresh(known)) {
        known.asked = true;
        const document = await known.document;
        return document ? copy(document, own) : render();
      }
      if (known) drop(key, known);
      const settled = Promise.withResolvers<Document | null>();
      const entry: Entry = { renderedAt: monotonicNow(), document: settled.promise, bytes: 0, asked: wasAsked(key) };
      entries.set(key, entry);
      makeRoom();
      try {
        const response = await render();
        if (!entry.asked || !mayBeShared(response)) {
          drop(key, entry);
          settled.resolve(null);
          return response;
        }
        const document = await documentOf(response, own);
        if (entries.get(key) === entry) {
          entry.bytes = document.body.byteLength;
          bytes += entry.bytes;
        }
        settled.resolve(document);
        return answerWith(document.body, document);
      } catch (error) {
        drop(key, entry);
        settled.resolve(null);
        throw error;
      }
    },
  };
}

function mayBeShared({ status, headers }: Response): boolean {
  return status === 200 && headers.get("content-type")?.startsWith("text/html") === true && !headers.has("set-cookie");
}

async function documentOf(response: Response, marks: Marks): Promise<Document> {
  const whole = response instanceof WholeAnswer ? response.whole : await response.arrayBuffer();
  const body = typeof whole === "string" ? Buffer.from(whole) : wrapped(whole);
  const headers = [...response.headers].filter(([name]) => name !== "x-request-id" && name !== "content-length");
  let found: ReturnType<Document["parts"]> | null = null;
  return { headers, body, parts: () => (found ??= partsOf(body, marks)) };
}

/** The same bytes as a Buffer, not a copy of them. */
function wrapped(whole: ArrayBuffer | Uint8Array<ArrayBuffer>): Buffer<ArrayBuffer> {
  if (whole instanceof ArrayBuffer) return Buffer.from(whole);
  return Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength);
}

function partsOf(body: Buffer<ArrayBuffer>, marks: Marks): (Uint8Array | keyof Marks)[] {
  return body
    .toString()
    .split(new RegExp(`(${marks.nonce}|${marks.requestId})`))
    .map((part) => (part === marks.nonce ? "nonce" : part === marks.requestId ? "requestId" : Buffer.from(part)));
}

function copy(document: Document, own: Marks): Response {
  const parts = document.parts().map((part) => (typeof part === "string" ? Buffer.from(own[part]) : part));
  return answerWith(Buffer.concat(parts), document);
}

function answerWith(body: Buffer<ArrayBuffer>, { headers }: Pick<Document, "headers">): Response {
  const response = new WholeAnswer(body, { headers });
  response.headers.set("Content-Length", String(body.byteLength));
  return response;
}
