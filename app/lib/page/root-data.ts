import { useRouteLoaderData } from "@remix-run/react";
import type { loader } from "~/root.tsx";

export type RootData = Awaited<ReturnType<typeof loader>>;

/** What the root loader found; undefined on error pages where it did not get that far. */
export function useRootData(): RootData | undefined {
  return useRouteLoaderData<typeof loader>("root");
}
