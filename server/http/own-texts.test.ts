import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadConfig } from "../kernel/config.ts";
import { ownTexts } from "./own-texts.ts";
import { parseText } from "./parse-text.ts";

const TERMS = `# Terms

What holds when you buy from {company}.

## Goods

They are sent within two days.
To Sweden.

- By post
- By bike

## Right of withdrawal {#withdrawal}

Fourteen days.
`;

describe("a text that the owner wrote", () => {
  test("is its title, what it is about, and its sections with paragraphs and points", () => {
    expect(parseText(TERMS, "2026-11-20")).toEqual({
      title: "Terms",
      description: "What holds when you buy from {company}.",
      updated: "2026-11-20",
      lead: "What holds when you buy from {company}.",
      sections: [
        {
          id: "goods",
          title: "Goods",
          paragraphs: ["They are sent within two days. To Sweden.", ["By post", "By bike"]],
        },
        { id: "withdrawal", title: "Right of withdrawal", paragraphs: ["Fourteen days."] },
      ],
    });
    expect(parseText("# Å\n\nÄ.\n\n## Så här gör du\n\nSå.", "").sections[0]?.id).toBe("sa-har-gor-du");
  });

  test.each([
    ["no title", "Terms\n\nText.\n\n## A\n\nB", /must begin with/],
    ["nothing to begin with", "# Terms\n\n## A\n\nB", /what it is about/],
    ["no section", "# Terms\n\nText.", /a section/],
  ])("with %s says what it lacks", (_, text, message) => {
    expect(() => parseText(text, "")).toThrow(message);
  });
});

describe("the folder of texts", () => {
  const folder = mkdtempSync(join(tmpdir(), "texts-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const config = () =>
    loadConfig({
      DATABASE_URL: "postgres://a@b/c",
      DATABASE_SERVICE_URL: "postgres://a@b/c",
      STRIPE_SECRET_KEY: "sk_test_x",
      SESSION_SECRET: "x".repeat(32),
      TEXTS_DIR: folder,
    });

  test("holds each text in both languages, and says which file is wrong", () => {
    expect(() => ownTexts(config())).toThrow(/no text/);
    writeFileSync(join(folder, "terms.sv.md"), TERMS);
    expect(() => ownTexts(config())).toThrow(/terms\.en\.md is missing/);
    writeFileSync(join(folder, "terms.en.md"), "Terms");
    expect(() => ownTexts(config())).toThrow(/terms\.en\.md must begin/);
    writeFileSync(join(folder, "terms.en.md"), TERMS);
    expect(ownTexts(config())).toMatchObject({ terms: { sv: { title: "Terms" }, en: { title: "Terms" } } });
    expect(ownTexts(config()).privacy).toBeUndefined();
  });
});
