import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import vm from "node:vm";
import { describe, expect, test } from "vitest";
import { root } from "../test/run-program.ts";
import { prepareRoutes } from "./prepared-routes.ts";

type Route = { id: string; path?: string; index?: boolean; children?: Route[] };
type Router = {
  matchRoutes(routes: Route[], path: string): { route: Route; params: object; pathname: string }[] | null;
};
const file = join(root, "node_modules/@remix-run/router/dist/router.cjs.js");

function load(code: string): Router {
  const module = { exports: {} };
  const run = vm.runInThisContext(`(function (exports, module, require) {${code}\n})`) as (...of: unknown[]) => void;
  run(module.exports, module, createRequire(file));
  return module.exports as Router;
}

describe("routes that are prepared once", () => {
  const code = readFileSync(file, "utf8");
  const [theirs, ours] = [load(code), load(prepareRoutes(file, code))];
  const shop: Route[] = [
    {
      id: "root",
      path: "",
      children: [
        { id: "home", index: true },
        { id: "products", path: "products", children: [{ id: "product", path: ":id" }] },
        { id: "account", path: "account", children: [{ id: "orders", path: "orders/:order?" }] },
        { id: "rest", path: "*" },
      ],
    },
  ];
  const other: Route[] = [{ id: "other", path: "products/:id" }];

  test.each(["/", "/products", "/products/a%20b", "/PRODUCTS/1/", "/account/orders", "/account/orders/7", "/no/where"])(
    "%s is found as the library finds it, the first time and again, in either app",
    (path) => {
      for (const routes of [shop, other, shop, other]) {
        const told = (router: Router) => JSON.stringify(router.matchRoutes(routes, path));
        expect(told(ours)).toBe(told(theirs));
      }
    },
  );

  test("code that is not the one it was written for is refused", () => {
    expect(() => prepareRoutes(file, code.replace("flattenRoutes(routes);", "flattened(routes);"))).toThrow(
      /not the code/,
    );
  });

  test.each([
    ["@remix-run/react", "dist/server.js"],
    ["@remix-run/react", "dist/esm/server.js"],
    ["react-router-dom", "server.js"],
    ["react-router-dom", "server.mjs"],
  ])("the tree of routes in %s/%s is made once", (name, path) => {
    const library = join(root, "node_modules", name, path);
    const theirs = readFileSync(library, "utf8");
    const changed = prepareRoutes(library, theirs);
    expect(changed).toMatch(/onceFor\((manifest\.)?routes, \(\) => /);
    expect(() => prepareRoutes(library, theirs.replaceAll("Routes(", "Paths("))).toThrow(/not the code/);
  });

  test.each(["dist/fog-of-war.js", "dist/esm/fog-of-war.js"])("the manifest's look-up in %s is replaced", (path) => {
    const library = join(root, "node_modules/@remix-run/react", path);
    const changed = prepareRoutes(library, readFileSync(library, "utf8"));
    expect(changed).toContain("for (const id of idsUnder(manifest, path, () => ");
    expect(changed).not.toContain("if (matches)");
  });

  test.each(["dist/links.js", "dist/esm/links.js"])("what routes link to in %s is gathered once", (path) => {
    const library = join(root, "node_modules/@remix-run/react", path);
    const theirs = readFileSync(library, "utf8");
    const changed = prepareRoutes(library, theirs);
    expect(changed).toContain("links = getKeyedLinksForMatchesAnew(matches, routeModules, manifest);");
    expect(() => prepareRoutes(library, theirs.replaceAll("getKeyedLinks", "keyedLinks"))).toThrow(/not the code/);
  });
});
