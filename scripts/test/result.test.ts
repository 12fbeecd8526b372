import { describe, expect, it } from "vitest";
import { type Failure, fromPlaywright, fromVitest, lastLine, notRun, tally, total } from "./result.ts";

const green = {
  success: true,
  numPassedTests: 4,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};
const none: Failure[] = [];

describe("the last line", () => {
  it("adds up the parts and ends with what passed and failed, and names skipped tests only when there are some", () => {
    const parts = [
      { passed: 2, failed: 0, skipped: 0, failures: none },
      { passed: 3, failed: 1, skipped: 0, failures: [{ title: "a", message: "b", file: "c" }] },
    ];
    expect(lastLine(total(parts))).toBe("5 passed, 1 failed");
    expect(total(parts).failures).toEqual([{ title: "a", message: "b", file: "c" }]);
    const skipped = { passed: 0, failed: 0, skipped: 2, failures: none };
    const all = total([...parts, skipped]);
    expect([tally(all), lastLine(all)]).toEqual(["5 passed, 1 failed, 2 skipped", "5 passed, 1 failed"]);
  });
});

describe("unit and database tests", () => {
  it("counts as reported", () => {
    expect(fromVitest(green, 0)).toMatchObject({ passed: 4, failed: 0, skipped: 0, failures: [] });
  });
  it("names what failed, and where", () => {
    const assertionResults = [
      { status: "passed", fullName: "one", failureMessages: [] },
      { status: "failed", fullName: "two", failureMessages: ["expected 1 to be 2"] },
    ];
    const testResults = [{ name: "/shop/a.db.test.ts", status: "failed", message: "", assertionResults }];
    expect(fromVitest({ ...green, success: false, numFailedTests: 1, testResults }, 1)).toMatchObject({
      failed: 1,
      failures: [{ title: "two", message: "expected 1 to be 2", file: "/shop/a.db.test.ts" }],
    });
  });
  it("counts a file that could not be loaded", () => {
    const testResults = [{ name: "a.test.ts", status: "failed", message: "no such module", assertionResults: [] }];
    const result = fromVitest({ ...green, success: false, testResults }, 1);
    expect(result).toMatchObject({ failed: 1, failures: [{ file: "a.test.ts", message: "no such module" }] });
  });
  it("counts an error outside every test, and a run that left no report", () => {
    expect(fromVitest(green, 1).failed).toBe(1);
    expect(fromVitest(null, 1).failed).toBe(1);
  });
});

describe("journeys", () => {
  const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 1 };
  it("counts as reported", () => {
    expect(fromPlaywright({ stats, errors: [] }, 0)).toMatchObject({ passed: 3, failed: 0, skipped: 1, failures: [] });
  });
  it("names what failed in suites of any depth, and the line to run it by", () => {
    const specs = [
      { title: "pays", ok: true, file: "world/a.spec.ts", line: 3, tests: [{ status: "expected", results: [] }] },
      {
        title: "is told",
        ok: false,
        file: "world/a.spec.ts",
        line: 9,
        tests: [{ status: "unexpected", results: [{ errors: [{ message: "no mail" }] }] }],
      },
    ];
    const suites = [{ specs: [], suites: [{ specs }] }];
    expect(fromPlaywright({ stats: { ...stats, unexpected: 1 }, errors: [], suites }, 1)).toMatchObject({
      failed: 1,
      failures: [{ title: "is told", message: "no mail", file: "world/a.spec.ts:9" }],
    });
  });
  it("counts what passed only at the second try as failed", () => {
    expect(fromPlaywright({ stats: { ...stats, flaky: 1 }, errors: [] }, 0).failed).toBe(1);
  });
  it("counts a shop that did not start", () => {
    expect(fromPlaywright({ stats, errors: [{}] }, 1).failed).toBe(1);
    expect(fromPlaywright(null, 1).failed).toBe(1);
    expect(notRun(new Error("no port"))).toMatchObject({ failed: 1, failures: [{ message: "no port", file: null }] });
  });
});
