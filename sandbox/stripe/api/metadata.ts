import { invalid } from "./errors.ts";
import type { Field } from "./params.ts";

/** Free keys and values. An empty value removes its key, an empty text removes all. */
export function metadata(): Field<Record<string, string> | null | undefined> {
  return {
    read(raw, at) {
      if (raw === undefined) return undefined;
      if (raw === "") return null;
      if (typeof raw === "string") throw invalid("Invalid object", at);
      const entries = Object.entries(raw).map(([key, value]): [string, string] => {
        if (typeof value !== "string") throw invalid("Metadata values must be strings.", `${at}[${key}]`);
        if (key.length > 40)
          throw invalid(`Metadata keys can be at most 40 characters long; '${key}' is ${key.length}.`, at);
        if (value.length > 500) {
          throw invalid(
            `Metadata values can have up to 500 characters, but you passed in a value that is ${value.length} characters.`,
            at,
          );
        }
        return [key, value];
      });
      if (entries.length > 50) throw invalid("You can only have up to 50 metadata keys.", at);
      return Object.fromEntries(entries);
    },
  };
}

/** What the metadata is after an update. */
export function mergeMetadata(
  current: Record<string, string>,
  sent: Record<string, string> | null | undefined,
): Record<string, string> {
  if (sent === null) return {};
  return Object.fromEntries(Object.entries({ ...current, ...sent }).filter(([, value]) => value !== ""));
}
