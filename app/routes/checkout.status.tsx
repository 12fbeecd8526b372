import type { LoaderFunctionArgs } from "@remix-run/node";
import { answer } from "~/lib/respond.ts";

/** What the return page asks each second: only looks, changes nothing. */
export function loader(args: LoaderFunctionArgs) {
  return answer(args, ({ caller }) =>
    caller.checkout.status({ ref: new URL(args.request.url).searchParams.get("ref") ?? "" }),
  );
}
