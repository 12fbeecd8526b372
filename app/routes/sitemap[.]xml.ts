import type { LoaderFunctionArgs } from "@remix-run/node";
import { sitemap } from "~/lib/page/sitemap.ts";

/** Every page that may be found, for search engines: what is sold now and the pages of text, in both languages. */
export async function loader({ context: { caller, baseUrl, locale } }: LoaderFunctionArgs) {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await caller.catalog.products.list({ kind: "merchandise", locale, limit: 60, cursor });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return new Response(sitemap(baseUrl, ids), {
    headers: { "Content-Type": "application/xml; charset=utf-8", "Cache-Control": "public, max-age=3600" },
  });
}
