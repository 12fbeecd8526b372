import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { spreadPlainly } from "./plain-steps.ts";

const dist = dirname(createRequire(import.meta.url).resolve("@trpc/server"));
const file = join(dist, /initTRPC-[\w-]+\.mjs/.exec(readFileSync(join(dist, "index.mjs"), "utf8"))?.[0] ?? "");
const code = readFileSync(file, "utf8");
type Options = Readonly<Record<string, unknown>> & { next(options?: object): unknown };
type Call = (index: number, def: { middlewares: unknown[]; meta: string }, options: object) => Promise<unknown>;

/** The one function that is changed, with what it uses, as it stands in `text`. */
function stepsOf(text: string): Call {
  const own = text.slice(text.indexOf("async function callRecursive"), text.indexOf("function createProcedureCaller"));
  const spread = "const _objectSpread2 = (into, ...from) => Object.assign(into, ...from);";
  const error = 'const getTRPCErrorFromUnknown = (cause) => cause; const middlewareMarker = "m";';
  return new Function(`${spread} ${error} ${own} return callRecursive;`)() as Call;
}

test("each step of a procedure is given what the library gives it", async () => {
  const seen = async (call: Call) => {
    const steps: unknown[] = [];
    const note = ({ next, ...options }: Options) => steps.push(options) && next;
    const middlewares = [
      (options: Options) => note(options) && options.next(),
      (options: Options) => note(options) && options.next({ ctx: { more: 1 }, input: { parsed: true } }),
      (options: Options) => note(options) && { ok: true, data: options.input },
    ];
    const result = await call(
      0,
      { middlewares, meta: "meta" },
      { ctx: { actor: "x" }, path: "a.b", getRawInput: null },
    );
    const thrown = await call(0, { middlewares: [() => Promise.reject("no")], meta: "meta" }, { ctx: {} });
    return { steps, result, thrown };
  };
  const ours = await seen(stepsOf(spreadPlainly(file, code)));
  expect(ours).toEqual(await seen(stepsOf(code)));
  expect(ours.steps).toHaveLength(3);
  expect(ours.result).toEqual({ ok: true, data: { parsed: true } });
});

test("code that is not the one it was written for is refused", () => {
  expect(() => spreadPlainly(file, code.replace("callRecursive(index + 1", "callAgain(index + 1"))).toThrow(
    /not the code/,
  );
  expect(spreadPlainly("/elsewhere/initTRPC-1.ts", code)).toBe(code);
});
