/** What was asked for means nothing here (any more): a place in a list that has changed, a form that was filled in elsewhere. */
const UNREADABLE: ReadonlySet<number> = new Set([400, 409, 422]);

/** What the server says while it cannot reach its database. */
export const AWAY = "database.away";

export type ErrorName = "notFound" | "forbidden" | "tooMany" | "busy" | "away" | "unreadable" | "server";

/** What an answer (its status, and its code where it has one) is called on the page that is shown for it: the middle of `errors.….title`. */
export function errorName(status: number, code: string | null = null): ErrorName {
  if (UNREADABLE.has(status)) return "unreadable";
  switch (status) {
    case 404:
      return "notFound";
    case 403:
      return "forbidden";
    case 429:
      return "tooMany";
    case 503:
      return code === AWAY ? "away" : "busy";
    default:
      return "server";
  }
}
