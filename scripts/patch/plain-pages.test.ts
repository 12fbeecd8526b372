import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import vm from "node:vm";
import { describe, expect, test } from "vitest";
import { root } from "../test/run-program.ts";
import { makePlain } from "./plain-pages.ts";

const modules = join(root, "node_modules");
const files = {
  stream: join(modules, "turbo-stream/dist/turbo-stream.js"),
  fetch: join(modules, "@remix-run/server-runtime/dist/single-fetch.js"),
  data: join(modules, "@remix-run/server-runtime/dist/data.js"),
  server: join(modules, "@remix-run/server-runtime/dist/server.js"),
};
const code = (file: string) => readFileSync(file, "utf8");

/** A library's file as it is, or as it is changed; what it asks for by `replaced` is given instead. */
function load<Exports>(file: string, text: string, replaced: Readonly<Record<string, unknown>> = {}): Exports {
  const module = { exports: {} };
  const ask = createRequire(file);
  const run = vm.runInThisContext(`(function (exports, module, require) {${text}\n})`) as (...of: unknown[]) => void;
  run(module.exports, module, (name: string) => replaced[name] ?? ask(name));
  return module.exports as Exports;
}

type Loader = (
  of: { loader(args: { request: Request }): Promise<unknown> } & Record<string, unknown>,
) => Promise<unknown>;
type Encode = (data: unknown, signal: AbortSignal, timeout: number, mode: string) => ReadableStream | string;

describe("data of a page", () => {
  const stream = load<object>(files.stream, makePlain(files.stream, code(files.stream)));
  const ours = load<{ encodeViaTurboStream: Encode }>(files.fetch, makePlain(files.fetch, code(files.fetch)), {
    "turbo-stream": stream,
  });
  const theirs = load<{ encodeViaTurboStream: Encode }>(files.fetch, code(files.fetch));
  const encode = async (library: typeof ours, data: unknown) => {
    const leaving = new AbortController();
    const found = library.encodeViaTurboStream(data, leaving.signal, 60_000, "production");
    const text = await new Response(found).text();
    leaving.abort();
    return { whole: typeof found === "string", text };
  };

  test.each([
    [
      "a page",
      { loaderData: { root: { at: new Date(0), list: [1, null, undefined, "å", Number.NaN], of: { a: "x" } } } },
    ],
    ["nothing", undefined],
    ["an error", { errors: { root: new Error("secret") } }],
    ["the same text twice", { a: "Kraftverk", b: ["Kraftverk"] }],
    [
      "a list in lists",
      {
        rows: [
          [1, "1", true],
          [{ a: { b: { c: [] } } }, {}],
          [-1.5, 0, 1e21],
        ],
        after: { a: {}, b: [] },
      },
    ],
    ["a thing twice", ((thing) => [thing, { thing, other: [thing] }])({ id: "a" })],
    ["numbers that JSON does not have", { at: [Number.NaN, Infinity, -Infinity, -0, 0] }],
    ["a name that the language has", { constructor: 1, toString: "a", ["__proto__"]: [2] }],
    [
      "what is more than plain",
      { of: new Map([["a", new Set([1])]]), at: new URL("http://a.test"), big: 1n, none: Object.create(null) },
    ],
    ["a hole", { list: Object.assign([1], { 2: 3 }) }],
    ["only a text", "a"],
  ])("%s is encoded as the library does, as one text", async (_name, data) => {
    expect(await encode(ours, data)).toEqual({ whole: true, text: (await encode(theirs, data)).text });
  });

  test("what is promised is streamed as before", async () => {
    const data = () => ({ now: 1, later: Promise.resolve({ come: "later" }) });
    expect(await encode(ours, data())).toEqual(await encode(theirs, data()));
    expect((await encode(ours, data())).whole).toBe(false);
  });
});

describe("a loader's request", () => {
  const ours = load<{ callRouteLoader: Loader }>(files.data, makePlain(files.data, code(files.data)));
  const theirs = load<{ callRouteLoader: Loader }>(files.data, code(files.data));
  const given = async (library: typeof ours, request: Request) => {
    let seen = request;
    const loader = async (args: { request: Request }) => {
      seen = args.request;
      return null;
    };
    await library.callRouteLoader({ loadContext: {}, loader, params: {}, request, routeId: "a", singleFetch: true });
    return seen;
  };

  test.each([
    "/",
    "/a?visit=1&b=",
    "/a?index",
    "/a?index=x&b=1",
    "/a?_routes=a,b",
    "/a?q=a%20b",
    "/a?q=a+b",
    "/a?%69ndex",
  ])("%s has the address that the library gives it", async (path) => {
    const request = new Request(`http://localhost${path}`, { headers: { cookie: "a=b" } });
    const [own, library] = [await given(ours, request), await given(theirs, request)];
    expect(own.url).toBe(library.url);
    expect([...own.headers]).toEqual([...library.headers]);
  });

  test("is the request itself where nothing would be taken out of a look at a page", async () => {
    const plain = new Request("http://localhost/a?visit=1");
    expect(await given(ours, plain)).toBe(plain);
    const form = new Request("http://localhost/a", { method: "POST", body: "a=1" });
    expect(await given(ours, form)).not.toBe(form);
  });
});

test("the modules and the beginning of the script are made once", () => {
  const changed = makePlain(files.server, code(files.server));
  expect(changed.match(/onceFor\((modulesOf|handoffOf), build/g)).toHaveLength(2);
});

test("code that is not the one it was written for is refused", () => {
  for (const file of Object.values(files))
    expect(() => makePlain(file, code(file).replaceAll(/encode|stripIndexParam|createEntry/g, "other"))).toThrow(
      /not the code/,
    );
  expect(makePlain("/elsewhere/data.ts", "anything")).toBe("anything");
});
