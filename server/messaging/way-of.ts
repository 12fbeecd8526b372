import type { Links } from "../kernel/links.ts";
import type { SecretLink } from "./secret-link.ts";
import { SECRET_LINK } from "./secret-placeholder.ts";

/** Where a mail leads: what stands in it, and what its secret link is for; null: it has none. */
export type Way = { readonly url: string; readonly link: SecretLink | null };

/** To a page of the account of whoever bought, or by the link of their order where they have none. `page`: its path. */
export function wayOf(links: Links, of: { userId: string | null; checkoutId: string }, page: string): Way {
  if (of.userId === null) return { url: SECRET_LINK, link: { purpose: "view_order", checkoutId: of.checkoutId } };
  return { url: links.absolute(page), link: null };
}
