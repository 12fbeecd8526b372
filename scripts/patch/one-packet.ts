import { readFileSync } from "node:fs";

const FILES = /postgres[\\/]src[\\/](connection|index|queue)\.js$/;
const CONNECTION = [
  [
    `    chunk = chunk ? Buffer.concat([chunk, x]) : Buffer.from(x)
    if (fn || chunk.length >= 1024)
      return nextWrite(fn)
`,
    `    (chunk ??= []).push(x)
    chunkLength += x.length
    if (fn || chunkLength >= ${64 * 1024})
      return nextWrite(fn)
`,
  ],
  [
    `    const x = socket.write(chunk, fn)
    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
`,
    `    const x = socket.write(chunk.length === 1 ? chunk[0] : Buffer.concat(chunk, chunkLength), fn)
    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    chunkLength = 0
`,
  ],
  ["    , chunk = null\n", "    , chunk = null\n    , chunkLength = 0\n"],
  [
    "    incomings = null\n    clearImmediate(nextWriteTimer)\n",
    "    incomings = null\n    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    chunkLength = 0\n",
  ],
  [
    "    closedTime = performance.now()\n",
    "    query = results = errorResponse = null\n    result = new Result()\n    closedTime = performance.now()\n",
  ],
  [
    "    if (initial)\n      return reconnect()\n",
    "    if (initial) {\n      query = results = errorResponse = null\n      result = new Result()\n      return reconnect()\n    }\n",
  ],
  ["        return fetchArrayTypes()\n", "        return fetchArrayTypes().catch(() => {})\n"],
] as const;
const TRANSACTIONS = [
  [
    "    const queries = Queue()\n    let savepoints = 0\n",
    "    const queries = Queue()\n    const taken = Promise.withResolvers()\n    let savepoints = 0\n",
  ],
  [
    "      await sql.unsafe('begin ' + options.replace(/[^a-z ]/ig, ''), [], { onexecute }).execute()\n",
    `      const begun = sql.unsafe('begin ' + options.replace(/[^a-z ]/ig, ''), [], { onexecute }).execute()
      begun.catch(taken.reject)
      await taken.promise
      move(connection, reserved)
`,
  ],
  [
    "      connection = c\n      move(c, reserved)\n      c.reserved = () => queries.length\n",
    "      connection = c\n      taken.resolve()\n      move(c, reserved)\n      c.reserved = () => queries.length\n",
  ],
  [
    "        new Promise((_, reject) => connection.onclose = reject)\n",
    `        new Promise((_, reject) => connection.onclose = error => {
          lost = error
          while (queries.length)
            queries.shift().reject(error)
          reject(error)
        })
`,
  ],
  ["    let savepoints = 0\n      , connection\n", "    let savepoints = 0\n      , lost = null\n      , connection\n"],
  [
    "        q.catch(e => uncaughtError || (uncaughtError = e))\n",
    "        q.catch(e => uncaughtError || (uncaughtError = e))\n        if (lost)\n          return q.reject(lost)\n",
  ],
  [
    "    move(c, reserved)\n    c.reserved = () => queue.length\n",
    `    let lost = null
    c.onclose = error => {
      lost = error
      while (queue.length)
        queue.shift().reject(error)
    }
    move(c, reserved)
    c.reserved = () => queue.length
`,
  ],
  [
    "    sql.release = () => {\n      c.reserved = null\n",
    "    sql.release = () => {\n      if (lost)\n        return\n      c.reserved = null\n",
  ],
  [
    "    function handler(q) {\n      c.queue === full\n        ? queue.push(q)\n",
    "    function handler(q) {\n      if (lost)\n        return q.reject(lost)\n      c.queue === full\n        ? queue.push(q)\n",
  ],
  ["    const c = open.length\n      ? open.shift()\n", "    const c = open.length\n      ? open.pop()\n"],
  [
    "        const query = { reserve: resolve, reject }\n",
    "        const query = { reserve: resolve, reject: error => (queries.remove(query), reject(error)) }\n",
  ],
  [
    "    queries.length && connect(c, queries.shift())\n",
    `    if (queries.length) {
      const next = queries.shift()
      next.reserve && queries.push(next)
      connect(c, next)
    }
`,
  ],
  ["      return go(open.shift(), query)\n", "      return go(open.pop(), query)\n"],
] as const;
const QUEUE = [
  [
    "    push: (x) => (xs.push(x), x),\n    shift: () => {\n",
    `    push: (x) => (xs.push(x), x),
    pop: () => {
      const out = xs.pop()

      if (index === xs.length) {
        index = 0
        xs = []
      }

      return out
    },
    shift: () => {
`,
  ],
] as const;
const PATCHES: Readonly<Record<string, readonly (readonly [theirs: string, ours: string])[]>> = {
  connection: CONNECTION,
  index: TRANSACTIONS,
  queue: QUEUE,
};

/**
 * The database's client, postgres 3.4.9, gathers what is asked in one moment and sends it when it is a kilobyte, and waits for the
 * answer to `begin` before it lets a transaction say more: each packet takes longer than putting together the statements in it,
 * and wakes the other side. Here what is gathered goes out when the moment is over, or is 64 kilobytes, and a transaction's
 * first statements travel with its `begin`. What was gathered for a connection that broke is not sent in front of what the
 * next one begins with. Of idle connections the one that was used last is taken, not the one that has rested longest: it has planned
 * what is asked often, and what is not needed at rest can close. A transaction, or whoever has a connection alone, is told that it
 * broke, and so is everything asked on it from then on: the client would keep some of that for good, and write the rest to no socket, which ended
 * the process, or in front of what the next one begins with, whose first statement got the error that ended the one before. Throws when
 * the code is not the one that this was written for.
 */
export function sendInOnePacket(path: string, code: string): string {
  const patches = PATCHES[FILES.exec(path)?.[1] ?? ""];
  if (!patches) return code;
  let patched = code;
  for (const [theirs, ours] of patches) {
    if (patched.split(theirs).length !== 2)
      throw new Error(
        `${path} is not the code that scripts/patch/one-packet.ts was written for. Change it for this version, or take it out.`,
      );
    patched = patched.replace(theirs, () => ours);
  }
  return patched;
}

type Build = {
  onLoad(of: { filter: RegExp }, answer: (load: { path: string }) => { contents: string; loader: "js" }): void;
};

/** For the bundler of the processes. */
export const onePacket = {
  name: "one-packet",
  setup(build: Build): void {
    build.onLoad({ filter: FILES }, ({ path }) => ({
      contents: sendInOnePacket(path, readFileSync(path, "utf8")),
      loader: "js",
    }));
  },
};
