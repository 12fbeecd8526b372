const NAMESPACE = "plain-http";

type Build = {
  onResolve(of: { filter: RegExp }, answer: () => { path: string; namespace: string }): void;
  onLoad(of: { filter: RegExp; namespace: string }, answer: () => { contents: string; loader: "js" }): void;
};

/**
 * For the bundler of the processes. An import of `node:http` reads everything that module offers, and with it what it would
 * have loaded late: Node's whole fetch, a tenth of a worker's start. Fetched as a built-in it is the same module, and what
 * nobody asks for stays where it is.
 */
export const plainHttp = {
  name: "plain-http",
  setup(build: Build): void {
    build.onResolve({ filter: /^(node:)?http$/ }, () => ({ path: "node:http", namespace: NAMESPACE }));
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, () => ({
      contents: 'module.exports = process.getBuiltinModule("node:http");',
      loader: "js",
    }));
  },
};
