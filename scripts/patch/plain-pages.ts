import { readFileSync } from "node:fs";

/**
 * What Remix 2.17.5 does for every page as if it might be streamed in parts or asked for by a script, though pages of ours are
 * whole when they are answered:
 * - The loaders' data goes through a stream, with a timer of five seconds that nothing stops. Data without promises is
 *   handed on as the text that it is, and data of plain values alone is made that text in a third of the work: theirs asks
 *   of each value for everything that it might be.
 * - Each loader gets a request of its own, made twice anew, to take out of the address what only Remix's scripts put in.
 *   Where nothing would be taken out, it gets the request itself.
 * - The list of all modules and the text that begins a page's script are the same every time: made once.
 */
const CHANGES: readonly { readonly file: RegExp; readonly replaced: readonly (readonly [RegExp, string])[] }[] = [
  {
    file: /turbo-stream[\\/]dist[\\/]turbo-stream\.js$/,
    replaced: [
      [
        /\nexports\.encode = encode;/,
        `
exports.encode = encode;
exports.encodeWhole = encodeWhole;
function encodeWhole(input, { plugins, postPlugins }) {
    const plain = encodePlain(input);
    if (plain !== null) return plain;
    const encoder = { deferred: {}, index: 0, indices: new Map(), stringified: [], plugins, postPlugins };
    const id = flatten_js_1.flatten.call(encoder, input);
    if (Object.keys(encoder.deferred).length > 0) return null;
    return id < 0 ? \`\${id}\\n\` : \`[\${encoder.stringified.join(",")}]\\n\`;
}
function encodePlain(input) {
    if (typeof input !== "object" || input === null) return null;
    const indices = new Map([[input, 0]]);
    const encoded = [""];
    const waiting = [input];
    const idOf = (value) => {
        switch (typeof value) {
            case "undefined": return utils_js_1.UNDEFINED;
            case "object": if (value === null) return utils_js_1.NULL; break;
            case "number": if (!Number.isFinite(value) || Object.is(value, -0)) return null; break;
            case "string": case "boolean": break;
            default: return null;
        }
        const known = indices.get(value);
        if (known !== undefined) return known === 0 ? null : known;
        const id = encoded.length;
        indices.set(value, id);
        encoded.push(typeof value === "object" ? "" : JSON.stringify(value));
        if (typeof value === "object") waiting.push(value);
        return id;
    };
    while (waiting.length > 0) {
        const value = waiting.pop();
        let text = "";
        if (Array.isArray(value)) {
            for (let i = 0; i < value.length; i++) {
                const id = i in value ? idOf(value[i]) : null;
                if (id === null) return null;
                text += i === 0 ? id : "," + id;
            }
            text = "[" + text + "]";
        } else {
            const kind = Object.getPrototypeOf(value);
            if (kind === Date.prototype) text = '["' + utils_js_1.TYPE_DATE + '",' + value.getTime() + "]";
            else if (kind !== Object.prototype || Object.getOwnPropertySymbols(value).length > 0) return null;
            else {
                for (const key of Object.keys(value)) {
                    const name = idOf(key);
                    const id = idOf(value[key]);
                    if (id === null) return null;
                    text += (text === "" ? '"_' : ',"_') + name + '":' + id;
                }
                text = "{" + text + "}";
            }
        }
        encoded[indices.get(value)] = text;
    }
    return "[" + encoded.join(",") + "]\\n";
}`,
      ],
    ],
  },
  {
    file: /@remix-run[\\/]server-runtime[\\/]dist[\\/]single-fetch\.js$/,
    replaced: [
      [
        /(function encodeViaTurboStream\(data, requestSignal, streamTimeout, serverMode\) \{\n)([\s\S]*?) {2}return turboStream\.encode\(data, \{\n {4}signal: controller\.signal,\n([\s\S]*?)\n {2}\}\);\n\}/,
        `$1  const coders = {
$3
  };
  const whole = turboStream.encodeWhole(data, coders);
  if (whole !== null) return whole;
$2  return turboStream.encode(data, { signal: controller.signal, ...coders });
}`,
      ],
    ],
  },
  {
    file: /@remix-run[\\/]server-runtime[\\/]dist[\\/]data\.js$/,
    replaced: [
      [
        /(let result = await loader\(\{\n {4}request: )singleFetch \? stripRoutesParam/,
        "$1singleFetch && hasNothingToStrip(request) ? request : singleFetch ? stripRoutesParam",
      ],
      [
        /\nfunction stripIndexParam\(request\) \{/,
        `
const UNCHANGED = /^[^?#]*(\\?[\\w.*-]+=[\\w.*-]*(&[\\w.*-]+=[\\w.*-]*)*)?$/;
function hasNothingToStrip({ method, url }) {
  return method === "GET" && UNCHANGED.test(url) && !/[?&](index|_routes)=/.test(url);
}
function stripIndexParam(request) {`,
      ],
    ],
  },
  {
    file: /@remix-run[\\/]server-runtime[\\/]dist[\\/]server\.js$/,
    replaced: [
      [
        /routeModules: (entry\.createEntryRouteModules\(build\.routes\)),/,
        "routeModules: onceFor(modulesOf, build.routes, () => $1),",
      ],
      [
        /serverHandoffString: (serverHandoff\.createServerHandoffString\(\{\n\s*basename: build\.basename,\n\s*criticalCss,[\s\S]*?state\n\s*\} : null\)\n\s*\}\)),/,
        "serverHandoffString: build.future.v3_singleFetch && criticalCss === undefined ? onceFor(handoffOf, build, () => $1) : $1,",
      ],
      [
        /\nasync function handleDocumentRequest\(/,
        `
const modulesOf = new WeakMap();
const handoffOf = new WeakMap();
function onceFor(made, of, make) {
  if (!made.has(of)) made.set(of, make());
  return made.get(of);
}
async function handleDocumentRequest(`,
      ],
    ],
  },
];

/** The code of a library without what a whole page does not need. Throws when it is not the code that this was written for. */
export function makePlain(path: string, code: string): string {
  const change = CHANGES.find(({ file }) => file.test(path));
  if (!change) return code;
  let changed = code;
  for (const [found, put] of change.replaced) {
    if ([...changed.matchAll(new RegExp(found, "g"))].length !== 1)
      throw new Error(
        `${path} is not the code that scripts/patch/plain-pages.ts was written for. Change it for this version, or take it out.`,
      );
    changed = changed.replace(found, put);
  }
  return changed;
}

type Build = {
  onLoad(of: { filter: RegExp }, answer: (load: { path: string }) => { contents: string; loader: "js" }): void;
};

/** For the bundler of the processes. */
export const plainPages = {
  name: "plain-pages",
  setup(build: Build): void {
    for (const { file } of CHANGES)
      build.onLoad({ filter: file }, ({ path }) => ({
        contents: makePlain(path, readFileSync(path, "utf8")),
        loader: "js",
      }));
  },
};
