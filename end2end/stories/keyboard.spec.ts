// Without a mouse.
import { button, expectSummary, field, logIn, main, press } from "../support/acts.ts";
import { enter } from "../support/house.ts";
import { expect, test } from "../support/test.ts";
import { LANGS, say } from "../support/words.ts";

for (const lang of LANGS) {
  test(`past the navigation with one key, ${lang}`, async ({ demo, browserFor }) => {
    const page = await browserFor("technician", { baseURL: demo.url });
    await enter(page, demo, "anna@provider.example", "demo-anna-technik-2026");
    await page.goto(`/${lang}/customers`);
    await page.keyboard.press("Tab");
    const skip = page.locator("a.skip");
    await expect(skip).toBeFocused();
    await expect(skip).toHaveText(say(lang, "skip-to-content"));
    await expect(skip).toBeInViewport();
    await page.keyboard.press("Enter");
    await expect(main(page)).toBeFocused();
    await page.keyboard.press("Tab");
    const inside = await main(page).evaluate((m) => m.contains(document.activeElement));
    expect(inside, "the next stop is in the content").toBe(true);
  });

  test(`logging in and asking the gate by keys alone, ${lang}`, async ({ demo, browserFor }) => {
    const page = await browserFor("technician", { baseURL: demo.url });
    await page.goto(`/${lang}/login?next=/${lang}/gate`);
    await expect(field(page, "email")).toBeFocused();
    await page.keyboard.type("anna@provider.example");
    await page.keyboard.press("Tab");
    await page.keyboard.type("demo-anna-technik-2026");
    await Promise.all([page.waitForURL(/\/gate$/), page.keyboard.press("Enter")]);
    await expect(field(page, "q")).toBeFocused();
    await page.keyboard.type("K10001");
    await Promise.all([page.waitForURL(/q=K10001/), page.keyboard.press("Enter")]);
    await expect(page.locator(".answer__word")).toHaveText(say(lang, "verdict-permitted"));
    await expect(field(page, "q"), "ready for the next question").toBeFocused();
  });

  test(`from the summary to the field, ${lang}`, async ({ demo, browserFor }) => {
    const page = await browserFor("contract manager", { baseURL: demo.url });
    await logIn(page, lang, "bernd@provider.example", "demo-bernd-vertrag-2026");
    await page.goto(`/${lang}/customers/new`);
    await field(page, "legal_name").fill("Ohne Nummer & Anschrift GmbH");
    const answer = await press(page, main(page).locator("form .button--primary").last());
    expect(answer.status()).toBe(422);
    await expect(field(page, "legal_name")).toHaveValue("Ohne Nummer & Anschrift GmbH");
    const summary = page.locator(".summary");
    await expect(summary).toBeFocused();
    const fields = await summary.getByRole("link").evaluateAll((all) => all.map((a) => a.getAttribute("href")?.slice(1) ?? ""));
    expect(fields).toContain("customer_number");
    await expectSummary(page, fields);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect(page.locator(`[id="${fields[0]}"]`)).toBeFocused();
  });

  test(`the menu of a narrow window, ${lang}`, async ({ demo, browserFor }) => {
    const page = await browserFor("technician", { baseURL: demo.url });
    await enter(page, demo, "anna@provider.example", "demo-anna-technik-2026");
    await page.setViewportSize({ width: 320, height: 800 });
    await page.goto(`/${lang}/customers`);
    await expect(page.locator(".rail")).toBeHidden();
    const menu = page.locator("details.menu");
    await menu.locator("summary").focus();
    await page.keyboard.press("Enter");
    const links = menu.getByRole("link");
    await expect(links.filter({ hasText: say(lang, "nav-gate") })).toBeVisible();
    await expect(menu.getByRole("button", { name: say(lang, "nav-logout") })).toBeVisible();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, "nothing scrolls sideways").toBeLessThanOrEqual(320);
    for (const link of await links.all()) {
      const box = await link.boundingBox();
      expect(box?.height, `${await link.textContent()} can be touched`).toBeGreaterThanOrEqual(44);
    }
    await page.keyboard.press("Tab");
    await expect(links.first()).toBeFocused();
  });
}
