import { describe, expect, it } from "vitest";
import { formatDate, formatDateTime, formatRelative, formatTime } from "./dates.ts";

const evening = "2026-12-20T18:04:00Z";

describe("dates", () => {
  it("are written out in prose and sortable in Swedish tables", () => {
    expect(formatDate(evening, "sv", "prose")).toBe("20 december 2026");
    expect(formatDate(evening, "en", "prose")).toBe("20 December 2026");
    expect(formatDate(evening, "sv", "table")).toBe("2026-12-20");
    expect(formatDate(evening, "en", "table")).toBe("20 Dec 2026");
    expect(formatDate("2026-11-29T12:00:00Z", "sv", "short")).toBe("29 nov.");
    expect(formatDate("2026-11-29T12:00:00Z", "en", "short")).toBe("29 Nov");
    expect(formatDate(evening, "sv", "day")).toBe("20 december");
  });

  it("are Stockholm's, whatever the reader's clock says", () => {
    expect(formatDate("2026-12-31T23:30:00Z", "sv", "table")).toBe("2027-01-01");
    expect(formatTime("2026-07-01T22:30:00Z", "sv")).toBe("00.30");
  });

  it("have 24 hours, with the point in Swedish and the colon in English", () => {
    expect(formatTime(evening, "sv")).toBe("19.04");
    expect(formatTime(evening, "en")).toBe("19:04");
    expect(formatDateTime("2026-11-20T18:04:00Z", "sv", "prose")).toBe("20 november 2026 19.04");
  });

  it("are relative only within a day", () => {
    expect(formatRelative("2026-12-20T17:59:00Z", evening, "sv")).toBe("för 5 minuter sedan");
    expect(formatRelative("2026-12-20T21:30:00Z", evening, "en")).toBe("in 3 hours");
    expect(formatRelative("2026-12-19T18:04:00Z", evening, "sv")).toBeNull();
  });
});
