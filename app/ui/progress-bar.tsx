import { useNavigation } from "@remix-run/react";
import { useEffect, useState } from "react";

/** A thin line at the top once a navigation takes longer than a moment. */
export function ProgressBar() {
  const navigation = useNavigation();
  const busy = navigation.state !== "idle";
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!busy) {
      setShown(false);
      return;
    }
    const timer = window.setTimeout(() => setShown(true), 150);
    return () => window.clearTimeout(timer);
  }, [busy]);

  // A page the browser kept when it left for the payment page comes back with its button still pending.
  useEffect(() => {
    const restore = (event: PageTransitionEvent) => {
      if (event.persisted && busy) window.location.reload();
    };
    window.addEventListener("pageshow", restore);
    return () => window.removeEventListener("pageshow", restore);
  }, [busy]);

  if (!shown) return null;
  return (
    <div aria-hidden="true" className="no-print fixed inset-x-0 top-0 z-50 h-0.5 bg-fg">
      <div className="progress h-full bg-mark" />
    </div>
  );
}
