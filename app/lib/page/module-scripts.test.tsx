import { expect, test } from "vitest";
import { MODULE_SCRIPTS_PLACE } from "~/ui/frame/module-scripts.tsx";
import { withModuleScripts } from "./module-scripts.server.ts";

type Context = Parameters<typeof withModuleScripts>[2];
const on = (...ids: string[]) =>
  ({ staticHandlerContext: { matches: ids.map((id) => ({ route: { id } })) } }) as unknown as Context;
const page = `<body>a<script type="${MODULE_SCRIPTS_PLACE}"></script></body>`;

test("pages of the same routes share their scripts, each with its own nonce", () => {
  let rendered = 0;
  const render = (nonce: string) => {
    rendered += 1;
    return `<link href="/m.js"/><script nonce="${nonce}">${rendered}</script><script nonce="${nonce}"></script>`;
  };
  const scripts = (n: number, nonce: string) =>
    `<body>a<link href="/m.js"/><script nonce="${nonce}">${n}</script><script nonce="${nonce}"></script></body>`;
  expect(withModuleScripts(page, "one", on("root", "home"), render)).toBe(scripts(1, "one"));
  expect(withModuleScripts(page, "two", on("root", "home"), render)).toBe(scripts(1, "two"));
  expect(withModuleScripts(page, "three", on("root", "account"), render)).toBe(scripts(2, "three"));
});

test("a document without a place for them stays as it is", () => {
  expect(withModuleScripts("<body></body>", "n", on("root"), () => "x")).toBe("<body></body>");
});
