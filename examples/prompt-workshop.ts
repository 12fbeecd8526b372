// A program that an organization's plan opens, bit by bit: node examples/prompt-workshop.ts
// Settings: KRAFTVERK_URL (default http://localhost:3000), KRAFTVERK_API_KEY (scope entitlements.read; a person's or the
// organization's own), ORGANIZATION (org_…), ISSUER (the shop's public address, where the program reaches it at another).
import { createClient } from "kraftverk/client";

const { KRAFTVERK_API_KEY: apiKey, ORGANIZATION: organization, ISSUER: issuer } = process.env;
if (!apiKey || !organization) throw new Error("KRAFTVERK_API_KEY and ORGANIZATION must be set.");
const url = process.env.KRAFTVERK_URL ?? "http://localhost:3000";
const shop = createClient({ url, apiKey, ...(issuer ? { issuer } : {}) });

// Looked up in a signed token, which is asked for once and checked here: no call leaves for each of these.
const may = (feature: string) => shop.hasEntitlement(organization, feature);

const prompt = "Write a poem about rust.";
console.log((await may("canUseAllModules")) ? "All modules are open." : "The first module is open.");
if (await may("canExportMD")) console.log(`# Prompt\n\n${prompt}`);
console.log((await may("hasCloudHistory")) ? "Kept in the cloud." : "Kept on this machine alone.");
if (await may("hasEvaluatorAI")) console.log("Evaluated: 4 of 5.");

// What costs money for each run is asked of the shop itself: what was lost a moment ago is not given.
const real = await shop.hasEntitlement(organization, "canUseGptTestReal", { online: true });
console.log(real ? "Tested for real." : "Tested as a rehearsal: real tests are in a larger plan.");
