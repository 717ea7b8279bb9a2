// Signing, and everything that may go wrong with it. Each story begins with an offer to a customer of its own.
import {
  type Signing, askForCode, button, expectFlash, expectState, expectSummary, field, fillSigning, main, press, sign,
} from "../support/acts.ts";
import { lookAt } from "../support/axe.ts";
import { type Contract, type House, type Person, enter } from "../support/house.ts";
import { type Page, expect, test } from "../support/test.ts";
import { LANGS, type Lang, pattern, say } from "../support/words.ts";
import { setTimeout as pause } from "node:timers/promises";

type Browsers = (name: string, options?: { baseURL?: string }) => Promise<Page>;

/** A browser in which this signatory is logged in, on the signing page. */
async function atSigning(browserFor: Browsers, house: House, contract: Contract, who: Person): Promise<Page> {
  const page = await browserFor(who.name, { baseURL: house.portal.url });
  await enter(page, house.portal, who.email);
  await page.goto(`${contract.path}/sign`);
  return page;
}

const signing = (lang: Lang, house: House, who: Person): Signing => ({ lang, ...who, mail: house.portal.mail });

const signatures = (page: Page) => page.locator(".signature__name");

for (const lang of LANGS) {
  const t = (key: string, args = {}) => say(lang, key, args);

  test(`two signatories sign together, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang, { signatories: 2 });
    const contract = await house.offered(customer);
    const [ole, greta] = customer.signatories;

    const first = await atSigning(browserFor, house, contract, ole);
    await expect(main(first)).toContainText(t("sign-needs-two"));
    await sign(first, signing(lang, house, ole));
    await expectState(first, lang, "offered");
    await expect(main(first)).toContainText(pattern(lang, "next-others-sign", { names: greta.name }));

    // The first one cannot stand in for the second.
    const again = await first.goto(`${contract.path}/sign`);
    expect(again?.status()).toBe(200);
    await expect(main(first).getByRole("heading", { level: 1 })).toHaveText(t("signed-already-title"));
    await lookAt(first);
    await expect(main(first)).toContainText(greta.name);

    const second = await browserFor(greta.name, { baseURL: house.portal.url });
    await enter(second, house.portal, greta.email);
    await second.goto(await house.portal.mail.link("signature_pending", greta.email));
    await expect(main(second)).toContainText(ole.name);
    await sign(second, signing(lang, house, greta));
    await expectState(second, lang, "signed_by_customer");
    await expect(signatures(second)).toHaveText([ole.name, greta.name]);

    const mara = await browserFor("contract manager", { baseURL: house.portal.url });
    await enter(mara, house.portal, house.manager);
    await mara.goto(contract.staffPath);
    await expect(signatures(mara)).toHaveText([ole.name, greta.name]);
    await field(mara, "function").fill("Prokuristin");
    await press(mara, button(mara, lang, "countersign-button"));
    await expectState(mara, lang, "in_force");
    await expect(signatures(mara)).toHaveText([ole.name, greta.name, "Mara Holzapfel"]);
  });

  test(`the customer declines with a reason, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang);
    const contract = await house.offered(customer);
    const ole = customer.signatories[0];
    const reason = "Ich bin nicht mehr im Vorstand; zuständig ist <Frau> Größ.";

    const page = await atSigning(browserFor, house, contract, ole);
    const form = page.locator("#not-me details");
    await form.locator("summary").click();
    const empty = await press(page, button(page, lang, "sign-decline-button"));
    expect(empty.status()).toBe(422);
    await expectSummary(page, ["reason"]);
    await field(page, "reason").fill(reason);
    await press(page, button(page, lang, "sign-decline-button"));
    await expectFlash(page, lang, "contract-declined");
    await expectState(page, lang, "declined");
    await expect(main(page)).toContainText(t("next-declined-customer-title"));
    await expect(main(page)).toContainText(reason);

    const mail = await house.portal.mail.next("contract_declined", house.manager);
    expect(mail.text).toContain(reason);
    const mara = await browserFor("contract manager", { baseURL: house.portal.url });
    await enter(mara, house.portal, house.manager);
    await mara.goto(contract.staffPath);
    await expectState(mara, lang, "declined");
    await expect(main(mara)).toContainText(reason);

    // The way back to the form is closed, and says so.
    await page.goto(`${contract.path}/sign`);
    await expect(main(page).getByRole("heading", { level: 1 })).toHaveText(t("sign-gone-title"));
    await lookAt(page);
  });

  test(`the provider declines a request with a reason, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang);
    const contract = await house.requested(customer);
    const ole = customer.signatories[0];
    const reason = "Für Bildschirminhalte fehlen uns die Maßnahmen.";

    const mara = await browserFor("contract manager", { baseURL: house.portal.url });
    await enter(mara, house.portal, house.manager);
    await mara.goto(contract.staffPath);
    await main(mara).locator("details.more > summary").filter({ hasText: t("decline-title") }).click();
    const empty = await press(mara, button(mara, lang, "decline-button"));
    expect(empty.status()).toBe(422);
    await expectSummary(mara, ["reason"]);
    await field(mara, "reason").fill(reason);
    await press(mara, button(mara, lang, "decline-button"));
    await expectFlash(mara, lang, "contract-declined");
    await expectState(mara, lang, "declined");

    const page = await browserFor(ole.name, { baseURL: house.portal.url });
    await enter(page, house.portal, ole.email);
    await page.goto(await house.portal.mail.link("contract_declined", ole.email));
    await expectState(page, lang, "declined");
    await expect(main(page)).toContainText(t("next-declined-provider-title"));
    await expect(main(page)).toContainText(reason);
    await expect(button(page, lang, "my-begin")).toBeVisible();
  });

  test(`a wrong code, and a new one, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang);
    const contract = await house.offered(customer);
    const ole = customer.signatories[0];
    const who = signing(lang, house, ole);
    const page = await atSigning(browserFor, house, contract, ole);

    const early = async () => {
      await fillSigning(page, who, "123456");
      return press(page, button(page, lang, "sign-button"));
    };
    expect((await early()).status()).toBe(422);
    await expect(page.locator("#code-error")).toHaveText(t("mistake-code-not-sent"));

    const first = await askForCode(page, who);
    const asked = Date.now();
    await expect(field(page, "full_name"), "what was typed stays when a code is sent").toHaveValue(who.name);
    await expect(field(page, "box_authority")).toBeChecked();
    const wrong = first === "000000" ? "000001" : "000000";
    for (const left of [4, 3, 2, 1, 0]) {
      await field(page, "code").fill(wrong);
      expect((await press(page, button(page, lang, "sign-button"))).status()).toBe(422);
      await expectSummary(page, ["code"]);
      await expect(page.locator("#code-error")).toHaveText(t("mistake-code-wrong", { detail: left }));
      await expect(field(page, "full_name")).toHaveValue(who.name);
      await expect(field(page, "function")).toHaveValue(who.function);
      await expect(field(page, "box_electronic")).toBeChecked();
    }

    await test.step("the right code does not help any more", async () => {
      await field(page, "code").fill(first);
      expect((await press(page, button(page, lang, "sign-button"))).status()).toBe(422);
      await expect(page.locator("#code-error")).toHaveText(t("mistake-code-spent"));
    });

    await test.step("a new one is sent, but not at once", async () => {
      const again = page.locator("fieldset").filter({ has: field(page, "code") }).getByRole("button");
      if (Date.now() - asked < 25_000) {
        expect((await press(page, again)).status()).toBe(429);
        await expect(page.locator("#code-error")).toHaveText(t("mistake-code-wait"));
        await expect(field(page, "full_name")).toHaveValue(who.name);
      }
      await pause(Math.max(0, asked + 31_000 - Date.now()));
      expect((await press(page, again)).status()).toBe(200);
      await expect(field(page, "full_name")).toHaveValue(who.name);
      await expect(field(page, "box_read")).toBeChecked();
      await field(page, "code").fill(await house.portal.mail.code(ole.email));
      await press(page, button(page, lang, "sign-button"));
      await expectFlash(page, lang, "contract-signed");
    });
  });

  test(`two tabs sign the same: one signature, and both are told, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang);
    const contract = await house.offered(customer);
    const ole = customer.signatories[0];
    const who = signing(lang, house, ole);
    const one = await atSigning(browserFor, house, contract, ole);
    const two = await one.context().newPage();
    await two.goto(`${contract.path}/sign`);
    const code = await askForCode(one, who);
    for (const tab of [one, two]) {
      await tab.bringToFront();
      await fillSigning(tab, who, code);
    }
    // Both at the same instant: a tab behind another one is not painted, so the press is sent, not waited for.
    await Promise.all(
      [one, two].map(async (tab) => {
        const title = await tab.title();
        await button(tab, lang, "sign-button").dispatchEvent("click");
        await expect(tab).not.toHaveTitle(title);
      }),
    );

    const told = await Promise.all([one, two].map((tab) => tab.getByRole("heading", { level: 1 }).textContent()));
    expect(told.filter((title) => title === t("signed-complete-title"))).toHaveLength(1);
    const signed = told[0] === t("signed-complete-title") ? two : one;
    const late = signed === one ? two : one;
    await expectFlash(signed, lang, "contract-signed");
    await expect(signatures(signed)).toHaveText([ole.name]);
    await main(late).getByRole("link", { name: t("sign-see-contract") }).click();
    await expect(signatures(late)).toHaveText([ole.name]);
    await expect(late.locator(".timeline").getByText(t("timeline-signed"), { exact: true })).toHaveCount(1);
    await two.close();
  });

  test(`back after signing, and once more: nothing new happens, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang);
    const contract = await house.offered(customer);
    const ole = customer.signatories[0];
    const who = signing(lang, house, ole);
    const page = await atSigning(browserFor, house, contract, ole);
    const code = await askForCode(page, who);
    await page.goto(`${contract.path}/sign`);
    await fillSigning(page, who, code);
    await press(page, button(page, lang, "sign-button"));
    await expectState(page, lang, "signed_by_customer");

    await page.goBack();
    if (await button(page, lang, "sign-button").isVisible()) {
      // The browser showed the form as it was.
      await fillSigning(page, who, code);
      expect((await press(page, button(page, lang, "sign-button"))).status()).toBe(409);
    }
    await expect(main(page).getByRole("heading", { level: 1 })).toHaveText(t("signed-complete-title"));
    await main(page).getByRole("link", { name: t("sign-see-contract") }).click();
    await expect(signatures(page)).toHaveText([ole.name]);
  });
}
