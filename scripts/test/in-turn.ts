/** Takes what somebody says, as it comes. */
export type Say = (text: string) => void;

export type Speaker = { readonly say: Say; finish(): void };

/**
 * Lets several speak at once and be read one after the other, in the order in which they were introduced: whoever's turn
 * it is is heard at once, the others when those before them have finished.
 */
export function inTurn(write: Say): () => Speaker {
  const waiting: { said: string; finished: boolean }[] = [];
  const hear = () => {
    for (let turn = waiting[0]; turn; turn = waiting[0]) {
      if (turn.said !== "") write(turn.said);
      turn.said = "";
      if (!turn.finished) return;
      waiting.shift();
    }
  };
  return () => {
    const speaker = { said: "", finished: false };
    waiting.push(speaker);
    return {
      say: (text) => {
        speaker.said += text;
        hear();
      },
      finish: () => {
        speaker.finished = true;
        hear();
      },
    };
  };
}
