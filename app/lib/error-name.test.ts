import { describe, expect, it } from "vitest";
import { AWAY, errorName } from "./error-name.ts";
import { catalogues } from "./i18n/catalogues.ts";

describe("the page in place of another", () => {
  it.each([
    [403, "forbidden"],
    [404, "notFound"],
    [409, "unreadable"],
    [422, "unreadable"],
    [429, "tooMany"],
    [503, "busy"],
    [500, "server"],
    [502, "server"],
  ])("of %i is called %s, and has words of its own", (status, name) => {
    expect(errorName(status)).toBe(name);
    for (const words of [catalogues.sv, catalogues.en]) expect(words).toHaveProperty([`errors.${name}.title`]);
  });

  it("is another where it is the shop itself that cannot be asked", () => {
    expect(errorName(503, AWAY)).toBe("away");
    expect(errorName(500, AWAY)).toBe("server");
    for (const words of [catalogues.sv, catalogues.en]) expect(words).toHaveProperty(["errors.away.title"]);
  });

  it("blames nobody here when somebody else does not answer", () => {
    expect(catalogues.sv["errors.busy.text"]).not.toContain("Felet är vårt");
    expect(catalogues.sv["errors.server.text"]).toContain("Felet är vårt");
  });
});
