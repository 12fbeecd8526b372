import { expect, it } from "vitest";
import { AUDIT_ACTIONS } from "../../../server/kernel/audit-actions.ts";
import { ACT_CHOICES } from "./audit-areas.ts";

it("offers every act once, under an area, by its words", () => {
  expect(ACT_CHOICES.map(({ value }) => value).toSorted()).toEqual(AUDIT_ACTIONS.toSorted());
  for (const { value, label, group } of ACT_CHOICES) {
    expect(label).toBe(`acts.${value}`);
    expect(group, value).toMatch(/^security\.audit\.area\./);
  }
});
