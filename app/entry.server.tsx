import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from "@remix-run/node";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { gatheringStream } from "./lib/gathering-stream.server.ts";
import { PageFactsProvider } from "./lib/page-facts.tsx";

/** How long a streamed part may take before its skeleton becomes an error. */
export const streamTimeout = 5_000;

/** Renders a document. People get the page as soon as its shell is ready; crawlers get it whole. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const { nonce, locale, theme, requestId } = loadContext;
  const waitForAll = isbot(request.headers.get("user-agent") ?? "");

  return new Promise((resolve, reject) => {
    let shellSent = false;
    let responseStatus = status;

    const respond = () => {
      shellSent = true;
      const body = gatheringStream();
      headers.set("Content-Type", "text/html; charset=utf-8");
      headers.set("X-Request-Id", requestId);
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: responseStatus }));
      pipe(body);
    };

    const { pipe, abort } = renderToPipeableStream(
      <PageFactsProvider value={{ nonce, locale, theme, requestId }}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} abortDelay={streamTimeout} />
      </PageFactsProvider>,
      {
        nonce,
        onShellReady: () => {
          if (!waitForAll) respond();
        },
        onAllReady: () => {
          // Or the timer would hold the page and all that it was made of for its whole time.
          clearTimeout(timer);
          if (waitForAll) respond();
        },
        onShellError: (error) => {
          clearTimeout(timer);
          reject(error);
        },
        onError(error) {
          responseStatus = 500;
          // A failed shell rejects and is reported there; what fails later would otherwise go unseen.
          if (shellSent && !request.signal.aborted) loadContext.reportError(error);
        },
      },
    );

    const timer = setTimeout(abort, streamTimeout + 1_000);
    timer.unref();
    request.signal.addEventListener("abort", () => abort(), { once: true });
  });
}

/** Unexpected errors of loaders, actions and rendering. A visitor who left is not one. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (!request.signal.aborted) context.reportError(error);
}
