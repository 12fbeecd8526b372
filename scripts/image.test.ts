import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { settings } from "../server/kernel/config.ts";
import { plainWay } from "../server/kernel/live-guard.ts";
import { NODE_ENVIRONMENT, NODE_FLAGS } from "./process/node-flags.ts";
import { root } from "./test/run-program.ts";

type Service = {
  command?: string[];
  image?: string;
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  deploy?: { replicas: number };
  healthcheck?: { test?: string[]; disable?: boolean };
  read_only?: boolean;
  cap_drop?: string[];
};
const read = (file: string) => readFileSync(join(root, file), "utf8");
// The queue's library brings a reader of YAML.
const { load } = createRequire(join(root, "node_modules/graphile-worker/package.json"))("js-yaml") as {
  load(text: string): unknown;
};
const compose = load(read("compose.yaml")) as {
  services: Record<string, Service>;
  configs: Record<string, { content: string }>;
};
const ours = ["migrate", "web", "worker"].map((name) => [name, compose.services[name] ?? {}] as const);
/** The image's file, with lines that go on put together. */
const steps = read("Dockerfile")
  .replaceAll("\\\n", " ")
  .split("\n")
  .filter((line) => line.trim() !== "" && !line.startsWith("#"));
const stages = steps
  .join("\n")
  .split(/^FROM /m)
  .slice(1);
/** How a process of ours is started, as both files write it. */
const command = (program: "web" | "worker") =>
  `["node", ${NODE_FLAGS[program].map((flag) => `"${flag}", `).join("")}"build/processes/${program}.js"]`;
const programs = [...read("scripts/build-processes.ts").matchAll(/^ {2}(\w+): `/gm)].map((match) => match[1]);

describe("compose.yaml", () => {
  test("is two of each behind a proxy, migrated first", () => {
    expect(Object.keys(compose.services).sort()).toEqual(["database", "migrate", "proxy", "web", "worker"]);
    for (const name of ["web", "worker"]) {
      expect(compose.services[name]?.deploy?.replicas).toBe(2);
      expect(compose.services[name]?.depends_on?.migrate?.condition).toBe("service_completed_successfully");
    }
    expect(compose.services.migrate?.depends_on?.database?.condition).toBe("service_healthy");
    expect(compose.services.proxy?.depends_on?.web?.condition).toBe("service_healthy");
  });

  test.each(ours)(
    "%s runs a program that the build makes, with settings that exist, without rights",
    (_name, service) => {
      expect(programs).toContain(/^build\/processes\/(\w+)\.js$/.exec(service.command?.at(-1) ?? "")?.[1]);
      for (const name of Object.keys(service.environment ?? {}))
        expect([...Object.keys(settings), "DATABASE_ADMIN_URL"]).toContain(name);
      expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
    },
  );

  test.each(ours.slice(1))(
    "%s would start with a live key, as far as the way to the database goes",
    (_name, service) => {
      const { DATABASE_URL = "", DATABASE_SERVICE_URL = "", DATABASE_NETWORK } = service.environment ?? {};
      for (const url of [DATABASE_URL, DATABASE_SERVICE_URL])
        expect(plainWay("it", url.replace(/\$\{[^}]*\}/, "x"), DATABASE_NETWORK === "private")).toEqual([]);
    },
  );

  test("the proxy asks whether a web process is ready, and names what it saw itself", () => {
    const proxy = compose.configs.proxy?.content ?? "";
    expect(proxy).toContain("option httpchk GET /readyz");
    expect(proxy).toMatch(/default-server check/);
    expect(proxy.indexOf("del-header X-Forwarded-For")).toBeLessThan(proxy.indexOf("option forwardfor"));
    for (const name of ["web", "worker"] as const)
      expect(compose.services[name]?.command).toEqual(JSON.parse(command(name)));
    expect(compose.services.worker?.healthcheck?.test?.join(" ")).toContain("/readyz");
  });

  test("no secret is in it: every password comes from outside", () => {
    for (const url of read("compose.yaml").matchAll(/postgres:\/\/\w+:([^@]+)@/g))
      expect(url[1]).toMatch(/^\$\{[A-Z_]+:\?\}$/);
  });
});

describe("Dockerfile", () => {
  test("builds in stages, and the last one runs without rights and is asked for its health", () => {
    expect(stages.length).toBeGreaterThanOrEqual(3);
    const last = stages.at(-1) ?? "";
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^HEALTHCHECK .*readyz/m);
    expect(last).not.toMatch(/^RUN|npm/m);
    expect(last).toContain(`CMD ${command("web")}`);
    for (const [name, value] of Object.entries(NODE_ENVIRONMENT))
      expect(last).toMatch(new RegExp(`^ENV .*\\b${name}=${value}\\b`, "m"));
  });

  test("copies only what there is, and nothing that is secret", () => {
    for (const step of steps) {
      const copied = /^COPY (?!--from)(.+) \S+$/.exec(step)?.[1]?.split(" ") ?? [];
      for (const path of copied) expect(existsSync(join(root, path)), path).toBe(true);
    }
    expect(read(".dockerignore")).toMatch(/^\.data$/m);
    expect(read(".dockerignore")).toMatch(/^\*\.env$/m);
    expect(steps.join("\n")).not.toMatch(/(SECRET|PASSWORD|KEY)=/);
  });
});
