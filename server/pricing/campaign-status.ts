import { defineMachine } from "../kernel/machine.ts";

/** A campaign as its owner (the partner's system, later our staff) has announced it. */
export const campaignMachine = defineMachine({
  noun: "campaign",
  table: "campaigns",
  states: ["draft", "active", "ended", "deleted"],
  initial: "draft",
  events: {
    activated: { from: ["draft", "ended"], to: "active" },
    ended: { from: ["draft", "active"], to: "ended" },
    withdrawn: { from: ["active", "ended"], to: "draft" },
    deleted: { from: ["draft", "active", "ended"], to: "deleted" },
    recreated: { from: ["deleted"], to: "draft" },
  },
});
export type CampaignStatus = (typeof campaignMachine.states)[number];
