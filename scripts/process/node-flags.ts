/**
 * How web and worker run in production. By itself the collector lets a process grow to several times of what it holds
 * (measured after a minute of load: web 430 MB, worker 290 MB). The worker's young objects get 4 MB, which is also what
 * fits the processor's cache, from the first moment on (growing into them takes a sixth of its start), and its heap grows by
 * six tenths before it is collected. Web has sixteen pages under way at
 * once, whose objects would be taken for old ones in that: with 16 MB, and a heap that may double, a page takes a sixth
 * less work for 35 MB more (measured in pairs). `--optimize-for-size` saves another 40 MB and doubles the work of every
 * page. The image and compose.yaml say the same.
 */
export const NODE_FLAGS = {
  web: ["--max-semi-space-size=16", "--heap-growing-percent=100"],
  worker: ["--min-semi-space-size=4", "--max-semi-space-size=4", "--heap-growing-percent=60"],
} as const;

/**
 * What they have to find when they start: by itself the C library gives each of a dozen threads a heap of its own, and keeps what was
 * freed in each (measured after a minute of load: 285 → 250 MB for web, 162 → 156 MB for the worker). Means nothing to other C libraries.
 */
export const NODE_ENVIRONMENT = { MALLOC_ARENA_MAX: "2" } as const;
