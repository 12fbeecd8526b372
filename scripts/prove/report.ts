/** What was found, said as it is found; ends in a line like that of `npm test`. */
export type Findings = {
  check(what: string, ok: boolean, detail?: string): void;
  say(line: string): void;
  /** Whether everything was as it should be. */
  finish(): boolean;
};

export function findings(): Findings {
  let passed = 0;
  let failed = 0;
  return {
    say: (line) => console.log(line),
    check(what, ok, detail = "") {
      if (ok) passed += 1;
      else failed += 1;
      console.log(`${ok ? "  ✓" : "  ✗"} ${what}${detail ? `: ${detail}` : ""}`);
    },
    finish() {
      console.log(`\n${passed} passed, ${failed} failed`);
      return failed === 0;
    },
  };
}
