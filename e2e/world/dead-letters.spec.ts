import { deliver } from "../../scripts/prove/deliver.ts";
import { theShop } from "../fixtures/addresses.ts";
import { books } from "../fixtures/books.ts";
import { expect, test } from "../fixtures/journey.ts";

const hourAgo = () =>
  new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Europe/Stockholm",
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
  })
    .format(new Date(Date.now() - 3_600_000))
    .replace(" ", "T");

test("staff try a range of stopped webhooks, see what would happen to each, and run them again", async ({
  staff,
  look,
}) => {
  const stamp = Date.now();
  for (let n = 0; n < 3; n++) {
    // Of another account: kept for a person, with the reason.
    await deliver(theShop(), {
      ...{
        id: `evt_letter_${stamp}_${n}`,
        object: "event",
        type: "price.updated",
        livemode: false,
        account: "acct_other",
      },
      created: Math.floor(stamp / 1000),
      data: { object: { id: `price_unknown_${n}` } },
    } as never);
  }
  await staff.goto("/admin/webhooks?status=dead&type=price.updated");
  const main = staff.getByRole("main");
  await expect(main.getByRole("row")).toHaveCount(4);
  await main.getByLabel("Mottagen från").fill(hourAgo());
  await main.getByRole("button", { name: "Filtrera" }).click();
  await expect(staff).toHaveURL(/from=/);
  await look(staff, "stopped");
  await main.getByRole("button", { name: "Prova att köra om alla" }).click();

  await expect(staff).toHaveURL(/\/batches\//);
  await expect(main).toContainText("Väntar på dig", { timeout: 120_000 });
  await expect(main).toContainText("3 av 3");
  expect((await books().inbox()).dead).toBeGreaterThanOrEqual(3);
  await look(staff, "tried");

  await main.getByRole("button", { name: /^Kör om 3/ }).click();
  await expect(main).toContainText("Varför");
  await main.getByLabel("Varför").fill("Det andra kontot var vårt");
  await main.getByRole("button", { name: /^Kör om 3/ }).click();
  // Not "Klara", which stands over their number from the first moment.
  await expect(main.getByText("Klar", { exact: true }).first()).toBeVisible({ timeout: 120_000 });
  await look(staff, "done");
  await expect(async () => {
    await staff.goto(`/admin/webhooks?type=price.updated&q=evt_letter_${stamp}`);
    await expect(main.getByRole("row")).toHaveCount(4, { timeout: 5_000 });
    await expect(main.getByRole("table")).not.toContainText("Stoppad", { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  expect((await books().violations()).filter((line) => !line.startsWith("V6"))).toEqual([]);
});
