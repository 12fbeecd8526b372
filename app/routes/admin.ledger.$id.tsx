import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { requireStaff } from "~/lib/guard.ts";

/** An account by its id: its entries, in the list of all of them. */
export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return redirect(`/admin/ledger/entries?account=${encodeURIComponent(args.params.id ?? "")}`);
}
