import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToString } from "react-dom/server";
import { dataScript, withDataScript } from "./lib/page/data-script.server.ts";
import { createDrawn, type DrawnPieces } from "./lib/page/drawn-pieces.server.ts";
import { aroundModuleScripts, moduleScripts } from "./lib/page/module-scripts.server.ts";
import { pageBytes } from "./lib/page/page-bytes.server.ts";
import { PageFactsProvider } from "./lib/page/page-facts.tsx";

/** How long a value that a loader did not wait for may take before its page is answered without it. */
export const streamTimeout = 5_000;

/** Not while components are written: one that was changed would be shown as it was. */
const drawn = process.env.NODE_ENV === "production" ? createDrawn() : null;

/**
 * Renders a document whole. No page of ours has parts that come later (a loader answers when it has everything), and as one
 * text a page takes half the work of one that is streamed in pieces. Should a loader return a promise, its page waits.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const { nonce, locale, theme, requestId } = loadContext;
  const { serverHandoffStream, ...context } = remixContext;
  const render = (part: "page" | "scripts", ofNonce: string, pieces?: DrawnPieces) =>
    renderToString(
      <PageFactsProvider value={{ nonce: ofNonce, locale, theme, requestId, part, pieces }}>
        <RemixServer context={context} url={request.url} nonce={ofNonce} />
      </PageFactsProvider>,
    );
  const script = await dataScript(serverHandoffStream, nonce);
  const pieces = drawn?.();
  const rendered = render("page", nonce, pieces);
  const [before, after] = aroundModuleScripts(rendered) ?? [rendered, null];
  const fill = (text: string) => pieces?.fill(text) ?? [text];
  const page =
    after === null
      ? ["<!DOCTYPE html>", ...fill(withDataScript(before, script))]
      : [
          "<!DOCTYPE html>",
          ...fill(before),
          ...moduleScripts(nonce, context, (ofNonce) => render("scripts", ofNonce)),
          ...fill(withDataScript(after, script)),
        ];
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("X-Request-Id", requestId);
  return loadContext.wholePage(pageBytes(page), { headers, status });
}

/**
 * Unexpected errors of loaders, actions and rendering. A visitor who left is not one, nor what a route answered itself by
 * throwing it, nor what is the caller's mistake: a form sent to a page that takes none (405), an address that is no page.
 */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  const answered = isRouteErrorResponse(error) && (error.status < 500 || !("error" in error && error.error));
  if (!request.signal.aborted && !answered) context.reportError(error);
}
