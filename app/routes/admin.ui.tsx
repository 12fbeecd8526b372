import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { ActionSamples } from "~/ui/gallery/action-samples.tsx";
import { ArtSamples } from "~/ui/gallery/art-samples.tsx";
import { FactSamples } from "~/ui/gallery/fact-samples.tsx";
import { FormSamples } from "~/ui/gallery/form-samples.tsx";
import { MessageSamples } from "~/ui/gallery/message-samples.tsx";
import { PriceSamples } from "~/ui/gallery/price-samples.tsx";
import { StatusSamples } from "~/ui/gallery/status-samples.tsx";
import { TableSamples } from "~/ui/gallery/table-samples.tsx";
import { TypeSamples } from "~/ui/gallery/type-samples.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  const url = new URL(args.request.url);
  return { locale: args.context.locale, sort: url.searchParams.get("sort"), direction: url.searchParams.get("dir") };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => pageMeta({ title: "UI", locale: data?.locale ?? "sv" });

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
      <ArtSamples />
    </div>
  );
}
