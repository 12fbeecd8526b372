/** The pages and doors that are counted by their own name. */
const COUNTED: readonly string[] = [
  "assets",
  "admin",
  "account",
  "products",
  "cart",
  "checkout",
  "medlemskap",
  "membership",
  "healthz",
  "readyz",
  "metrics",
];

/** A closed list of labels: the first path segment of what we serve, never an id. */
export function routeLabel(path: string): string {
  const [, first = "", second = ""] = path.split("/");
  if (first === "api") return `/api/${second}`;
  const page = first.replace(/\.data$/, "");
  if (COUNTED.includes(page)) return `/${page}`;
  return first === "" ? "/" : "other";
}
