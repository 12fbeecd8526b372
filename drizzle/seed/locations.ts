/** Where the demo shop's goods lie; sold from the warehouse first. */
export const LOCATIONS = [
  { id: "warehouse", name: { sv: "Lagret, Kolkajen", en: "Warehouse, Kolkajen" }, position: 0 },
  { id: "front-desk", name: { sv: "Receptionen, Turbinen", en: "Front desk, Turbinen" }, position: 1 },
] as const;
