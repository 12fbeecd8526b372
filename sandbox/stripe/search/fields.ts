import { invalid } from "../api/errors.ts";
import { idOf } from "../world.ts";
import type { Clause, Query } from "./query.ts";

type Value = string | number | boolean | null | undefined;

/** How a field is found on an object: numbers are ordered, words are compared whole, texts in part as well. */
export interface Field {
  kind: "number" | "text" | "word";
  of(object: Record<string, unknown>): Value;
}

function at(object: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined,
    object,
  );
}

/** A field by the place where it stands; what can be expanded counts by its id. */
const field =
  (kind: Field["kind"]) =>
  (path: string): Field => ({
    kind,
    of(object) {
      const value = at(object, path.split("."));
      return typeof value === "object" ? idOf(value as { id: string } | null) : (value as Value);
    },
  });
export const [number, text, word] = [field("number"), field("text"), field("word")];

function fieldOf(known: Record<string, Field>, resource: string, name: string): Field {
  const key = /^metadata\[(.*)\]$/.exec(name)?.[1];
  if (key !== undefined) return { kind: "word", of: (object) => at(object, ["metadata", key]) as Value };
  const found = known[name];
  if (found) return found;
  throw invalid(
    `Field \`${name}\` is an unsupported search field for resource \`${resource}\`. See http://stripe.com/docs/search#query-fields-for-${resource.replaceAll("_", "-")} for a list of supported fields.`,
    "query",
  );
}

function compared({ sign, value }: Clause, kind: Field["kind"], own: Value): boolean {
  if (value === null) return own === null || own === undefined || own === "";
  if (own === null || own === undefined) return false;
  if (kind !== "number") {
    const [mine, theirs] = [String(own).toLowerCase(), value.toLowerCase()];
    return sign === "~" ? mine.includes(theirs) : mine === theirs;
  }
  const [mine, theirs] = [Number(own), Number(value)];
  if (sign === ">") return mine > theirs;
  if (sign === "<") return mine < theirs;
  if (sign === ">=") return mine >= theirs;
  return sign === "<=" ? mine <= theirs : mine === theirs;
}

/** Whether an object is what is searched for. Fields that the kind does not have, and signs that a field does not take, are refused. */
export function matcher(query: Query, known: Record<string, Field>, resource: string): (object: object) => boolean {
  const tests = query.clauses.map((clause) => {
    const found = fieldOf(known, resource, clause.field);
    const ordered = clause.sign !== ":" && clause.sign !== "~";
    if (found.kind === "number" ? clause.sign === "~" : ordered || (clause.sign === "~" && found.kind !== "text"))
      throw invalid(`Field \`${clause.field}\` does not support the operator \`${clause.sign}\`.`, "query");
    return (object: object) =>
      compared(clause, found.kind, found.of(object as Record<string, unknown>)) !== clause.negated;
  });
  return (object) => (query.any ? tests.some((one) => one(object)) : tests.every((one) => one(object)));
}
