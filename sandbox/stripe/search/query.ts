import { invalid } from "../api/errors.ts";

/** How a field is compared. */
type Sign = ":" | "~" | ">" | "<" | ">=" | "<=";

export interface Clause {
  field: string;
  sign: Sign;
  /** Null asks for what is not there. */
  value: string | null;
  negated: boolean;
}

export interface Query {
  clauses: Clause[];
  /** Whether one clause is enough. */
  any: boolean;
}

const cannotParse = () =>
  invalid(
    'We were unable to parse your search query. Try using the format `metadata["key"]:"value"` to query for metadata or key:"value" to query for other fields.',
    "query",
  );

const clause =
  /^\s*(-?)([a-z_]+(?:\.[a-z0-9_]+)*(?:\[(?:"[^"]+"|'[^']+')\])?)\s*(:|~|>=|<=|>|<)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|-?\d+(?:\.\d+)?|true|false|null)/i;
const joined = /^\s+(and|or)(?=\s)/i;

function asValue(written: string): string | null {
  if (written === "null") return null;
  return /^["']/.test(written) ? written.slice(1, -1).replace(/\\(.)/g, "$1") : written;
}

/** `metadata['k']` and `metadata["k"]` name the same. */
const nameOf = (written: string): string => written.replace(/\[['"](.*)['"]\]$/, "[$1]");

/** Reads a search: clauses joined by AND, or all of them by OR; a space between two is an AND. */
export function readQuery(text: string): Query {
  const clauses: Clause[] = [];
  const words = new Set<string>();
  let rest = text.trim();
  while (rest !== "") {
    const found = clause.exec(rest);
    if (!found) throw cannotParse();
    const [whole, minus, field = "", sign = ":", written = ""] = found;
    const value = asValue(written);
    if (sign === "~" && (value?.length ?? 0) < 3)
      throw invalid("Substring match requires at least 3 characters.", "query");
    clauses.push({ field: nameOf(field), sign: sign as Sign, value, negated: minus === "-" });
    rest = rest.slice(whole.length);
    if (rest.trim() === "") break;
    const join = joined.exec(rest);
    if (!join && !/^\s/.test(rest)) throw cannotParse();
    words.add((join?.[1] ?? "and").toLowerCase());
    rest = rest.slice(join?.[0].length ?? 0).trimStart();
    if (rest === "") throw cannotParse();
  }
  if (clauses.length === 0) throw cannotParse();
  if (clauses.length > 10) throw invalid("Search queries can have at most 10 clauses.", "query");
  if (words.size > 1) throw invalid("You can't combine `AND` and `OR` in the same search query.", "query");
  return { clauses, any: words.has("or") };
}
