const OWN_PAGES = /^\/(account|admin|order|withdraw|card|checkout)\b/;

/** Whether a page is of one person, or of whoever holds a mailed link. */
export function isOwnPage(pathname: string): boolean {
  return OWN_PAGES.test(pathname);
}

/** Keeps an answer out of every cache, also of a browser that somebody signs out of. A route that said itself how long it may be kept is believed. */
export function unkept(response: Response): Response {
  if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "no-store");
  return response;
}
