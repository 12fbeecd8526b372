import { expect, test } from "vitest";
import { MODULE_SCRIPTS_PLACE } from "~/ui/frame/module-scripts.tsx";
import { aroundModuleScripts, moduleScripts } from "./module-scripts.server.ts";
import { pageBytes } from "./page-bytes.server.ts";

type Context = Parameters<typeof moduleScripts>[1];
const on = (...ids: string[]) =>
  ({ staticHandlerContext: { matches: ids.map((id) => ({ route: { id } })) } }) as unknown as Context;

test("pages of the same routes share their scripts, each with its own nonce", () => {
  let rendered = 0;
  const render = (nonce: string) => {
    rendered += 1;
    return `<link href="/m.js"/><script nonce="${nonce}">${rendered}</script><script nonce="${nonce}"></script>`;
  };
  const scripts = (n: number, nonce: string) =>
    `<link href="/m.js"/><script nonce="${nonce}">${n}</script><script nonce="${nonce}"></script>`;
  const given = (nonce: string, context: Context) => pageBytes(moduleScripts(nonce, context, render)).toString();
  expect(given("one", on("root", "home"))).toBe(scripts(1, "one"));
  expect(given("two", on("root", "home"))).toBe(scripts(1, "two"));
  expect(given("three", on("root", "account"))).toBe(scripts(2, "three"));
});

test("they come where the document has their place; one without it stays as it is", () => {
  const place = `<script type="${MODULE_SCRIPTS_PLACE}"></script>`;
  expect(aroundModuleScripts(`<body>a${place}</body>`)).toEqual(["<body>a", "</body>"]);
  expect(aroundModuleScripts("<body></body>")).toBeNull();
});
