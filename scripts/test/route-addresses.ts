import { ROUTES } from "../../server/trpc/authorization-table.ts";

/** An address of a route's file, whatever it finds there. */
function addressOf(file: string): string {
  const parts = file.replace(/\.tsx?$/, "").split(".");
  const named = parts.filter((part) => part !== "_shop" && part !== "_index").map((part) => part.replace(/_$/, ""));
  return `/${named.map((part) => (part === "$document" ? "terms" : part.startsWith("$") ? "none" : part)).join("/")}`;
}

/** One address of every route. */
export const ROUTE_ADDRESSES: readonly string[] = [...new Set(Object.keys(ROUTES).map(addressOf))];
