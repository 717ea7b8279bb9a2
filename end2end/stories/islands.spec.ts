// What JavaScript adds. Told only where there is JavaScript, and a bundle of the islands in the portal.
import { enter } from "../support/house.ts";
import { field } from "../support/acts.ts";
import { type Page, expect, test } from "../support/test.ts";
import { LANGS, say } from "../support/words.ts";

const NEEDS = { tag: "@needs-js" };

async function withIslands(page: Page): Promise<void> {
  const bundle = await page.locator("script[data-islands-js]").count();
  test.skip(bundle === 0, "this portal was built without islands (cargo xtask islands)");
}

for (const lang of LANGS) {
  test(`the search answers while typing, ${lang}`, NEEDS, async ({ demo, browserFor }) => {
    const page = await browserFor("technician", { baseURL: demo.url });
    await enter(page, demo, "anna@provider.example", "demo-anna-technik-2026");
    await page.goto(`/${lang}/gate`);
    await withIslands(page);
    await page.waitForLoadState("networkidle");
    await field(page, "q").pressSequentially("sägebr", { delay: 30 });
    const hits = page.locator(".live__found a");
    await expect(hits).toHaveCount(1);
    await expect(hits.locator(".badge"), "the answer stands beside the customer").toHaveText(say(lang, "verdict-permitted"));
    await expect(page.getByRole("status").filter({ hasText: say(lang, "gate-found", { count: 1 }) })).toBeAttached();
    await field(page, "q").fill("gmbh");
    await expect(hits).not.toHaveCount(1);
    expect(await hits.count()).toBeGreaterThan(1);
    const advice = hits.locator(".badge").filter({ hasText: say(lang, "verdict-advice") });
    await expect(advice.first(), "others have another answer").toBeVisible();
    await hits.filter({ hasText: "K10001" }).click();
    await expect(page.locator(".answer__word")).toHaveText(say(lang, "verdict-permitted"));
    await page.goto(`/${lang}/gate`);
    await page.waitForLoadState("networkidle");
    await field(page, "q").pressSequentially("x y");
    await field(page, "q").fill("");
    await expect(hits).toHaveCount(0);
  });

  test(`the text for the customer is copied, ${lang}`, NEEDS, async ({ demo, browserFor }) => {
    const page = await browserFor("technician", { baseURL: demo.url });
    await enter(page, demo, "anna@provider.example", "demo-anna-technik-2026");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: demo.url });
    await page.goto(`/${lang}/gate?customer=K10005`);
    await withIslands(page);
    const copy = page.getByRole("button", { name: say(lang, "gate-copy"), exact: true });
    await copy.click();
    await expect(page.getByRole("button", { name: say(lang, "gate-copied"), exact: true })).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.trim()).toBe((await page.locator("#customer-text").innerText()).trim());
  });
}
