// Every page that somebody can reach by links, one of each kind.
import type { Page } from "@playwright/test";
import { type Scheme, examine } from "./axe.ts";

const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
// Of these kinds several are looked at: they differ by what they show.
const SEVERAL: [RegExp, number][] = [
  [/\/contracts\/\{id\}$/, 8],
  [/\/gate\?customer=/, 2],
];
const FILES = /\.(pdf|csv|json|css|js|svg|zip)($|\?)|\/documents\/|\/html$/;

function kind(path: string): string {
  const [place, query = ""] = path.replace(UUID, "{id}").split("?");
  const names = [...new URLSearchParams(query).keys()].sort().join("&");
  return names ? `${place}?${names}=` : place;
}

export interface Tour {
  /** Addresses to begin with; each is looked at. */
  starts: string[];
  /** Links are followed below these only; everywhere when empty. */
  areas: string[];
  schemes: readonly Scheme[];
}

/** Follows links; examines each page. What is wrong, and which pages were seen. */
export async function tour(page: Page, { starts, areas, schemes }: Tour): Promise<{ wrong: string[]; pages: string[] }> {
  const wrong: string[] = [];
  const pages: string[] = [];
  const seen = new Map<string, number>();
  const waiting = [...starts];
  const lang = starts[0].slice(0, 4);
  const inside = (path: string) => path.startsWith(lang) && (areas.length === 0 || areas.some((a) => path.startsWith(a)));
  while (waiting.length > 0) {
    const path = waiting.shift() as string;
    const limit = SEVERAL.find(([pattern]) => pattern.test(kind(path)))?.[1] ?? 1;
    const before = seen.get(kind(path)) ?? 0;
    if (pages.includes(path) || (before >= limit && !starts.includes(path))) continue;
    seen.set(kind(path), before + 1);
    const answer = await page.goto(path);
    if (answer?.status() !== 200) wrong.push(`${path}: ${answer?.status()}`);
    const landed = new URL(page.url());
    const at = `${landed.pathname}${landed.search}`;
    if (at !== path) {
      // Led on to another page: that one counts.
      if (pages.includes(at)) continue;
      seen.set(kind(at), (seen.get(kind(at)) ?? 0) + 1);
    }
    pages.push(at);
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
    for (const target of links.map((link) => link.split("#")[0])) {
      if (inside(target) && !FILES.test(target)) waiting.push(target);
    }
    wrong.push(...(await examine(page, schemes)));
  }
  return { wrong, pages };
}
