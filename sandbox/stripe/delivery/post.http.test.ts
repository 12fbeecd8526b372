import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Poster } from "./post.ts";

let server: Server;
let poster: Poster;
let connections: Socket[];
/** What the receiver does with each piece that comes in. */
let answer: (socket: Socket, said: string) => void;

beforeEach(async () => {
  connections = [];
  poster = new Poster();
  answer = (socket) => void socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  server = createServer((socket) => {
    connections.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => answer(socket, chunk.toString()));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  poster.close();
  for (const one of connections) one.destroy();
  server.close();
});

const post = (path = "/hooks?a=1") =>
  poster.post(`http://u:p@127.0.0.1:${(server.address() as AddressInfo).port}${path}`, "åäö", () => ({
    "Content-Type": "text/plain",
  }));

it("sends what it is given, over one connection for one after the other", async () => {
  const said: string[] = [];
  answer = (socket, text) => {
    said.push(text);
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  };
  expect([await post(), await post()]).toEqual([
    { status: 200, detail: "ok" },
    { status: 200, detail: "ok" },
  ]);
  expect(connections).toHaveLength(1);
  expect(said[0]).toMatch(/^POST \/hooks\?a=1 HTTP\/1\.1\r\n/);
  expect(said[0]).toContain(`\r\nAuthorization: Basic ${Buffer.from("u:p").toString("base64")}\r\n`);
  expect(said[0]).toMatch(/\r\nContent-Type: text\/plain\r\nContent-Length: 6\r\n\r\nåäö$/);
});

it("opens another connection where the receiver has closed one", async () => {
  answer = (socket) => void socket.end("HTTP/1.1 503 Busy\r\nConnection: close\r\n\r\nlater");
  expect([(await post()).status, (await post()).detail]).toEqual([503, "later"]);
  expect(connections).toHaveLength(2);
});

it("says when there is no answer, or none that can be read", async () => {
  answer = (socket) => void socket.destroy();
  expect(await post()).toMatchObject({ status: null, detail: expect.stringMatching(/closed|reset/i) });
  answer = (socket) => void socket.write("SSH-2.0-x\r\n\r\n");
  expect(await post()).toEqual({ status: null, detail: "the answer is not HTTP" });
  expect(await poster.post("http://127.0.0.1:1/", "", () => ({}))).toMatchObject({
    status: null,
    detail: expect.stringContaining("ECONNREFUSED"),
  });
});

it("cuts off an answer that does not end, and closes the connection", async () => {
  const piece = `10000\r\n${"x".repeat(65_536)}\r\n`;
  answer = (socket) => {
    socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (let sent = 0; sent < 20; sent += 1) socket.write(piece);
  };
  expect(await post()).toEqual({ status: null, detail: "the answer is longer than a megabyte" });
  answer = (socket) => void socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  expect(await post()).toEqual({ status: 200, detail: "ok" });
  expect(connections).toHaveLength(2);
});

it("puts an answer together that comes in pieces, and sends a body that is longer than the one before", async () => {
  answer = (socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Le");
    setImmediate(() => socket.write("ngth: 4\r\n\r\nab"));
    setImmediate(() => setImmediate(() => socket.write("cd")));
  };
  expect(await post()).toEqual({ status: 200, detail: "abcd" });
  const said: string[] = [];
  answer = (socket, text) => {
    said.push(text);
    if (said.join("").endsWith("end")) socket.write("HTTP/1.1 204 No Content\r\n\r\n");
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const long = `${"å".repeat(40_000)}end`;
  expect(await poster.post(url, long, (body) => ({ "X-Bytes": String(body.length) }))).toEqual({
    status: 204,
    detail: "",
  });
  expect(said.join("")).toContain(`X-Bytes: 80003\r\nContent-Length: 80003\r\n\r\nå`);
});
