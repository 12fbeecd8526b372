import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withAddresses } from "./install-addressed.mjs";
import { root as project } from "./test/run-program.ts";

const lock = {
  packages: {
    "": { version: "1.0.0" },
    "node_modules/plain": { version: "2.0.0", integrity: "sha512-a" },
    "node_modules/@scope/name": { version: "3.1.0", integrity: "sha512-b" },
    "node_modules/plain/node_modules/other": { name: "@scope/real", version: "0.1.0", integrity: "sha512-c" },
    "node_modules/elsewhere": { version: "1.0.0" },
  },
};

it("each package that is downloaded gets the address at which a registry keeps it, and nothing else does", () => {
  const { packages } = withAddresses(lock, "http://registry.test/npm/");
  expect(Object.values(packages).map((entry) => (entry as { resolved?: string }).resolved)).toEqual([
    undefined,
    "http://registry.test/npm/plain/-/plain-2.0.0.tgz",
    "http://registry.test/npm/@scope/name/-/name-3.1.0.tgz",
    "http://registry.test/npm/@scope/real/-/real-0.1.0.tgz",
    undefined,
  ]);
});

describe("an installation", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "kraftverk-install-"));
    for (const file of ["package.json", ".npmrc"]) writeFileSync(join(root, file), "");
    writeFileSync(join(root, "package-lock.json"), JSON.stringify(lock));
    mkdirSync(join(root, "node_modules"));
    writeFileSync(join(root, "node_modules", "was"), "before");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Installs in a process of its own, with these lines of a shell as npm. */
  function install(npm: string) {
    const bin = join(root, "bin");
    mkdirSync(bin);
    writeFileSync(
      join(bin, "npm"),
      `#!/bin/sh\nif [ "$1" = config ]; then echo http://registry.test/; exit; fi\n${npm}\n`,
    );
    chmodSync(join(bin, "npm"), 0o755);
    const module = JSON.stringify(join(project, "scripts/install-addressed.mjs"));
    const program = `const { installAddressed } = await import(${module}); console.log(await installAddressed(${JSON.stringify(root)}, ["ci"]));`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
      env: { NODE_ENV: "production", PATH: `${bin}:/usr/bin:/bin` },
      encoding: "utf8",
    });
    return `${stdout}${stderr}`.trim();
  }
  const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");

  it("is made beside, by addresses, and takes the place of what was there", () => {
    expect(install("mkdir node_modules && cp package-lock.json node_modules/is")).toBe("true");
    expect(read("node_modules", "is")).toContain("http://registry.test/plain/-/plain-2.0.0.tgz");
    expect(() => read("node_modules", "was")).toThrow();
    expect(JSON.parse(read("package-lock.json"))).toEqual(lock);
    expect(() => read(".data", "install", "package.json")).toThrow();
  });

  it("that fails changes nothing, so that npm may ask the registry for the addresses", () => {
    expect(install("mkdir node_modules && exit 1")).toBe("false");
    expect(read("node_modules", "was")).toBe("before");
    expect(() => read(".data", "install", "package.json")).toThrow();
  });
});
