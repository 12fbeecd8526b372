import { describe, expect, it } from "vitest";
import { refusalOf } from "./refusal.ts";

const trpcError = (code: string, cause?: Error) => Object.assign(new Error("said"), { name: "TRPCError", code, cause });
const domainError = (code: string, details: object) =>
  Object.assign(new Error("why"), { name: "DomainError", code, kind: "forbidden", details });

describe("a refusal", () => {
  it("keeps the domain's code and details", () => {
    expect(refusalOf(trpcError("FORBIDDEN", domainError("identity.role_missing", { roles: ["owner"] })))).toEqual({
      kind: "forbidden",
      code: "identity.role_missing",
      details: { roles: ["owner"] },
    });
  });

  it("names the fields that a procedure's own input check refused", () => {
    const zod = Object.assign(new Error("bad"), {
      name: "ZodError",
      issues: [{ path: ["email"] }, { path: ["a", 0] }],
    });
    expect(refusalOf(trpcError("BAD_REQUEST", zod))?.details).toEqual({ fields: ["email", "a.0"] });
  });

  it("is nothing else: bugs stay bugs", () => {
    expect(refusalOf(trpcError("INTERNAL_SERVER_ERROR", new Error("broken")))).toBeNull();
    expect(refusalOf(new Error("broken"))).toBeNull();
    expect(refusalOf("no")).toBeNull();
  });
});
