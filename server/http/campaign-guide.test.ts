import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseAnnouncement } from "../pricing/index.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const guide = read("docs/campaign-webhook.md");
const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"))].map((match) => match[1] ?? "");
const payload = (curl: string) => JSON.parse(/-d '([\s\S]*?)'/.exec(curl)?.[1] ?? "");

describe("the guide for partners", () => {
  it("shows the call that the example makes", () => {
    const [curl = ""] = blocks("sh");
    expect(payload(curl)).toEqual(payload(read("examples/announce-price.sh")));
  });

  it("signs as the example does, which a test runs against a real server", () => {
    const [ts = ""] = blocks("ts");
    expect(ts).toContain("webhook-signature");
    expect(read("examples/announce-campaign.ts")).toContain(ts.trim());
  });

  it.each(blocks("json"))("shows announcements that are understood: %s", (text) => {
    expect(parseAnnouncement(JSON.parse(text))).toMatchObject({ ok: true });
  });
});
