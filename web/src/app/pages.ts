/** The pages, in the order of the navigation. A page is a line here and a route in `router.tsx`. */
export const PAGES = [
  { path: "/", name: "Overview", key: "o" },
  { path: "/explore", name: "Explore", key: "e" },
  { path: "/errors", name: "Errors", key: "r" },
  { path: "/performance", name: "Performance", key: "p" },
  { path: "/alerts", name: "Alerts", key: "a" },
  { path: "/replay", name: "Replay", key: "s" },
  { path: "/deployments", name: "Deployments", key: "d" },
  { path: "/audit", name: "Audit", key: "u" },
  { path: "/settings", name: "Settings", key: "t" },
] as const;

/** Which of them a path is of. */
export function pageAt(path: string): (typeof PAGES)[number] | undefined {
  return PAGES.findLast((each) => path.startsWith(each.path));
}
