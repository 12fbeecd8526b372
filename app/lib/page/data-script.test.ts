import { expect, test } from "vitest";
import { dataScript, withDataScript } from "./data-script.server.ts";

const streamOf = (...pieces: Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
const bytes = (text: string) => new TextEncoder().encode(text);

/** What a browser's script would hand on, run on the text between the tags. */
function handed(script: string): string[] {
  const given: string[] = [];
  const streamController = { enqueue: (text: string) => given.push(text), close: () => given.push("closed") };
  const body = /^<script nonce="n-1">(.*)<\/script>$/s.exec(script)?.[1] ?? "";
  new Function("window", body)({ __remixContext: { streamController } });
  return given;
}

test("hands on every piece as it was, letters cut in two among them", async () => {
  const [first, rest] = [bytes('["å'), bytes('ngkraft"]\n')];
  const cut = first.length - 1;
  const script = await dataScript(streamOf(first.slice(0, cut), new Uint8Array([...first.slice(cut), ...rest])), "n-1");
  expect(handed(script).join("")).toBe('["ångkraft"]\nclosed');
});

test("nothing in the data can end the script or begin another", async () => {
  const hostile = "</script><script>alert(1)</script><!-- & \u2028 \u2029 \"\\ it's \r\n";
  const script = await dataScript(streamOf(bytes(hostile)), "n-1");
  expect(script.slice(1, -9)).not.toMatch(/[<&\u2028\u2029]/);
  expect(handed(script)).toEqual([hostile, "closed"]);
});

test("is the last thing in the body; a page without data gets none", async () => {
  expect(withDataScript("<html><body>a</body></html>", "<script>")).toBe("<html><body>a<script></body></html>");
  expect(await dataScript(undefined, "n-1")).toBe("");
});
