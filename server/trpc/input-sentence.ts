import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** What was wrong with one field of an input (empty: with the whole of it). A program goes by `field` and `code`. */
export type InputIssue = { readonly field: string; readonly code: string; readonly message: string };

const MOST = 20;

/** What is wrong with an input, field by field; twenty at most. */
export function inputIssues(issues: readonly Issue[]): InputIssue[] {
  return issues.slice(0, MOST).map((issue) => ({ field: fieldOf(issue), code: issue.code, message: wordsFor(issue) }));
}

/** The same in a sentence that names the fields: the first three, and how many more there are. */
export function inputSentence(issues: readonly Issue[]): string {
  const told = issues.slice(0, 3).map((issue) => `${fieldOf(issue) || "the input"} ${wordsFor(issue)}`);
  const more = issues.length - told.length;
  return `The request is not right: ${told.join("; ")}${more > 0 ? `; and ${more} more` : ""}. Nothing was changed.`;
}

function fieldOf(issue: Issue): string {
  const unknown = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  return [...issue.path, ...(unknown === undefined ? [] : [unknown])].map(String).join(".");
}

const COUNTED: Readonly<Record<string, string>> = { string: " characters", array: " entries", set: " entries" };

function wordsFor(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return /received undefined$/.test(issue.message) ? "is missing" : `must be ${a(issue.expected)}`;
    case "too_small": {
      if (COUNTED[issue.origin] && Number(issue.minimum) === 1) return "must not be empty";
      const bound = issue.inclusive === false ? "more than" : "at least";
      return `must be ${bound} ${issue.minimum}${COUNTED[issue.origin] ?? ""}`;
    }
    case "too_big":
      return `must be ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}${COUNTED[issue.origin] ?? ""}`;
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map((one) => JSON.stringify(one)).join(", ")}`;
    case "unrecognized_keys":
      return "is not known here";
    case "invalid_format":
      // A rule of our own says what it asks for; the formats that have a name are known by it.
      return /^Invalid string/.test(issue.message) || issue.format !== "regex"
        ? `must be a valid ${issue.format === "regex" ? "text" : issue.format}`
        : issue.message;
    default:
      return /^(Invalid|Unrecognized)/.test(issue.message) ? "is wrong" : issue.message;
  }
}

/** What JSON calls a thing, with its article. */
function a(expected: string): string {
  if (expected === "int") return "a whole number";
  return `${/^[aeiou]/.test(expected) ? "an" : "a"} ${expected}`;
}
