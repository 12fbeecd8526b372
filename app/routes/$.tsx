import type { LoaderFunctionArgs } from "@remix-run/node";
import { data } from "@remix-run/node";
import type { Failure } from "~/lib/failure.ts";

/** Every address that leads nowhere. */
export function loader({ context }: LoaderFunctionArgs) {
  throw data<Failure>({ requestId: context.requestId }, { status: 404 });
}

export function action({ context }: LoaderFunctionArgs) {
  throw data<Failure>({ requestId: context.requestId }, { status: 404 });
}

export default function NothingHere() {
  return null;
}
