import { readFileSync } from "node:fs";

const FILE = /drizzle-orm[\\/]entity\.js$/;
const THEIRS = "\nfunction is(value, type) {";
const OURS = `
const knownKinds = new WeakMap();
function is(value, type) {
  if (!value || typeof value !== "object") return false;
  const maker = Object.getPrototypeOf(value)?.constructor;
  if (typeof maker !== "function") return isAnew(value, type);
  let known = knownKinds.get(maker);
  if (!known) knownKinds.set(maker, (known = new Map()));
  let answer = known.get(type);
  if (answer === undefined) known.set(type, (answer = isAnew(value, type)));
  return answer;
}
function isAnew(value, type) {`;

/**
 * Drizzle 0.45.4 asks of every part of a statement, several times, of which of its kinds it is, and goes up the part's classes
 * for each question: a seventeenth of the work of a member's page. What a class is does not change, so it is remembered.
 * Throws when the code is not the one that this was written for.
 */
export function rememberKinds(path: string, code: string): string {
  if (!FILE.test(path)) return code;
  if (code.split(THEIRS).length !== 2 || !code.includes("let cls = Object.getPrototypeOf(value).constructor;"))
    throw new Error(
      `${path} is not the code that scripts/patch/known-kinds.ts was written for. Change it for this version, or take it out.`,
    );
  return code.replace(THEIRS, () => OURS);
}

type Build = {
  onLoad(of: { filter: RegExp }, answer: (load: { path: string }) => { contents: string; loader: "js" }): void;
};

/** For the bundler of the processes. */
export const knownKinds = {
  name: "known-kinds",
  setup(build: Build): void {
    build.onLoad({ filter: FILE }, ({ path }) => ({
      contents: rememberKinds(path, readFileSync(path, "utf8")),
      loader: "js",
    }));
  },
};
