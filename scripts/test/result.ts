/** A test that failed: what it is called, the beginning of what it said, and the file to run it by (null: it has none). */
export type Failure = { readonly title: string; readonly message: string; readonly file: string | null };

/**
 * What came out of a part of the tests. A failure that no single test stands for counts without being in the list; `passes`
 * are the keys (see {@link keyOf}) of the tests that passed by name.
 */
export type Result = {
  passed: number;
  failed: number;
  skipped: number;
  failures: readonly Failure[];
  passes?: readonly string[];
};

/** What tells a test from every other. */
export function keyOf({ title, file }: Pick<Failure, "title" | "file">): string {
  return `${file}: ${title}`;
}

/** A part that could not be run at all. */
export function notRun(reason: unknown): Result {
  const message = reason instanceof Error ? reason.message : String(reason);
  return { passed: 0, failed: 1, skipped: 0, failures: [{ title: "could not be run", message, file: null }] };
}

export function total(results: readonly Result[]): Result {
  const sum = (pick: (result: Result) => number) => results.reduce((all, result) => all + pick(result), 0);
  return {
    passed: sum((r) => r.passed),
    failed: sum((r) => r.failed),
    skipped: sum((r) => r.skipped),
    failures: results.flatMap((result) => result.failures),
    passes: results.flatMap((result) => result.passes ?? []),
  };
}

/** What a part came to, on one line; skipped tests are named only when there are some. */
export function tally(result: Result): string {
  return result.skipped > 0 ? `${lastLine(result)}, ${result.skipped} skipped` : lastLine(result);
}

/** The line that a test run ends with, the same for every run: programs read it. */
export function lastLine({ passed, failed }: Result): string {
  return `${passed} passed, ${failed} failed`;
}

type VitestReport = {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] | null }[];
  }[];
};

/** A file that could not be read and an error outside every test count as failures too, so that neither goes unseen. */
export function fromVitest(report: VitestReport | null, exitCode: number): Result {
  if (!report) return notRun("No report was written.");
  const failures = report.testResults.flatMap(failuresIn);
  const broken = report.testResults.filter(isBroken);
  const failed = report.numFailedTests + broken.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && (exitCode !== 0 || !report.success) ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
    passes: report.testResults.flatMap(({ name, assertionResults }) => [
      // A file that could be loaded, for one that could not be before.
      ...(assertionResults.some(hasFailed) ? [] : [keyOf({ title: name, file: name })]),
      ...assertionResults
        .filter(({ status }) => status === "passed")
        .map(({ fullName }) => keyOf({ title: fullName, file: name })),
    ]),
  };
}

type VitestFile = VitestReport["testResults"][number];

const hasFailed = ({ status }: { status: string }) => status === "failed";

/** Could not be loaded, or what all its tests need could not be made. */
function isBroken(file: VitestFile): boolean {
  return hasFailed(file) && !file.assertionResults.some(hasFailed);
}

function failuresIn(file: VitestFile): Failure[] {
  if (isBroken(file)) return [{ title: file.name, message: file.message, file: file.name }];
  return file.assertionResults
    .filter(hasFailed)
    .map((test) => ({ title: test.fullName, message: test.failureMessages?.join("\n") ?? "", file: file.name }));
}

type PlaywrightSuite = {
  specs: {
    title: string;
    ok: boolean;
    file: string;
    line: number;
    tests: { status: string; results: { errors?: { message?: string }[] }[] }[];
  }[];
  suites?: PlaywrightSuite[];
};
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
  suites?: PlaywrightSuite[];
};

/** A journey that passed only when Playwright tried it again has failed. */
export function fromPlaywright(report: PlaywrightReport | null, exitCode: number): Result {
  if (!report) return notRun("No report was written.");
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + flaky + report.errors.length;
  return {
    passed: expected,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped,
    failures: (report.suites ?? []).flatMap(failuresOf),
    passes: (report.suites ?? []).flatMap(passesOf),
  };
}

function failuresOf(suite: PlaywrightSuite): Failure[] {
  const here = suite.specs
    .filter(({ tests }) => tests.some(({ status }) => status === "unexpected" || status === "flaky"))
    .map(({ title, file, line, tests }) => {
      const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors ?? []));
      return { title, message: errors.map(({ message }) => message ?? "").join("\n"), file: `${file}:${line}` };
    });
  return [...here, ...(suite.suites ?? []).flatMap(failuresOf)];
}

function passesOf(suite: PlaywrightSuite): string[] {
  const here = suite.specs
    .filter(({ tests }) => tests.length > 0 && tests.every(({ status }) => status === "expected"))
    .map(({ title, file, line }) => keyOf({ title, file: `${file}:${line}` }));
  return [...here, ...(suite.suites ?? []).flatMap(passesOf)];
}
