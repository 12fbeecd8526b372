import { describe, expect, it } from "vitest";
import { z } from "zod";
import { consumeInput } from "../credits/input.ts";
import { inputIssues, inputSentence } from "./input-sentence.ts";

const issuesOf = (schema: z.ZodType, input: unknown) => {
  const { error } = schema.safeParse(input);
  return error?.issues ?? [];
};
const said = (schema: z.ZodType, input: unknown) =>
  inputSentence(issuesOf(schema, input))
    .replace(/^The request is not right: /, "")
    .replace(/\. Nothing was changed\.$/, "");
const whole = { credits: 5, reason: "report", idempotencyKey: "k" };

describe("what is wrong with an input", () => {
  it.each([
    [{ ...whole, credits: undefined }, "credits is missing"],
    [{ ...whole, credits: "5" }, "credits must be a number"],
    [{ ...whole, credits: 1.5 }, "credits must be a whole number"],
    [{ ...whole, credits: 0 }, "credits must be at least 1"],
    [{ ...whole, credits: 2_000_000_000 }, "credits must be at most 1000000000"],
    [{ ...whole, reason: "" }, "reason must not be empty"],
    [{ ...whole, reason: "x".repeat(201) }, "reason must be at most 200 characters"],
    [{ ...whole, reason: "a\0b" }, "reason must not hold the character NUL"],
    [undefined, "the input is missing"],
    [{}, "credits is missing; reason is missing; idempotencyKey is missing"],
  ])("%j is told in words that name the field", (input, words) => {
    expect(said(consumeInput, input)).toBe(words);
  });

  it("is told of shapes that nest, choices and what is not known", () => {
    const schema = z.strictObject({
      lines: z.array(z.object({ kind: z.enum(["add", "remove"]), email: z.email() })).min(1),
    });
    expect(said(schema, { lines: [{ kind: "give", email: "x" }] })).toBe(
      'lines.0.kind must be one of "add", "remove"; lines.0.email must be a valid email',
    );
    expect(said(schema, { lines: [] })).toBe("lines must not be empty");
    expect(said(schema, { lines: [{ kind: "add", email: "a@b.se" }], more: 1 })).toBe("more is not known here");
  });

  it("names three and counts the rest, and lists each for programs", () => {
    const schema = z.object(Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, z.string()])));
    expect(said(schema, {})).toBe("a is missing; b is missing; c is missing; and 2 more");
    expect(inputIssues(issuesOf(schema, {})).map(({ field, code }) => [field, code])).toEqual(
      ["a", "b", "c", "d", "e"].map((name) => [name, "invalid_type"]),
    );
    expect(inputIssues(issuesOf(consumeInput, { ...whole, credits: 0 }))).toEqual([
      { field: "credits", code: "too_small", message: "must be at least 1" },
    ]);
  });
});
