// "I am not the right person": a signature passed on, and one that nobody knows where to send.
// Not told here: reminders (a browser cannot move time; the use cases are tested with a clock of their own).
import {
  type Signing, button, expectFlash, expectState, expectSummary, field, main, press, setPassword, sign,
} from "../support/acts.ts";
import { type Browsers, type Contract, type House, type Person, as } from "../support/house.ts";
import { PASSWORD } from "../support/portal.ts";
import { type Page, expect, test } from "../support/test.ts";
import { LANGS, type Lang, pattern, say } from "../support/words.ts";

const signing = (lang: Lang, house: House, who: Person): Signing => ({ lang, ...who, mail: house.portal.mail });

/** Somebody whom nobody has invited yet. */
const newcomer = (contract: Contract): Person => ({
  name: "Frida <Anders> Größ",
  email: `frida@${contract.customer.signatories[0].email.split("@")[1]}`,
  function: "Prokuristin",
});

async function atSigning(browserFor: Browsers, house: House, contract: Contract, who: Person): Promise<Page> {
  const page = await as(browserFor, house, who.name, who.email);
  await page.goto(`${contract.path}/sign`);
  return page;
}

async function fillPerson(page: Page, who: Person): Promise<void> {
  await field(page, "delegate_name").fill(who.name);
  await field(page, "delegate_email").fill(who.email);
  await field(page, "delegate_function").fill(who.function);
}

for (const lang of LANGS) {
  const t = (key: string, args = {}) => say(lang, key, args);

  test(`a signature is passed on and signed by the other person, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang);
    const contract = await house.offered(customer);
    const ole = customer.signatories[0];
    const frida = newcomer(contract);
    const page = await atSigning(browserFor, house, contract, ole);

    await test.step("what is missing is named, what was typed stays", async () => {
      await field(page, "delegate_name").fill(frida.name);
      await field(page, "delegate_email").fill(ole.email);
      expect((await press(page, button(page, lang, "delegate-button"))).status()).toBe(422);
      await expectSummary(page, ["delegate_function"]);
      await expect(field(page, "delegate_name")).toHaveValue(frida.name);
      await field(page, "delegate_function").fill(frida.function);
      expect((await press(page, button(page, lang, "delegate-button"))).status()).toBe(422);
      await expectSummary(page, ["delegate_email"]);
      await expect(page.locator("#delegate_email-error")).toHaveText(t("mistake-delegate-self"));
    });

    await fillPerson(page, frida);
    await field(page, "delegate_reason").fill("Ich bin im Ruhestand.");
    await press(page, button(page, lang, "delegate-button"));
    await expectFlash(page, lang, "contract-delegated");
    await expectState(page, lang, "offered");
    await expect(main(page)).toContainText(t("delegations-title"));
    await expect(main(page)).toContainText("Ich bin im Ruhestand.");
    await expect(main(page)).toContainText(pattern(lang, "next-others-sign", { names: frida.name }));

    await test.step("the old way is closed, and says what happened", async () => {
      const again = await page.goto(`${contract.path}/sign`);
      expect(again?.status()).toBe(200);
      await expect(main(page).getByRole("heading", { level: 1 })).toHaveText(t("sign-passed-on-title"));
      await expect(main(page)).toContainText(t("sign-passed-on-now", { names: frida.name }));
      await expect(field(page, "code")).toHaveCount(0);
    });

    await test.step("the new person gets in, reads and signs", async () => {
      const own = await browserFor(frida.name, { baseURL: house.portal.url });
      await own.goto(await house.portal.mail.link("invitation", frida.email));
      await setPassword(own, lang, PASSWORD);
      const mail = await house.portal.mail.next("signature_passed_on", frida.email);
      expect(mail.text).toContain(ole.name);
      await own.goto(`${contract.path}/sign`);
      await sign(own, signing(lang, house, frida));
      await expectState(own, lang, "signed_by_customer");
      await expect(own.locator(".signature__name")).toHaveText([frida.name]);
      await expect(main(own)).toContainText(t("timeline-delegated"));
    });
  });

  test(`nobody knows who signs, and the contract manager finds out, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang);
    const contract = await house.offered(customer);
    const ole = customer.signatories[0];
    const frida = newcomer(contract);
    const page = await atSigning(browserFor, house, contract, ole);
    await press(page, button(page, lang, "delegate-unknown"));
    await expectFlash(page, lang, "contract-delegated-unknown");
    await expect(main(page)).toContainText(t("next-nobody-signs-title"));
    await expect(main(page)).toContainText(t("empty-place-title"));

    const mail = await house.portal.mail.next("signatory_unknown", house.manager);
    expect(mail.text).toContain(ole.name);
    const mara = await as(browserFor, house, "contract manager", house.manager);
    await mara.goto(`/${lang}/desk`);
    await expect(main(mara)).toContainText(pattern(lang, "desk-signatory-unknown"));
    await mara.goto(contract.staffPath);
    await field(mara, "delegate_name").fill(frida.name);
    expect((await press(mara, button(mara, lang, "empty-place-button"))).status()).toBe(422);
    await expectSummary(mara, ["delegate_email", "delegate_function"]);
    await fillPerson(mara, frida);
    await press(mara, button(mara, lang, "empty-place-button"));
    await expectFlash(mara, lang, "signatory-named");
    await expect(main(mara)).toContainText(pattern(lang, "staff-waits-customer", { names: frida.name }));
    await house.portal.mail.next("signature_passed_on", frida.email);

    const own = await browserFor(frida.name, { baseURL: house.portal.url });
    await own.goto(await house.portal.mail.link("invitation", frida.email));
    await setPassword(own, lang, PASSWORD);
    await own.goto(`${contract.path}/sign`);
    await sign(own, signing(lang, house, frida));
    await expectState(own, lang, "signed_by_customer");
  });

  test(`two must sign, and nobody signs for two, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang, { signatories: 2 });
    const contract = await house.offered(customer);
    const [ole, greta] = customer.signatories;
    const page = await atSigning(browserFor, house, contract, ole);
    await fillPerson(page, greta);
    expect((await press(page, button(page, lang, "delegate-button"))).status()).toBe(422);
    await expect(page.locator("#delegate_email-error")).toHaveText(t("mistake-delegate-named"));
    await expectState(await atContract(page, contract), lang, "offered");
  });
}

async function atContract(page: Page, contract: Contract): Promise<Page> {
  await page.goto(contract.path);
  return page;
}
