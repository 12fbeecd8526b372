import type { Hono } from "hono";
import { readMediaFile } from "../catalog/index.ts";
import type { Runtime } from "../wire.ts";

const YEAR = "public, max-age=31536000, immutable";

/**
 * Uploaded pictures, for everybody. The id is made of the content, so what is shown under it never changes: browsers keep
 * it for a year. Only what was found to be a picture when it came is kept, it says which kind, and a browser neither
 * guesses another nor runs anything in it.
 */
export function mediaEndpoint(app: Hono, runtime: Runtime): void {
  app.get("/media/:id{img_[0-9a-f]{32}}", async (c) => {
    const id = c.req.param("id");
    const headers = {
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": YEAR,
      ETag: `"${id}"`,
      "Content-Security-Policy": "default-src 'none'; sandbox",
      // A logo stands in mails, which are read on pages of others.
      "Cross-Origin-Resource-Policy": "cross-origin",
    };
    if (c.req.header("if-none-match") === headers.ETag) return c.body(null, 304, headers);
    const ctx = runtime.ctx({ kind: "anonymous", tokens: [] }, String(c.get("requestId" as never)));
    const file = await readMediaFile(ctx, id);
    if (!file) return c.notFound();
    return c.body(new Uint8Array(file.bytes), 200, { ...headers, "Content-Type": file.type });
  });
}
