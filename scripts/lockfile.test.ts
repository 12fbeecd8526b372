import { describe, expect, it } from "vitest";
import { completeLock, lockProblems, missingEntries } from "./lockfile.mjs";

const lock = {
  packages: {
    "": { version: "1.0.0" },
    "node_modules/linter": {
      version: "2.0.0",
      dev: true,
      optionalDependencies: {
        "@linter/linux-x64": "2.0.0",
        "@linter/darwin-arm64": "2.0.0",
        "@linter/linux-arm64-musl": "^2.0.0",
      },
    },
    "node_modules/@linter/linux-x64": { version: "2.0.0", dev: true, optional: true },
  },
};

describe("a lock written behind a mirror that lacks platform packages", () => {
  it("is told apart from a complete one", () => {
    expect(lockProblems(lock)).toHaveLength(2);
    expect(lockProblems(completeLock(lock))).toEqual([]);
  });

  it("gets an entry for each of them, with the platform from its name", () => {
    expect(missingEntries(lock)).toEqual({
      "node_modules/@linter/darwin-arm64": {
        version: "2.0.0",
        dev: true,
        optional: true,
        os: ["darwin"],
        cpu: ["arm64"],
      },
      "node_modules/@linter/linux-arm64-musl": {
        version: "2.0.0",
        dev: true,
        optional: true,
        os: ["linux"],
        cpu: ["arm64"],
        libc: ["musl"],
      },
    });
  });

  it("keeps npm's order, the root first", () => {
    const keys = Object.keys(completeLock(lock).packages);
    expect(keys).toEqual([...keys].sort());
    expect(keys[0]).toBe("");
  });

  it("gets a second entry beside its parent when the version at the top is another", () => {
    const nested = {
      packages: {
        "node_modules/@tool/linux-x64": { version: "1.0.0" },
        "node_modules/old/node_modules/tool": {
          version: "0.9.0",
          optionalDependencies: { "@tool/linux-x64": "0.9.0" },
        },
      },
    };
    expect(Object.keys(missingEntries(nested))).toEqual([
      "node_modules/old/node_modules/tool/node_modules/@tool/linux-x64",
    ]);
  });

  it("names no address", () => {
    const packages = { "node_modules/a": { version: "1.0.0", resolved: "https://registry.example/a.tgz" } };
    expect(lockProblems({ packages })).toEqual(["node_modules/a names the address it was downloaded from"]);
  });
});
