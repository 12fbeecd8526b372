import { expect, test } from "vitest";
import { pageChunks } from "./page-chunks.ts";

/** The file of each module of a bundle that is told as what imports what; entries are those in app/routes, and root. */
function filesOf(imports: Record<string, readonly string[]>): Record<string, string | undefined> {
  const at = (name: string) => `/shop/${name}`;
  const isEntry = (id: string) => /\/app\/(routes\/|root\.|entry\.)/.test(id);
  const bundle = {
    getModuleIds: () => Object.keys(imports).map(at),
    getModuleInfo: (id: string) => ({
      isEntry: isEntry(id),
      importedIds: (imports[id.slice(at("").length)] ?? []).map(at),
    }),
  };
  const chunkOf = pageChunks();
  return Object.fromEntries(Object.keys(imports).map((name) => [name, chunkOf(at(name), bundle)]));
}

test("what every page needs lies in the frame, its words by themselves, and what it runs on by itself", () => {
  const files = filesOf({
    "app/root.tsx": ["app/ui/header.tsx", "node_modules/react/index.js"],
    "app/ui/header.tsx": ["app/lib/i18n/catalogues.ts", "node_modules/lucide-react/icons/cart.js"],
    "app/lib/i18n/catalogues.ts": [],
    "app/routes/_shop._index.tsx": ["app/ui/header.tsx", "app/ui/hero.tsx"],
    "app/ui/hero.tsx": [],
    "node_modules/react/index.js": [],
    "node_modules/lucide-react/icons/cart.js": [],
  });
  expect(files).toEqual({
    "app/root.tsx": "frame",
    "app/ui/header.tsx": "frame",
    "app/lib/i18n/catalogues.ts": "words",
    "app/routes/_shop._index.tsx": undefined,
    "app/ui/hero.tsx": undefined,
    "node_modules/react/index.js": "framework",
    "node_modules/lucide-react/icons/cart.js": "frame",
  });
});

test("what pages of one area share is loaded there, what many of several areas share is loaded by all, and the rest by who needs it", () => {
  const routes = ["admin.a", "admin.b", "account.c", "account.d", "_shop.e"];
  const files = filesOf({
    "app/root.tsx": [],
    ...Object.fromEntries(routes.map((name) => [`app/routes/${name}.tsx`, ["app/ui/table.tsx"]])),
    "app/routes/admin.f.tsx": ["app/ui/office.tsx", "app/ui/pair.tsx"],
    "app/routes/admin.g.tsx": ["app/ui/office.tsx", "app/ui/form.tsx"],
    "app/routes/account.h.tsx": ["app/ui/pair.tsx", "app/ui/form.tsx"],
    "app/ui/table.tsx": [],
    "app/ui/office.tsx": [],
    "app/ui/pair.tsx": [],
    "app/ui/form.tsx": ["app/lib/input.ts"],
    "app/lib/input.ts": ["node_modules/zod/index.js"],
    "node_modules/zod/index.js": [],
  });
  expect(files).toMatchObject({
    "app/ui/table.tsx": "parts",
    "app/ui/office.tsx": "office-parts",
    "app/ui/pair.tsx": undefined,
    "app/ui/form.tsx": undefined,
    "app/lib/input.ts": undefined,
    "node_modules/zod/index.js": undefined,
  });
});

test("what a library's one module imports is not needed by who imports that", () => {
  const files = filesOf({
    "app/root.tsx": ["node_modules/radix-ui/index.mjs"],
    "node_modules/radix-ui/index.mjs": ["app/ui/of-a-library.tsx"],
    "app/ui/of-a-library.tsx": [],
  });
  expect(files["app/ui/of-a-library.tsx"]).toBeUndefined();
});
