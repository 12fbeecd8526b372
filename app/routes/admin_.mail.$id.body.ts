import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireStaff } from "~/lib/guard.ts";
import { answer } from "~/lib/respond.ts";

/** Nothing runs and nothing is fetched in it: only the mail's own inline look, and only inside our own page. */
const POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

/** A mail's stored HTML as a document of its own, for the frame on the mail page. */
export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const { html } = await caller.messaging.emails.get({ id: args.params.id ?? "" });
    return new Response(html, {
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": POLICY,
        "X-Frame-Options": "SAMEORIGIN",
        "Cache-Control": "no-store",
      },
    });
  });
}
