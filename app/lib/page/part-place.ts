/** The parameter of a timeline's place: a page may hold a list too, which has `cursor`. */
export const TIMELINE_PLACE = "happened";

/** Where in one part of a page its reader is: a parameter of its own in the address. */
export function partPlace(request: Request, name: string): { cursor?: string } {
  const cursor = new URL(request.url).searchParams.get(name);
  return cursor ? { cursor } : {};
}

/** The same page with another place in that part, opened where the part begins. */
export function partHref(
  { pathname, search }: { pathname: string; search: string },
  name: string,
  cursor: string,
): string {
  const parameters = new URLSearchParams(search);
  parameters.set(name, cursor);
  return `${pathname}?${parameters}#${name}`;
}
