import type { EntryContext } from "@remix-run/node";
import { MODULE_SCRIPTS_PLACE } from "~/ui/frame/module-scripts.tsx";

/** Stands where a page's own nonce comes in scripts that are kept. */
const NONCE = "{nonce}";
const MOST = 500;
const kept = new Map<string, readonly string[]>();

const PLACE = `<script type="${MODULE_SCRIPTS_PLACE}"></script>`;

/**
 * Puts the links and scripts that load a page's modules into the document. They are the same for every page of the same
 * routes but for the nonce, and were a third of its text: an element for each file and the routes' manifest. So they are rendered
 * once for each set of routes, by `render`.
 */
export function withModuleScripts(
  page: string,
  nonce: string,
  { staticHandlerContext: { matches } }: Pick<EntryContext, "staticHandlerContext">,
  render: (nonce: string) => string,
): string {
  const at = page.lastIndexOf(PLACE);
  if (at < 0) return page;
  const routes = matches.map(({ route }) => route.id).join(" ");
  let parts = kept.get(routes);
  if (!parts) {
    parts = render(NONCE).split(NONCE);
    if (kept.size < MOST) kept.set(routes, parts);
  }
  return page.slice(0, at) + parts.join(nonce) + page.slice(at + PLACE.length);
}
