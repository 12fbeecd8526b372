import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { patchTurboStream } from "./turbo-stream.mjs";

const project = fileURLToPath(new URL("../../", import.meta.url));
const require = createRequire(import.meta.url);

type Stream = {
  encode: (value: unknown) => ReadableStream<Uint8Array>;
  decode: (stream: ReadableStream<Uint8Array>) => Promise<{ value: unknown; done: Promise<void> }>;
};

/** A copy, so that the test proves the patch and not the state of the install. */
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "turbo-stream-"));
  cpSync(join(project, "node_modules/turbo-stream"), join(root, "node_modules/turbo-stream"), { recursive: true });
  patchTurboStream(root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const formats: Array<[string, () => Promise<Stream>]> = [
  ["imported", () => import(/* @vite-ignore */ join(root, "node_modules/turbo-stream/dist/turbo-stream.mjs"))],
  ["required", async () => require(join(root, "node_modules/turbo-stream/dist/turbo-stream.js"))],
];

function nested(depth: number): unknown {
  let value: unknown = "innermost";
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { inside: value };
  return value;
}

function depthOf(value: unknown): number {
  let depth = 0;
  let at = value;
  while (typeof at === "object" && at !== null) {
    at = Array.isArray(at) ? at[0] : (at as { inside: unknown }).inside;
    depth += 1;
  }
  return at === "innermost" ? depth : -1;
}

describe.each(formats)("turbo-stream, %s", (_format, load) => {
  it("carries what is nested 20,000 deep there and back", async () => {
    const { encode, decode } = await load();
    const { value } = await decode(encode({ reflected: nested(20_000) }));
    expect(depthOf((value as { reflected: unknown }).reflected)).toBe(20_000);
  });

  it("carries everything else as before", async () => {
    const { encode, decode } = await load();
    const shared = { id: 1 };
    const sparse: unknown[] = [1];
    sparse[2] = [2, [3]];
    const circular: Record<string, unknown> = { name: "round" };
    circular.self = circular;
    const sent = {
      text: "å ä ö €",
      number: 1.5,
      zero: -0,
      missing: undefined,
      nothing: null,
      notANumber: Number.NaN,
      endless: Number.POSITIVE_INFINITY,
      big: 12345678901234567890n,
      when: new Date("2026-11-20T18:04:00Z"),
      where: new URL("https://kraftverk.test/medlemskap"),
      pattern: /a+/gi,
      list: sparse,
      map: new Map<unknown, unknown>([["a", { b: [1] }]]),
      set: new Set([1, "x", shared]),
      shared: [shared, shared],
      circular,
      bare: Object.assign(Object.create(null), { a: [1] }),
      wrong: new TypeError("told"),
    };
    const { value, done } = await decode(encode(sent));
    await done;
    const got = value as typeof sent;
    expect(got).toEqual(sent);
    expect(got.shared[0]).toBe(got.shared[1]);
    expect(got.circular.self).toBe(got.circular);
    expect(Object.is(got.zero, -0)).toBe(true);
    expect(1 in got.list).toBe(false);
  });

  it("streams promises, with what they hold nested deep", async () => {
    const { encode, decode } = await load();
    const later = new Promise((resolve) => setTimeout(() => resolve({ deep: nested(5_000) }), 5));
    const { value, done } = await decode(encode({ later, twice: [later] }));
    const got = (await (value as { later: Promise<{ deep: unknown }> }).later).deep;
    expect(depthOf(got)).toBe(5_000);
    await done;
  });

  it("refuses what it cannot carry, and goes on working", async () => {
    const { encode, decode } = await load();
    await expect(new Response(encode({ run: () => 1 })).text()).rejects.toThrow("function or unexpected type");
    expect((await decode(encode([1, [2]]))).value).toEqual([1, [2]]);
  });
});

describe("the patch", () => {
  it("is applied once", () => {
    expect(patchTurboStream(root)).toBe("already");
  });

  it("is in the installed package", () => {
    expect(patchTurboStream(project)).toBe("already");
  });

  it("stops at a version or code it does not know", () => {
    const other = mkdtempSync(join(tmpdir(), "turbo-stream-"));
    const folder = join(other, "node_modules/turbo-stream");
    cpSync(join(project, "node_modules/turbo-stream"), folder, { recursive: true });
    for (const file of ["dist/flatten.js", "dist/turbo-stream.mjs"]) writeFileSync(join(folder, file), "export {};\n");
    expect(() => patchTurboStream(other)).toThrow("does not hold the code");
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, version: "2.5.0" }));
    expect(() => patchTurboStream(other)).toThrow("turbo-stream is 2.5.0");
    rmSync(other, { recursive: true, force: true });
  });
});
