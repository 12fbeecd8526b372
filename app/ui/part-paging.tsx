import { useLocation } from "@remix-run/react";
import { partHref } from "~/lib/page/part-place.ts";
import { KeysetPaging } from "./keyset-paging.tsx";

type PartPagingProps = {
  /** The parameter of the address that says where in this part one is. */
  name: string;
  page: { readonly nextCursor: string | null; readonly previousCursor: string | null };
  /** What the part is called, where a page has more than one. */
  label?: string;
};

/** Forwards and back in one part of a page; everything else on the page stays as it is. */
export function PartPaging({ name, page, label }: PartPagingProps) {
  const location = useLocation();
  const at = (cursor: string | null) => (cursor === null ? null : partHref(location, name, cursor));
  return <KeysetPaging previousHref={at(page.previousCursor)} nextHref={at(page.nextCursor)} label={label} />;
}
