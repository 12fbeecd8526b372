import { registerHooks } from "node:module";

const TYPESCRIPT = /^\.\.?\/.*\.ts$/;
const JAVASCRIPT = /^\.\.?\/.*\.js$/;
const PACKAGE = /^(?!node:)@?[a-z]/;
/** What the JavaScript of a folder of a package is. */
const formats = new Map<string, string>();
const folderOf = (url: string) => url.slice(0, url.lastIndexOf("/"));

type Found = { readonly url: string; readonly format?: string | null | undefined };
/** Where the packages are that the modules of one package, or of the project, name: by whose they are, and by name. */
const packages = new Map<string, Map<string, Found>>();
/** Up to the name of the package that a module belongs to; nothing for the project's own, which are all in one. */
const packageOf = (url: string) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(url)?.[0] ?? "";

/**
 * Answers where a module is that another names by its place, without looking on the disk and into package.json for each of
 * thousands, as Node and Vitest do: a third of what loading the product takes. A package that is named again is where it was:
 * Node would read its package.json anew for each of hundreds that name it. What is asked first answers first, so this
 * has to be imported after Vitest has registered its own.
 */
registerHooks({
  resolve(specifier, context, next) {
    const { parentURL } = context;
    if (!parentURL?.startsWith("file:") || !context.conditions.includes("import")) return next(specifier, context);
    if (TYPESCRIPT.test(specifier))
      return { url: new URL(specifier, parentURL).href, format: "module-typescript", shortCircuit: true };
    if (JAVASCRIPT.test(specifier)) {
      const { href } = new URL(specifier, parentURL);
      const format = formats.get(folderOf(href));
      if (format !== undefined) return { url: href, format, shortCircuit: true };
      const found = next(specifier, context);
      if (found.format && found.url === href) formats.set(folderOf(href), found.format);
      return found;
    }
    if (!PACKAGE.test(specifier)) return next(specifier, context);
    const whose = packageOf(parentURL);
    const known = packages.get(whose) ?? new Map<string, Found>();
    packages.set(whose, known);
    const before = known.get(specifier);
    if (before) return { ...before, shortCircuit: true };
    const found = next(specifier, context);
    known.set(specifier, { url: found.url, format: found.format });
    return found;
  },
});
