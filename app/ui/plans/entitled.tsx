import { createContext, type ReactNode, useContext } from "react";

type Held = Readonly<Record<string, unknown>>;

const Entitlements = createContext<Held>({});

/** What the organization of a page may do, for everything below. It only shows and hides: the server decides by itself. */
export function EntitlementsOf({ held, children }: { held: Held; children: ReactNode }) {
  return <Entitlements.Provider value={held}>{children}</Entitlements.Provider>;
}

/** Whether the organization of the page has a feature: on, or more than none of it. */
export function useEntitlement(feature: string): boolean {
  const value = useContext(Entitlements)[feature];
  if (typeof value === "object" && value !== null && "monthly" in value) return Number(value.monthly) > 0;
  return typeof value === "number" ? value > 0 : value === true;
}

/** What is shown to organizations that have a feature, and what instead to the others. */
export function Entitled({
  to,
  otherwise = null,
  children,
}: {
  to: string;
  otherwise?: ReactNode;
  children: ReactNode;
}) {
  return useEntitlement(to) ? children : otherwise;
}
