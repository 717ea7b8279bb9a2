// A material text: published by the privacy officer, offered to everyone at once by the contract manager, signed by
// the customer. The portal of this story is started again with a text that it has not seen.
import { button, expectFlash, expectState, expectSummary, field, main, press, radio, sign } from "../support/acts.ts";
import { lookAt } from "../support/axe.ts";
import { House, as } from "../support/house.ts";
import { Portal } from "../support/portal.ts";
import { expect, test } from "../support/test.ts";
import { LANGS, pattern, say } from "../support/words.ts";

const TEXT = "2099-1";
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

for (const lang of LANGS) {
  const t = (key: string, args = {}) => say(lang, key, args);

  test(`a material text is offered to everyone at once, ${lang}`, async ({ playwright, browserFor }) => {
    const house = await House.open(await Portal.empty(), (url) => playwright.request.newContext({ baseURL: url, maxRedirects: 0 }));
    try {
      const customers = [await house.customer(lang), await house.customer(lang), await house.customer(lang)];
      const contracts = [];
      for (const customer of customers) contracts.push(await house.concluded(customer));
      await house.portal.restartWithText(TEXT, "2026-2");
      const mara = await as(browserFor, house, "contract manager", house.manager);
      const paul = await as(browserFor, house, "privacy officer", house.officer);

      await paul.goto(`/${lang}/texts/${TEXT}`);
      await field(paul, "accept_until").fill(inDays(60));
      await press(paul, main(paul).getByRole("button", { name: t("text-publish-button", { version: TEXT }) }));
      await expectFlash(paul, lang, "text-published");
      await expect(main(paul).getByRole("heading", { name: t("text-offers"), exact: true }), "not the officer's").toHaveCount(0);

      await test.step("one who needs a person is named, the others are ready", async () => {
        await mara.goto(contracts[2].staffPath);
        await press(mara, button(mara, lang, "amend-button"));
        await mara.goto(`/${lang}/texts/${TEXT}`);
        await expect(main(mara)).toContainText(t("text-offers-all", { count: 2 }));
        await expect(main(mara)).toContainText(t("text-obstacle-on-its-way"));
        await lookAt(mara);
        const offer = main(mara).getByRole("button", { name: t("text-offers-button", { version: TEXT }) });
        await field(mara, "valid_until").fill(inDays(-1));
        expect((await press(mara, offer)).status()).toBe(422);
        await expectSummary(mara, ["valid_until", "whom"]);
        await lookAt(mara);
      });

      await test.step("all that are ready are offered, each once", async () => {
        await field(mara, "valid_until").fill(inDays(40));
        await radio(mara, "whom", "all").check();
        await press(mara, main(mara).getByRole("button", { name: t("text-offers-button", { version: TEXT }) }));
        await expectFlash(mara, lang, "text-offers-asked");
        for (const customer of customers.slice(0, 2)) {
          const mail = await house.portal.mail.next("text_offered", customer.signatories[0].email);
          expect(mail.text).toContain(customer.name);
          expect(mail.text).toContain(TEXT);
        }
        await mara.reload();
        await expect(main(mara)).toContainText(t("text-offers-nobody-ready"));
        await expect(main(mara).locator("#offers .table .badge")).toHaveText([t("state-offered"), t("state-offered")]);
        await lookAt(mara);
      });

      await test.step("the customer reads what is different, and signs", async () => {
        const customer = customers[0];
        const who = customer.signatories[0];
        const ole = await as(browserFor, house, who.name, who.email);
        await ole.goto(contracts[0].path);
        await expectState(ole, lang, "in_force");
        await expect(main(ole)).toContainText(pattern(lang, "text-since-material-title"));
        const next = main(ole).getByRole("row").filter({ hasText: t("state-offered") }).getByRole("link");
        await next.click();
        await expectState(ole, lang, "offered");
        const path = new URL(ole.url()).pathname;
        await ole.goto(`${path}/sign`);
        await sign(ole, { lang, ...who, mail: house.portal.mail });
        await mara.goto(path.replace(/\/my\/[^/]+/, ""));
        await field(mara, "function").fill("Prokuristin");
        await press(mara, button(mara, lang, "countersign-button"));
        await expectState(mara, lang, "in_force");
        await mara.goto(`/${lang}/texts/${TEXT}`);
        await expect(main(mara).locator(".facts__row").filter({ hasText: t("text-offers-accepted") })).toContainText("1");
      });
    } finally {
      await house.close();
    }
  });
}
