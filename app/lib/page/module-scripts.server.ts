import type { EntryContext } from "@remix-run/node";
import { MODULE_SCRIPTS_PLACE } from "~/ui/frame/module-scripts.tsx";
import type { PagePart } from "./page-bytes.server.ts";

/** Stands where a page's own nonce comes in scripts that are kept. */
const NONCE = "{nonce}";
const MOST = 500;
const kept = new Map<string, readonly Uint8Array[]>();

const PLACE = `<script type="${MODULE_SCRIPTS_PLACE}"></script>`;

/** A document before and after the place of its modules' scripts; null when it has none. */
export function aroundModuleScripts(page: string): readonly [before: string, after: string] | null {
  const at = page.lastIndexOf(PLACE);
  return at < 0 ? null : [page.slice(0, at), page.slice(at + PLACE.length)];
}

/**
 * The links and scripts that load a page's modules. They are the same for every page of the same routes but for the nonce,
 * and were a third of its text: an element for each file and the routes' manifest. So they are rendered once for each set of
 * routes, by `render`.
 */
export function moduleScripts(
  nonce: string,
  { staticHandlerContext: { matches } }: Pick<EntryContext, "staticHandlerContext">,
  render: (nonce: string) => string,
): readonly PagePart[] {
  const routes = matches.map(({ route }) => route.id).join(" ");
  let parts = kept.get(routes);
  if (!parts) {
    parts = render(NONCE)
      .split(NONCE)
      .map((part) => Buffer.from(part));
    if (kept.size < MOST) kept.set(routes, parts);
  }
  return parts.flatMap((part, place) => (place === 0 ? [part] : [nonce, part]));
}
