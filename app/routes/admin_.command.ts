import { data, type LoaderFunctionArgs } from "@remix-run/node";
import { requireStaff } from "~/lib/guard.ts";
import { listPage } from "~/lib/list-page.ts";
import { answer } from "~/lib/respond.ts";

/** What the command menu asks while somebody types. */
export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const query = (listPage(args.request).filter("q") ?? "").slice(0, 200);
    const hits = query.length < 2 ? [] : await caller.overview.search({ q: query });
    return data({ query, hits }, { headers: { "Cache-Control": "no-store" } });
  });
}
