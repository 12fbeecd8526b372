import { describe, expect, it } from "vitest";
import { fromPlaywright, fromVitest, lastLine, total } from "./result.ts";

const green = {
  success: true,
  numPassedTests: 4,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

describe("the last line", () => {
  it("adds up the parts and names skipped tests only when there are some", () => {
    const parts = [
      { passed: 2, failed: 0, skipped: 0 },
      { passed: 3, failed: 1, skipped: 0 },
    ];
    expect(lastLine(total(parts))).toBe("5 passed, 1 failed");
    expect(lastLine(total([...parts, { passed: 0, failed: 0, skipped: 2 }]))).toBe("5 passed, 1 failed, 2 skipped");
  });
});

describe("unit and database tests", () => {
  it("counts as reported", () => {
    expect(fromVitest(green, 0)).toEqual({ passed: 4, failed: 0, skipped: 0 });
  });
  it("counts a file that could not be loaded", () => {
    const report = { ...green, success: false, testResults: [{ status: "failed", assertionResults: [] }] };
    expect(fromVitest(report, 1).failed).toBe(1);
  });
  it("counts an error outside every test, and a run that left no report", () => {
    expect(fromVitest(green, 1).failed).toBe(1);
    expect(fromVitest(null, 1).failed).toBe(1);
  });
});

describe("journeys", () => {
  const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 1 };
  it("counts as reported", () => {
    expect(fromPlaywright({ stats, errors: [] }, 0)).toEqual({ passed: 3, failed: 0, skipped: 1 });
  });
  it("counts what passed only at the second try as failed", () => {
    expect(fromPlaywright({ stats: { ...stats, flaky: 1 }, errors: [] }, 0).failed).toBe(1);
  });
  it("counts a shop that did not start", () => {
    expect(fromPlaywright({ stats, errors: [{}] }, 1).failed).toBe(1);
    expect(fromPlaywright(null, 1).failed).toBe(1);
  });
});
