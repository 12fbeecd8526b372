import { describe, expect, it } from "vitest";
import { readFailure } from "./failure.ts";

const thrown = (data: unknown) => ({ status: 429, statusText: "", internal: false, data });

describe("what travels with an error page", () => {
  it("says in which language the page is called where the root shows nothing", () => {
    expect(readFailure(thrown({ requestId: "req_1", locale: "en" }))).toMatchObject({
      requestId: "req_1",
      locale: "en",
    });
  });

  it("is nothing where another answer was thrown", () => {
    for (const error of [thrown({ locale: "fi", requestId: 1, roles: "all" }), thrown("no"), new Error("no")])
      expect(readFailure(error)).toEqual({ requestId: null, roles: [], code: null, locale: null });
  });
});
