import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

const EVERY_MS = 2_000;

/** Loads the page's data again every two seconds while something is under way. Without JavaScript there is a link for it. */
export function useRefresh(underWay: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!underWay || state !== "idle") return;
    const timer = window.setTimeout(revalidate, EVERY_MS);
    return () => window.clearTimeout(timer);
  }, [underWay, state, revalidate]);
}
