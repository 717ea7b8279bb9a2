// Accessibility by axe, and the narrow screen.
import { type Page, expect, test } from "@playwright/test";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export type Scheme = "light" | "dark";

interface Finding {
  id: string;
  help: string;
  nodes: { target: string; html: string; summary: string }[];
}

async function findings(page: Page): Promise<Finding[]> {
  return page.evaluate(
    async (tags) => {
      const axe = (window as unknown as { axe: any }).axe;
      const runOnly = { type: "tag", values: tags };
      const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
      return violations.map((v: any) => ({
        id: v.id,
        help: v.help,
        nodes: v.nodes.map((n: any) => ({ target: n.target.join(" "), html: n.html, summary: n.failureSummary })),
      }));
    },
    TAGS,
  );
}

const told = (view: string, all: Finding[]): string[] =>
  all.flatMap((f) =>
    f.nodes.slice(0, 3).map((n) => `${view}: ${f.id}: ${n.target}: ${n.html.slice(0, 160)} ${n.summary.replace(/\s+/g, " ")}`),
  );

/** Everything that is wrong with the page that is open, wide and narrow, in these colour schemes; folded parts are open. */
export async function examine(page: Page, schemes: readonly Scheme[] = ["light", "dark"]): Promise<string[]> {
  const wrong: string[] = [];
  const address = new URL(page.url());
  const where = `${address.pathname}${address.search}`;
  await page.evaluate(source);
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.querySelectorAll("main details").forEach((d) => d.setAttribute("open", "")));
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of schemes) {
      // Nothing moves and nothing is pointed at: colours are measured when they have arrived.
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const view = `${where} (${width}, ${colorScheme})`;
      wrong.push(...told(view, await findings(page)));
    }
    if (width === 320) wrong.push(...(await overflow(page)).map((what) => `${where} (320): ${what}`));
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "no-preference" });
  return wrong;
}

/** Looks at a page in the middle of a story; without JavaScript in the page there is no axe. */
export async function lookAt(page: Page): Promise<void> {
  if (test.info().project.name !== "js") return;
  expect(await examine(page), "nothing is wrong with this page for anybody").toEqual([]);
}

/** What makes the page scroll sideways. */
async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.scrollWidth;
    if (width <= 320) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > 320.5);
    const inner = wide.filter((e) => !wide.some((other) => other !== e && e.contains(other)));
    return [`scrolls sideways, ${width} px: ${inner.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(" … ")}`];
  });
}
