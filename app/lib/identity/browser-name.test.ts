import { describe, expect, it } from "vitest";
import { browserName } from "./browser-name.ts";

describe("a browser's name", () => {
  it("is what its owner calls it", () => {
    const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0";
    expect(browserName(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`)).toBe("Chrome, Windows");
    expect(browserName(`Mozilla/5.0 (Windows NT 10.0) ${chrome} Safari/537.36 Edg/156.0`)).toBe("Edge, Windows");
    expect(browserName("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1")).toBe(
      "Safari, iPhone",
    );
    expect(browserName("curl/8.0")).toBeNull();
    expect(browserName(null)).toBeNull();
  });
});
