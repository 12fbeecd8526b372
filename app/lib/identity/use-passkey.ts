import { useSubmit } from "@remix-run/react";
import { startAuthentication, startRegistration } from "@simplewebauthn/browser";
import { useEffect, useState } from "react";

type Passkey = {
  /** This browser can, and its script runs. */
  readonly usable: boolean;
  readonly waiting: boolean;
  /** Nothing came of it: the dialog was closed, or no passkey fits. */
  readonly stopped: boolean;
  /** Asks the device, and submits what it says with `fields` to the page's own action. */
  ask(fields: Record<string, string>): Promise<void>;
};

/** Makes or uses a passkey: a question from the shop, an answer from the device, and the answer to the page's action. */
export function usePasskey(intent: "sign_in" | "register"): Passkey {
  const submit = useSubmit();
  const [usable, setUsable] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const [stopped, setStopped] = useState(false);
  useEffect(() => setUsable("PublicKeyCredential" in window), []);
  const ask: Passkey["ask"] = async (fields) => {
    setWaiting(true);
    setStopped(false);
    try {
      const answer = await fetch("/passkey", { method: "POST", body: new URLSearchParams({ intent }) });
      if (!answer.ok) throw new Error("no question");
      const optionsJSON = await answer.json();
      const response = await (intent === "register"
        ? startRegistration({ optionsJSON })
        : startAuthentication({ optionsJSON }));
      submit({ ...fields, response: JSON.stringify(response) }, { method: "post" });
    } catch {
      setStopped(true);
    } finally {
      setWaiting(false);
    }
  };
  return { usable, waiting, stopped, ask };
}
