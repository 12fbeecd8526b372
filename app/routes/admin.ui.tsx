import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { Failure } from "~/lib/failure.ts";
import { requireStaff } from "~/lib/guard.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { ActionSamples } from "~/ui/gallery/action-samples.tsx";
import { ArtSamples } from "~/ui/gallery/art-samples.tsx";
import { FactSamples } from "~/ui/gallery/fact-samples.tsx";
import { FormSamples } from "~/ui/gallery/form-samples.tsx";
import { FrameSamples } from "~/ui/gallery/frame-samples.tsx";
import { MessageSamples } from "~/ui/gallery/message-samples.tsx";
import { MoneySamples } from "~/ui/gallery/money-samples.tsx";
import { PriceSamples } from "~/ui/gallery/price-samples.tsx";
import { StatusSamples } from "~/ui/gallery/status-samples.tsx";
import { TableSamples } from "~/ui/gallery/table-samples.tsx";
import { TypeSamples } from "~/ui/gallery/type-samples.tsx";

/** What an answer can be that is no page: `?failure=429` shows how it looks. */
const FAILURES = [403, 404, 409, 429, 500, 503];

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  const url = new URL(args.request.url);
  const failure = FAILURES.find((status) => String(status) === url.searchParams.get("failure"));
  if (failure) throw data<Failure>({ requestId: args.context.requestId, roles: ["finance"] }, { status: failure });
  return { locale: args.context.locale, sort: url.searchParams.get("sort"), direction: url.searchParams.get("dir") };
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  pageMeta({ title: "UI", locale: page?.locale ?? "sv" });

/** Every component in every state, in the language and theme chosen above: what a change of tokens is judged by. */
export default function Components() {
  const { sort, direction } = useLoaderData<typeof loader>();
  return (
    <div className="flex max-w-account flex-col gap-12 text-16">
      <h1 className="text-26">UI</h1>
      <TypeSamples />
      <ActionSamples />
      <FormSamples />
      <StatusSamples />
      <PriceSamples />
      <FactSamples />
      <TableSamples sort={sort} direction={direction === "desc" ? "desc" : "asc"} />
      <MessageSamples />
      <FrameSamples />
      <MoneySamples />
      <ArtSamples />
    </div>
  );
}
