// An offer that nobody signs in time. Days pass for the portal of this story alone.
import { type Signing, askForCode, button, expectState, field, fillSigning, logIn, main, press } from "../support/acts.ts";
import { lookAt } from "../support/axe.ts";
import { PASSWORD } from "../support/portal.ts";
import { enter } from "../support/house.ts";
import { expect, test } from "../support/test.ts";
import { LANGS, say } from "../support/words.ts";

for (const lang of LANGS) {
  const t = (key: string, args = {}) => say(lang, key, args);

  test(`an offer lapses, and a new request begins with what is known, ${lang}`, async ({ ownHouse: house, browserFor }) => {
    const customer = await house.customer(lang);
    const contract = await house.offered(customer);
    const ole = customer.signatories[0];
    const own = { baseURL: house.portal.url };
    const page = await browserFor(ole.name, own);
    await enter(page, house.portal, ole.email);
    await page.goto(`${contract.path}/sign`);
    const who: Signing = { lang, ...ole, mail: house.portal.mail };
    await fillSigning(page, who, await askForCode(page, who));

    house.portal.letDaysPass(15);
    const mail = await house.portal.mail.next("offer_lapsed", ole.email);
    expect(mail.text).toContain(customer.name);

    await test.step("the page that was left open signs nothing any more, and says what to do", async () => {
      const late = await press(page, button(page, lang, "sign-button"));
      expect(late.status()).toBe(401);
      await expect(main(page).getByRole("heading", { level: 1 })).toHaveText(t("message-session-ended"));
      await lookAt(page);
      const [beside] = await Promise.all([
        page.context().waitForEvent("page"),
        main(page).getByRole("link", { name: t("message-session-ended-action") }).click(),
      ]);
      await logIn(beside, lang, ole.email, PASSWORD);
      await beside.close();
      await page.goto(`${contract.path}/sign`);
      await expect(main(page).getByRole("heading", { level: 1 })).toHaveText(t("sign-lapsed-title"));
      await lookAt(page);
      await main(page).getByRole("link", { name: t("sign-see-contract") }).click();
      await expectState(page, lang, "lapsed");
      await expect(main(page)).toContainText(t("next-lapsed-title"));
      await expect(page.locator(".timeline")).toContainText(t("timeline-lapsed"));
      await expect(page.locator(".signature__name")).toHaveCount(0);
    });

    await test.step("the provider sees it too, and the gate stays closed", async () => {
      const mara = await browserFor("contract manager", own);
      await enter(mara, house.portal, house.manager);
      await mara.goto(contract.staffPath);
      await expectState(mara, lang, "lapsed");
      const tina = await browserFor("technician", own);
      await enter(tina, house.portal, house.technician);
      await tina.goto(`/${lang}/gate?customer=${customer.number}`);
      await expect(tina.locator(".answer__word")).toHaveText(t("verdict-advice"));
    });

    await test.step("a new request begins with what is known", async () => {
      await press(page, button(page, lang, "my-begin"));
      await expect(field(page, "signatory1_name")).toHaveValue(ole.name);
      await expect(field(page, "breach_phone")).toHaveValue("+493023125100");
    });
  });
}
