import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";

const log = new URL("./log.ts", import.meta.url).href;
const children: ChildProcess[] = [];

/** A process that says something long, waits for a word, says that it cannot go on, and ends. */
function process() {
  const program = `
    import { createLog } from ${JSON.stringify(log)};
    const log = createLog({ process: "test", level: "info" });
    const long = "far too long to read ".repeat(700);
    process.send("ready");
    process.on("message", () => {
      for (let n = 0; n < 60; n += 1) log.info({ n }, long);
      log.fatal("cannot go on");
      process.send("said");
      setTimeout(() => process.exit(3), 50);
    });`;
  const child = spawn(globalThis.process.execPath, ["--input-type=module-typescript", "-e", program], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  children.push(child);
  return child;
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

describe("a process whose log", () => {
  it("is read, says everything before it ends", async () => {
    const child = process();
    let said = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    await once(child, "message");
    child.send("go");
    expect((await once(child, "close"))[0]).toBe(3);
    const lines = said.trim().split("\n");
    expect(lines).toHaveLength(61);
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ level: "fatal", msg: "cannot go on" });
  });

  it("nobody reads any more, ends when it wants to", async () => {
    const child = process();
    await once(child, "message");
    child.stdout?.destroy();
    child.send("go");
    expect((await once(child, "exit"))[0]).toBe(3);
  });
});
