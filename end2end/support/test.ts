// The stories' own `test`: portals, browsers that are watched, words.
import { type APIRequestContext, type BrowserContext, type Page, test as plain, expect } from "@playwright/test";
import { House } from "./house.ts";
import { Portal, daysCanPass } from "./portal.ts";
import { watch } from "./watch.ts";

interface PerStory {
  /** A browser of its own for a person; watched. */
  browserFor: (name: string, options?: { baseURL?: string; javaScriptEnabled?: boolean }) => Promise<Page>;
  /** A house of this story alone: here days may pass (`house.portal.letDaysPass`). */
  ownHouse: House;
}

interface PerWorker {
  /** A portal with the demo data. */
  demo: Portal;
  /** A portal with staff, in which stories make their own customers. */
  house: House;
}

export const test = plain.extend<PerStory, PerWorker>({
  demo: [
    async ({}, use) => {
      const portal = await Portal.empty();
      await portal.serve("--demo");
      await use(portal);
      await portal.end();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  house: [
    async ({ playwright }, use) => {
      const portal = await Portal.empty();
      const house = await House.open(portal, (url) => playwright.request.newContext({ baseURL: url, maxRedirects: 0 }));
      await use(house);
      await house.close();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  ownHouse: async ({ playwright }, use, info) => {
    info.skip(!daysCanPass, "needs libfaketime; the runner says so");
    const portal = await Portal.empty();
    const house = await House.open(portal, (url) => playwright.request.newContext({ baseURL: url, maxRedirects: 0 }));
    await use(house);
    await house.close();
  },
  browserFor: async ({ browser, contextOptions }, use, info) => {
    const open: BrowserContext[] = [];
    const wrong: { name: string; what: string[] }[] = [];
    await use(async (name, options = {}) => {
      const context = await browser.newContext({ ...contextOptions, ...info.project.use, ...options });
      context.setDefaultTimeout(15_000);
      open.push(context);
      wrong.push({ name, what: watch(context) });
      return context.newPage();
    });
    const told = wrong.flatMap(({ name, what }) => what.map((w) => `${name}: ${w}`));
    for (const context of open) await context.close();
    expect(told, "nothing goes wrong behind the scenes").toEqual([]);
  },
});

export { expect };
export type { APIRequestContext, Page };
