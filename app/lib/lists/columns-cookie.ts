const SHAPE = /^[a-z][a-zA-Z]{0,30}$/;

/** The cookie that remembers which columns of a list somebody wants to see. */
export function columnsCookie(list: string): string {
  return `columns-${list}`;
}

/** The chosen columns; null when nothing usable was chosen, which means all. */
export function readColumns(value: string | undefined): readonly string[] | null {
  const names = (value ?? "").split(".").filter((name) => SHAPE.test(name));
  return names.length > 0 ? names.slice(0, 40) : null;
}

export function writeColumns(names: readonly string[]): string {
  return names.filter((name) => SHAPE.test(name)).join(".");
}
