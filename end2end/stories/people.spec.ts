// Links by mail, logging in and out, sessions. Not told here: a link that is too old (a browser cannot move time).
import { button, expectFlash, field, logIn, main, press, setPassword } from "../support/acts.ts";
import { enter } from "../support/house.ts";
import { PASSWORD } from "../support/portal.ts";
import { expect, test } from "../support/test.ts";
import { LANGS, say } from "../support/words.ts";

for (const lang of LANGS) {
  const t = (key: string, args = {}) => say(lang, key, args);

  test(`a link works once, and says what to do, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang);
    const guest = { name: "Lotte Küstner", email: `lotte@${customer.number.toLowerCase()}.example`, function: "" };
    const own = { baseURL: house.portal.url };

    const link = await house.invite(customer, guest);
    const page = await browserFor("guest", own);
    await page.goto(link);
    await expect(main(page)).toContainText(guest.email);

    await test.step("somebody else's session ends, and the page says so before", async () => {
      const other = await browserFor("colleague", own);
      await enter(other, house.portal, house.technician);
      await other.goto(link);
      await expect(main(other)).toContainText(t("link-other-person", { name: "Tina Weiß" }));
      await other.context().close();
    });

    await setPassword(page, lang, PASSWORD);
    await expect(page).toHaveURL(new RegExp(`/${lang}/my/`));

    const later = await browserFor("guest, later", own);
    const used = await later.goto(link);
    expect(used?.status()).toBe(410);
    await expect(main(later).getByRole("heading", { level: 1 })).toHaveText(t("message-link-used"));
    await main(later).getByRole("link", { name: t("message-link-used-action") }).click();
    await expect(later).toHaveURL(new RegExp(`/${lang}/login`));

    const foreign = await later.goto(`/${lang}/link/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`);
    expect(foreign?.status()).toBe(404);
    await expect(main(later).getByRole("heading", { level: 1 })).toHaveText(t("message-link-unknown"));
    await main(later).getByRole("link", { name: t("message-link-unknown-action") }).click();
    await expect(later).toHaveURL(new RegExp(`/${lang}/password/forgotten`));

    await test.step("the new link sets a new password", async () => {
      await field(later, "email").fill(guest.email);
      await press(later, button(later, lang, "forgotten-button"));
      await expect(main(later).getByRole("heading", { level: 1 })).toHaveText(t("message-mail-sent"));
      await later.goto(await house.portal.mail.link("password_reset", guest.email));
      await field(later, "password").fill(`${PASSWORD} again`);
      await field(later, "password_repeat").fill(`${PASSWORD} again`);
      await press(later, button(later, lang, "reset-button"));
      await expect(later).toHaveURL(new RegExp(`/${lang}/my/`));
      // Everywhere else the session is over.
      await page.goto(`/${lang}/my`);
      await expect(page).toHaveURL(new RegExp(`/${lang}/login`));
    });
  });

  test(`logging in: wrong, too often, ${lang}`, async ({ house, browserFor }) => {
    const page = await browserFor("stranger", { baseURL: house.portal.url });
    const email = `nobody-${lang}-${Date.now()}@provider.example`;
    const bad = await logIn(page, lang, email, "wrong horse battery staple");
    expect(bad.status()).toBe(422);
    await expect(page.locator(".summary")).toBeFocused();
    await expect(page.locator(".summary")).toContainText(t("mistake-login-failed"));
    await expect(field(page, "email")).toHaveValue(email);
    await expect(field(page, "password")).toHaveValue("");

    let answer = bad;
    for (let tries = 1; answer.status() === 422 && tries < 8; tries++) {
      answer = await logIn(page, lang, email, "wrong horse battery staple");
    }
    expect(answer.status()).toBe(429);
    await expect(page.locator(".summary")).toContainText(t("mistake-login-wait"));
  });

  test(`in, sessions, out, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang);
    const { email } = customer.signatories[0];
    const own = { baseURL: house.portal.url };

    const page = await browserFor("one device", own);
    await page.goto(`/${lang}/account`);
    await expect(page).toHaveURL(new RegExp(`/${lang}/login\\?next=`));
    await field(page, "email").fill(email);
    await field(page, "password").fill(PASSWORD);
    await press(page, button(page, lang, "login-button"));
    await expect(page, "after the log-in one is where one wanted to go").toHaveURL(new RegExp(`/${lang}/account$`));

    const other = await browserFor("another device", own);
    expect((await logIn(other, lang, email, PASSWORD)).status()).toBe(200);
    await expect(other).toHaveURL(new RegExp(`/${lang}/my/`));

    await page.reload();
    // The invitation was followed in a third browser.
    const rows = page.locator("#sessions tbody tr");
    await expect(rows).toHaveCount(3);
    await expect(rows.filter({ hasText: t("sessions-here") })).toHaveCount(1);
    await press(page, rows.getByRole("button", { name: t("sessions-end") }).first());
    await expectFlash(page, lang, "session-ended");
    await expect(rows).toHaveCount(2);
    await press(page, page.locator("#sessions").getByRole("button", { name: t("sessions-end-others") }));
    await expectFlash(page, lang, "sessions-ended");
    await expect(rows).toHaveCount(1);
    await other.goto(`/${lang}/my`);
    await expect(other).toHaveURL(new RegExp(`/${lang}/login`));

    await press(page, page.locator(".rail").getByRole("button", { name: t("nav-logout") }));
    await expect(main(page).getByRole("heading", { level: 1 })).toHaveText(t("message-logged-out"));
    await page.goto(`/${lang}/account`);
    await expect(page).toHaveURL(new RegExp(`/${lang}/login`));
    await page.goBack();
    await expect(page.locator("#sessions"), "nothing of the account is shown by the back button").toHaveCount(0);
  });
}
