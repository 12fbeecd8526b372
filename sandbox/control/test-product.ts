import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

interface State {
  idle: boolean;
  nextDueAt: string | null;
}

export interface TestProduct {
  url: string;
  told: string[];
  /** What to answer to the n-th telling of an instant, and when. */
  answer: (now: string) => State | Promise<State>;
  authorization: Set<string>;
  status: number;
  resets: string[];
  close(): Promise<void>;
}

/** A product that only knows what time it is. */
export async function startTestProduct(): Promise<TestProduct> {
  const product: TestProduct = {
    url: "",
    told: [],
    answer: () => ({ idle: true, nextDueAt: null }),
    authorization: new Set(),
    status: 200,
    resets: [],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const read = async (request: IncomingMessage) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    return text;
  };
  const server = createServer((request, response) => {
    product.authorization.add(`${request.method} ${request.url} ${request.headers.authorization}`);
    read(request).then(
      async (text) => {
        const { now, reset } = JSON.parse(text) as { now: string; reset?: boolean };
        if (reset) product.resets.push(now);
        product.told.push(now);
        const state = await product.answer(now);
        response.writeHead(product.status, { "Content-Type": "application/json" }).end(JSON.stringify(state));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  product.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return product;
}
