import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../test/run-program.ts";
import { sendInOnePacket } from "./one-packet.ts";

// That it sends so is shown in server/kernel/send.db.test.ts.
test.each(["connection", "index", "queue"])(
  "code of %s.js that is not the one it was written for is refused",
  (name) => {
    const file = join(root, `node_modules/postgres/src/${name}.js`);
    const code = readFileSync(file, "utf8");
    const patched = sendInOnePacket(file, code);
    expect(patched).not.toBe(code);
    expect(() => sendInOnePacket(file, patched)).toThrow(/not the code/);
    expect(sendInOnePacket(`/elsewhere/${name}.js`, code)).toBe(code);
  },
);
