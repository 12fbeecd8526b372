/** The two ways in which a browser sends a form. */
const FORM = /^(application\/x-www-form-urlencoded\b|multipart\/form-data\s*;.*\bboundary=)/i;

/** Whether a page could read this: it changes nothing, or brings a form. The actions of pages read nothing else. */
export function isVisitOrForm(request: Request): boolean {
  if (request.method === "GET" || request.method === "HEAD") return true;
  return FORM.test(request.headers.get("content-type") ?? "");
}
