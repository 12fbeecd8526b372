import type { MiddlewareHandler } from "hono";

/** A body larger than its limit: 413. */
export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
}

/** Reads a body of at most `limit` bytes, whatever Content-Length claims. Throws {@link BodyTooLarge} as soon as it is exceeded. */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw new BodyTooLarge();
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw new BodyTooLarge();
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks, size);
}

/**
 * Answers 413 to a body of more than `limit` bytes, also to one that does not say its length (a chunked one is read here
 * and handed on whole). The library's own middleware fails on those: it copies the request with the platform's
 * constructor, which does not take the server's.
 */
export function limitBody(limit: number, refusal: Readonly<Record<string, string>> = {}): MiddlewareHandler {
  return async (c, next) => {
    const { raw } = c.req;
    const tooLarge = () => c.json({ error: `The request is larger than ${limit / 1_000_000} MB.` }, 413, refusal);
    if (raw.headers.has("content-length") && !raw.headers.has("transfer-encoding")) {
      return Number(raw.headers.get("content-length")) > limit ? tooLarge() : next();
    }
    // Looks have none. To ask for it would make the platform's whole request of the server's.
    if (raw.method === "GET" || raw.method === "HEAD" || !raw.body) return next();
    try {
      const body = await readBody(raw, limit);
      const { url, method, headers, signal } = raw;
      c.req.raw = new Request(url, {
        method,
        headers,
        signal,
        ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
      });
    } catch (error) {
      if (error instanceof BodyTooLarge) return tooLarge();
      throw error;
    }
    return next();
  };
}
