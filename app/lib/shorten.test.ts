import { describe, expect, it } from "vitest";
import { shortenMiddle } from "./shorten.ts";

describe("a shortened id", () => {
  it("keeps its prefix and last four", () => {
    expect(shortenMiddle("sub_01J9ZKABCDEFGHJKMNPQRS4XQ2")).toBe("sub_01J9ZK…4XQ2");
    expect(shortenMiddle("cs_test_a1B2c3D4e5F6g7H8i9J0")).toBe("cs_test_a1B2…i9J0");
  });

  it("leaves short ones alone", () => {
    expect(shortenMiddle("price_TEST123")).toBe("price_TEST123");
  });
});
