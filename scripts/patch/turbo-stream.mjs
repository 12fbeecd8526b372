import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Remix 2.17.5 pins turbo-stream 2.4.1, whose encoder calls itself once per level of nesting: a value nested some
 * thousand levels deep ends a request in a stack overflow (CVE-2026-34077, availability only), and no fixed 2.x exists.
 * The change: `flatten`, instead of calling `stringify` at once, puts the value on a stack that the outermost call
 * drains. Written in plain JavaScript, because it runs right after the install, on whatever Node there is.
 */
const VERSION = "2.4.1";
const MARK = "kraftverk: encodes without recursion";

const RECURSIVE =
  /^([ \t]*)indices\.set\(input, index\);\n[ \t]*stringify\.call\(this, input, index\);\n[ \t]*return index;\n/m;

const ITERATIVE = [
  `// ${MARK}`,
  "indices.set(input, index);",
  "if (this.waiting) {",
  "  this.waiting.push([input, index]);",
  "  return index;",
  "}",
  "this.waiting = [[input, index]];",
  "try {",
  "  while (this.waiting.length > 0) {",
  "    const [value, at] = this.waiting.pop();",
  "    stringify.call(this, value, at);",
  "  }",
  "} finally {",
  "  this.waiting = undefined;",
  "}",
  "return index;",
  "",
];

/** Both formats that the package ships: what the server requires and what it imports. */
const FILES = ["dist/flatten.js", "dist/turbo-stream.mjs"];

/**
 * Patches every copy of turbo-stream that the project's Remix uses. Safe to call at every start: a patched copy is
 * left alone. Throws when the version or the code is not the one this patch was written for.
 *
 * @param {string} root the project's folder
 * @returns {"patched" | "already"} what it found
 */
export function patchTurboStream(root) {
  const folder = join(root, "node_modules", "turbo-stream");
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (version !== VERSION) {
    throw new Error(
      `turbo-stream is ${version}, but the patch against CVE-2026-34077 was written for ${VERSION}. ` +
        "Check whether the new version still encodes recursively, then change or remove scripts/patch/turbo-stream.mjs.",
    );
  }
  const results = FILES.map((file) => patchFile(join(folder, file)));
  return results.includes("patched") ? "patched" : "already";
}

/** @param {string} path */
function patchFile(path) {
  const before = readFileSync(path, "utf8");
  if (before.includes(MARK)) return "already";
  const after = before.replace(RECURSIVE, (_whole, /** @type {string} */ indent) =>
    ITERATIVE.map((line) => (line === "" ? "" : indent + line)).join("\n"),
  );
  if (after === before || !after.includes(MARK) || after.match(/stringify\.call\(this/g)?.length !== 1) {
    throw new Error(
      `${path} does not hold the code that the patch against CVE-2026-34077 replaces. Install again with "npm ci".`,
    );
  }
  // Written beside and moved into place: a start that is killed here leaves a whole file.
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, after);
  renameSync(beside, path);
  return "patched";
}

if (process.argv[1]?.endsWith("turbo-stream.mjs")) {
  console.log(`turbo-stream ${VERSION}: ${patchTurboStream(process.cwd())}`);
}
