import type { LoaderFunctionArgs } from "@remix-run/node";
import { robots } from "~/lib/page/sitemap.ts";

/** What crawlers may look at. */
export function loader({ context }: LoaderFunctionArgs) {
  return new Response(robots(context.baseUrl), {
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "public, max-age=86400" },
  });
}
