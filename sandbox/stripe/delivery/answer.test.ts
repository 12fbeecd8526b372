import { expect, it } from "vitest";
import { readAnswer } from "./answer.ts";

const of = (...lines: string[]) => Buffer.from(lines.join("\r\n"));

it("reads an answer of a given length, and waits until all of it is there", () => {
  const whole = of("HTTP/1.1 200 OK", "Content-Length: 3", "", "åa");
  expect(readAnswer(whole)).toEqual({ status: 200, body: "åa", stays: true });
  for (let length = 0; length < whole.length; length += 1)
    expect(readAnswer(whole.subarray(0, length))).toBeUndefined();
});

it("reads an answer that comes in chunks", () => {
  const whole = of("HTTP/1.1 500 Oops", "transfer-encoding: chunked", "", "3", "abc", "2;x=1", "de", "0", "", "");
  expect(readAnswer(whole)).toEqual({ status: 500, body: "abcde", stays: true });
  expect(readAnswer(whole.subarray(0, -2))).toBeUndefined();
});

it("reads to the end when no length is told, and knows which connections stay", () => {
  const open = of("HTTP/1.0 302 Found", "Location: /", "", "moved");
  expect(readAnswer(open)).toBeUndefined();
  expect(readAnswer(open, true)).toEqual({ status: 302, body: "moved", stays: false });
  const closing = of("HTTP/1.1 200 OK", "Connection: close", "Content-Length: 0", "", "");
  expect(readAnswer(closing)).toEqual({ status: 200, body: "", stays: false });
  expect(readAnswer(of("HTTP/1.1 204 No Content", "", ""))).toEqual({ status: 204, body: "", stays: true });
});

it("passes over what comes before the answer, and refuses what is not HTTP", () => {
  const continued = of("HTTP/1.1 100 Continue", "", "HTTP/1.1 200 OK", "Content-Length: 0", "", "");
  expect(readAnswer(continued)?.status).toBe(200);
  expect(() => readAnswer(of("SSH-2.0-x", "", ""))).toThrow("not HTTP");
});
