import { Transform } from "node:stream";

/**
 * Hands on what is written within one moment as one piece. React writes two kilobytes at a time, and every piece costs on
 * its way through the streams to the socket; what is streamed later still goes out when it is there.
 */
export function gatheringStream(): Transform {
  let pieces: Uint8Array[] = [];
  let waiting = false;
  const send = (stream: Transform) => {
    waiting = false;
    if (pieces.length > 0) stream.push(Buffer.concat(pieces));
    pieces = [];
  };
  return new Transform({
    transform(piece: Uint8Array, _encoding, done) {
      pieces.push(piece);
      if (!waiting) {
        waiting = true;
        setImmediate(() => {
          if (!this.destroyed) send(this);
        });
      }
      done();
    },
    flush(done) {
      send(this);
      done();
    },
  });
}
