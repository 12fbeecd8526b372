import { styleText } from "node:util";
import type { Config } from "../../server/kernel/config.ts";

/** What stands under a finished start: where to look, who to be, what to try. The demo people exist in the sandbox only. */
export function summary(config: Config, elapsedMs: number): string {
  const base = config.baseUrl;
  const title = (text: string) => styleText("bold", text);
  const rows = (entries: [string, string][]) => entries.map(([name, value]) => `  ${name.padEnd(18)}${value}`);
  const lines = [
    "",
    title(`Kraftverk is ready (${(elapsedMs / 1000).toFixed(1)} s, profile ${config.profile})`),
    ...rows([
      ["Shop", base],
      ["Memberships", `${base}/medlemskap`],
      ["Account", `${base}/account`],
      ["Back office", `${base}/admin`],
    ]),
  ];
  if (config.sandboxUrl) {
    lines.push(
      ...rows([
        ["Sandbox workbench", config.sandboxUrl],
        ["Mailbox", `${config.sandboxUrl}/mailbox`],
      ]),
      "",
      title("Log in"),
      ...rows([
        ["member", "member@kraftverk.test   password kraftverk-demo"],
        ["owner", "owner@kraftverk.test    password kraftverk-demo"],
        ["card", "4242 4242 4242 4242, any later month, any CVC"],
      ]),
    );
    const key = config.SOURCE_API_KEY?.[0];
    if (key) lines.push("", title("Announce a campaign price as the partner's system would"), announcement(base, key));
  }
  lines.push("", styleText("dim", "Ctrl-C stops everything."), "");
  return lines.join("\n");
}

function announcement(base: string, key: string): string {
  return `  curl -X POST ${base}/api/campaigns/webhook \\
    -H "Authorization: Bearer ${key}" \\
    -H "Content-Type: application/json" \\
    -d '{
      "action": "price.updated",
      "priceUpdate": {
        "stripePriceId": "price_TEST123",
        "originalProductId": "test-kund",
        "campaignId": "test_campaign",
        "campaignName": "Test Campaign"
      }
    }'`;
}
