import { execFile } from "node:child_process";
import { expect, test } from "vitest";

/** What a command of ours says and how it ends, with nothing that it could touch. */
const run = (script: string, ...parameters: string[]) =>
  new Promise<{ code: unknown; out: string; errors: string }>((resolve) => {
    execFile(process.execPath, [script, ...parameters], { env: { NODE_ENV: "test" } }, (error, out, errors) =>
      resolve({ code: error ? error.code : 0, out, errors }),
    );
  });

test.each([
  ["ledger:verify", ["scripts/ledger/main.ts", "verify"]],
  ["ledger:taxes", ["scripts/ledger/taxes.ts"]],
  ["ledger:credits", ["scripts/ledger/credits.ts"]],
] as const)(
  "%s says how it is used, and refuses what it does not know, without a stack",
  async (name, [script, ...words]) => {
    const [help, unknown] = await Promise.all([run(script, ...words, "--help"), run(script, ...words, "--boks")]);
    expect(help).toEqual({ code: 0, out: expect.stringContaining(`npm run ${name}`), errors: "" });
    expect(unknown).toEqual({ code: 2, out: "", errors: expect.stringMatching(/^Unknown option '--boks'\./) });
    expect(unknown.errors).toContain(`npm run ${name}`);
    expect(unknown.errors).not.toContain("    at ");
  },
);
