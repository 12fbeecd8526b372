// The least that Node can do over HTTP, in a process of its own: what every other server is a share of.
import { createServer } from "node:http";

const body = JSON.stringify({ hello: "world" });
const server = createServer((_request, response) => {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(
    JSON.stringify({ msg: "web is listening", level: "info", port: typeof address === "object" ? address?.port : 0 }),
  );
});
process.stdin.on("end", () => process.exit(0)).resume();
