import { readFileSync } from "node:fs";

const FILE = /@trpc[\\/]server[\\/]dist[\\/]initTRPC-[\w-]+\.mjs$/;
const THEIRS = [
  [
    "return await middleware(_objectSpread2(_objectSpread2({}, opts), {}, {\n\t\t\tmeta: _def.meta,",
    "return await middleware(({ ...opts,\n\t\t\tmeta: _def.meta,",
  ],
  [
    "return callRecursive(index + 1, _def, _objectSpread2(_objectSpread2({}, opts), {}, {\n",
    "return callRecursive(index + 1, _def, ({ ...opts,\n",
  ],
] as const;

/**
 * tRPC 11.25 is delivered for runtimes that do not know `{ ...a }`: each step of a procedure copies its options twice, property
 * by property with `Object.defineProperty`, which was a fourteenth of web's work for a credit that is used. Written as tRPC's own
 * source has it, the runtime copies them. Throws when the code is not the one that this was written for.
 */
export function spreadPlainly(path: string, code: string): string {
  if (!FILE.test(path)) return code;
  let plain = code;
  for (const [theirs, ours] of THEIRS) {
    if (plain.split(theirs).length !== 2)
      throw new Error(
        `${path} is not the code that scripts/patch/plain-steps.ts was written for. Change it for this version, or take it out.`,
      );
    plain = plain.replace(theirs, () => ours);
  }
  return plain;
}

type Build = {
  onLoad(of: { filter: RegExp }, answer: (load: { path: string }) => { contents: string; loader: "js" }): void;
};

/** For the bundler of the processes. */
export const plainSteps = {
  name: "plain-steps",
  setup(build: Build): void {
    build.onLoad({ filter: FILE }, ({ path }) => ({
      contents: spreadPlainly(path, readFileSync(path, "utf8")),
      loader: "js",
    }));
  },
};
