import { Scripts } from "@remix-run/react";
import { usePageFacts } from "~/lib/page/page-facts.tsx";

/** What stands in a rendered page until the server puts the scripts of its modules there. */
export const MODULE_SCRIPTS_PLACE = "application/x-module-scripts";

/** What loads the page's modules. The server renders it once for all pages of the same routes (`module-scripts.server.ts`). */
export function ModuleScripts() {
  const { nonce, part } = usePageFacts();
  return part === "page" ? <script type={MODULE_SCRIPTS_PLACE} /> : <Scripts nonce={nonce} />;
}
