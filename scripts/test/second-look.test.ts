import { describe, expect, it } from "vitest";
import type { Result } from "./result.ts";
import { sayFailures, secondLook } from "./second-look.ts";

const failure = (title: string, file: string | null = `${title}.test.ts`) => ({ title, message: "why\nnot", file });
const failed = (...titles: string[]): Result => ({
  passed: 5,
  failed: titles.length,
  skipped: 0,
  failures: titles.map((title) => failure(title)),
});
const quiet = () => {};

describe("a second look at what failed", () => {
  it("counts what passes alone, and names it", async () => {
    const said: string[] = [];
    const asked: string[][] = [];
    const again = async (files: string[]) => {
      asked.push(files);
      return { passed: 2, failed: 0, skipped: 0, failures: [], passes: ["slow.test.ts: slow"] };
    };
    const result = await secondLook({ name: "db", result: failed("slow"), again }, (text) => said.push(text));
    expect(result).toEqual({ passed: 6, failed: 0, skipped: 0, failures: [] });
    expect(asked).toEqual([["slow.test.ts"]]);
    expect(said.join("")).toContain("unsteady: failed, then passed alone: slow");
  });
  it("keeps what fails twice, and what fails only then", async () => {
    const again = async () => ({ ...failed("wrong", "late"), passed: 3, passes: ["slow.test.ts: slow"] });
    const result = await secondLook({ name: "db", result: failed("slow", "wrong"), again }, quiet);
    expect(result).toMatchObject({ passed: 5, failed: 2 });
    expect(result.failures.map(({ title }) => title)).toEqual(["wrong", "late"]);
  });
  it("runs nothing again for many, for a failure without a test, or where there is no way to", async () => {
    const again = () => Promise.reject(new Error("must not be asked"));
    const many = failed(..."abcdefghijk");
    const outside = { ...failed("one"), failed: 2 };
    const books = { ...failed(), failed: 1, failures: [failure("V1", null)] };
    for (const result of [many, outside, books, failed()])
      expect(await secondLook({ name: "db", result, again }, quiet)).toBe(result);
    const wrong = failed("types");
    expect(await secondLook({ name: "static", result: wrong, again: null }, quiet)).toBe(wrong);
  });
  it("does not take for passed what was not run", async () => {
    const again = async () => ({ passed: 7, failed: 0, skipped: 1, failures: [], passes: ["other.test.ts: other"] });
    const first = failed("left out");
    expect(await secondLook({ name: "db", result: first, again }, quiet)).toEqual(first);
  });
  it("stands by the first look when the second could not be run", async () => {
    const first = failed("slow");
    const again = async () => ({ passed: 0, failed: 1, skipped: 0, failures: [] });
    expect(await secondLook({ name: "db", result: first, again }, quiet)).toBe(first);
  });
});

it("says at the end what failed, and the beginning of why", () => {
  const said: string[] = [];
  sayFailures([{ name: "db", result: failed("wrong"), again: null }], (text) => said.push(text));
  expect(said.join("")).toContain("db: wrong (wrong.test.ts)\n     why\n     not\n");
});
