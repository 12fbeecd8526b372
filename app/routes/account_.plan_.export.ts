import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireSignedIn } from "~/lib/guard.ts";
import { answer } from "~/lib/respond.ts";

/** What there is of an organization as a JSON file, where its plan includes that. */
export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, businessNow }) => {
    const organizationId = new URL(args.request.url).searchParams.get("organization") ?? "";
    const exported = await caller.entitlements.export({ organizationId });
    const day = businessNow.toISOString().slice(0, 10);
    return new Response(JSON.stringify(exported, null, 2), {
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Disposition": `attachment; filename="organization-${day}.json"`,
        "Cache-Control": "no-store",
      },
    });
  });
}
