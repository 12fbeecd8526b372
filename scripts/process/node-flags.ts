/**
 * How web and worker run in production. By itself the collector lets a process grow to several times of what it holds
 * (measured after a minute of load: web 430 MB, worker 290 MB; so 250 and 150): here young objects get 4 MB, which is
 * also what fits the processor's cache, and the heap grows by six tenths before it is collected. A page costs about a
 * tenth more for it (16 MB measured beside: 135 pages a second against 116);
 * `--optimize-for-size` saves another 40 MB and doubles the work of every page. The image and compose.yaml say the same.
 */
export const NODE_FLAGS = ["--max-semi-space-size=4", "--heap-growing-percent=60"] as const;
