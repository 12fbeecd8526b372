import { describe, expect, it } from "vitest";
import { announce, announcementsOf, storedCampaign } from "../../scripts/test/announcements.ts";
import { campaignShop } from "../../scripts/test/campaign-shop.ts";
import { sized } from "../../scripts/test/size.ts";

/** Of so many orders one is lived through; the last of all, which is the other way round, always. */
const ONE_OF = sized(3, 1);

const { partner, sql } = await campaignShop();

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

describe("announcements with versions lead to the same campaign in whatever order they arrive", () => {
  const dates = { startDate: "2026-11-01", endDate: "2026-12-31" };
  // Products of nobody: what is proven here is the campaign, and the histories of ours would only make it wait.
  const anybody = { products: ["elsewhere"] };
  it.each<[string, (say: ReturnType<typeof announcementsOf>) => Record<string, unknown>[]]>([
    [
      "made, changed, priced twice",
      (say) => [
        say.created({ ...anybody, status: "draft" }, { version: 1 }),
        say.updated({ name: "Changed", ...dates, products: ["elsewhere", "nowhere"] }, { version: 2 }),
        say.priceUpdated("price_a", { version: 3 }, "elsewhere"),
        say.priceUpdated("price_b", { version: 4 }, "nowhere"),
      ],
    ],
    [
      "made, priced, changed, deleted",
      (say) => [
        say.created(anybody, { version: 1 }),
        say.priceUpdated("price_a", { version: 2 }, "elsewhere"),
        say.updated({ ...anybody, name: "Changed" }, { version: 3 }),
        say.deleted({ version: 4 }),
      ],
    ],
    [
      "deleted and made anew, then priced and changed",
      (say) => [
        say.deleted({ version: 2 }),
        say.created({ ...anybody, name: "Anew" }, { version: 3 }),
        say.priceUpdated("price_a", { version: 4 }, "elsewhere"),
        say.updated({ ...anybody, name: "Changed", prices: [], ...dates }, { version: 5 }),
      ],
    ],
    [
      "priced, deleted and made anew, then priced again",
      (say) => [
        say.priceUpdated("price_z", { version: 1 }, "elsewhere"),
        say.deleted({ version: 2 }),
        say.created({ ...anybody, name: "Anew" }, { version: 3 }),
        say.priceUpdated("price_a", { version: 4 }, "elsewhere"),
      ],
    ],
  ])(
    "%s",
    async (name, make) => {
      const reach = async (order: readonly number[]) => {
        const id = `${name} ${order}`;
        const bodies = make(announcementsOf(id));
        for (const place of order) await announce(partner, bodies[place] ?? {});
        const all = await storedCampaign(sql, id);
        // Nothing of a deleted campaign decides anything but that it is, and as of which version.
        return all?.status === "deleted" ? { status: all.status, version: all.version } : all;
      };
      const inOrder = make(announcementsOf("")).map((_, place) => place);
      const [expected, ...others] = permutations(inOrder).filter((_order, n) => n % ONE_OF === 0 || n === 23);
      const reached = await reach(expected ?? []);
      for (const order of others) expect(await reach(order), `arriving as ${order}`).toEqual(reached);
    },
    90_000,
  );
});
