import type { SearchHit } from "../../../server/reporting/search.ts";

/** Something that was opened from the command menu a moment ago. */
export type Recent = {
  readonly kind: SearchHit["kind"];
  readonly id: string;
  readonly label: string;
  readonly href: string;
};

const KEY = "office-recent";
const MOST = 6;

/** What was opened last, newest first. Kept for the browser's session only: it names people. */
export function readRecent(): Recent[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isRecent) : [];
  } catch {
    return [];
  }
}

export function keepRecent(opened: Recent): void {
  const others = readRecent().filter((one) => one.href !== opened.href);
  try {
    sessionStorage.setItem(KEY, JSON.stringify([opened, ...others].slice(0, MOST)));
  } catch {
    // A browser that keeps nothing has no recent things.
  }
}

function isRecent(value: unknown): value is Recent {
  return (
    typeof value === "object" &&
    value !== null &&
    ["kind", "id", "label", "href"].every((name) => typeof (value as Record<string, unknown>)[name] === "string") &&
    String((value as Recent).href).startsWith("/admin/")
  );
}
