/** The address of a list: its filters and place are parameters, so that a view can be linked, reloaded and gone back to. */
export type ListPage = {
  readonly cursor: string | undefined;
  /** A filter's value; undefined when it is absent or empty. */
  filter(name: string): string | undefined;
  /** A filter's value if it is one of the words. */
  choice<const Word extends string>(name: string, words: readonly Word[]): Word | undefined;
  nextHref(cursor: string | null): string | null;
  /** Back to the top of the list, when this is not it. */
  readonly firstHref: string | null;
  readonly filtered: boolean;
};

export function listPage(request: Request): ListPage {
  const { pathname, searchParams } = new URL(request.url);
  const filter = (name: string) => searchParams.get(name)?.trim() || undefined;
  const at = (cursor: string | null) => {
    const parameters = new URLSearchParams(
      [...searchParams].filter(([name, value]) => name !== "cursor" && value !== ""),
    );
    if (cursor !== null) parameters.set("cursor", cursor);
    return parameters.size > 0 ? `${pathname}?${parameters}` : pathname;
  };
  const cursor = filter("cursor");
  return {
    cursor,
    filter,
    choice: (name, words) => words.find((word) => word === filter(name)),
    nextHref: (next) => (next === null ? null : at(next)),
    firstHref: cursor === undefined ? null : at(null),
    filtered: [...searchParams].some(([name, value]) => name !== "cursor" && value !== ""),
  };
}
