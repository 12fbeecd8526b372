import { useRootData } from "./root-data.ts";

/** Where a buyer sends goods back to: the company as it stands at the foot of every page. */
export function useReturnAddress(): string {
  const company = useRootData()?.company;
  return company ? `${company.name}, ${company.address}` : "";
}
