import { isRouteErrorResponse } from "@remix-run/react";
import { isLocale, type Locale } from "./locale.ts";

/** What travels with an error page: enough to find it in the log, nothing about its cause. */
export type Failure = {
  requestId: string;
  code?: string;
  roles?: readonly string[];
  /** Where even the root has nothing to show: the language that the page is to be called in. */
  locale?: Locale;
};

/** Reads a thrown answer in an error boundary, whatever it holds. */
export function readFailure(error: unknown): {
  requestId: string | null;
  roles: readonly string[];
  code: string | null;
  locale: Locale | null;
} {
  const body: unknown = isRouteErrorResponse(error) ? error.data : null;
  if (typeof body !== "object" || body === null) return { requestId: null, roles: [], code: null, locale: null };
  return {
    requestId: "requestId" in body && typeof body.requestId === "string" ? body.requestId : null,
    locale: "locale" in body && isLocale(body.locale) ? body.locale : null,
    code: "code" in body && typeof body.code === "string" ? body.code : null,
    roles: "roles" in body && Array.isArray(body.roles) ? body.roles.filter((role) => typeof role === "string") : [],
  };
}
