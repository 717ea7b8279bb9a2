// The end of a contract: notice and its way back, the choice, the work with its confirmations, the certificate.
import { button, expectFlash, expectState, expectSummary, field, main, press, radio, sign, tick } from "../support/acts.ts";
import { lookAt } from "../support/axe.ts";
import { type Browsers, type Contract, type Customer, type House, as } from "../support/house.ts";
import { linkIn } from "../support/mail.ts";
import { type Page, expect, test } from "../support/test.ts";
import { LANGS, type Lang, pattern, say } from "../support/words.ts";

const DAY = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

const link = (page: Page, lang: Lang, key: string) =>
  main(page).getByRole("link", { name: say(lang, key), exact: true }).first();

/** A contract in force: signed by the customer, countersigned by the manager. */
async function inForce(browserFor: Browsers, house: House, customer: Customer, mara: Page): Promise<[Contract, Page]> {
  const lang = customer.lang;
  const contract = await house.offered(customer);
  const who = customer.signatories[0];
  const ole = await as(browserFor, house, who.name, who.email);
  await ole.goto(`${contract.path}/sign`);
  await sign(ole, { lang, ...who, mail: house.portal.mail });
  await mara.goto(contract.staffPath);
  await field(mara, "function").fill("Prokuristin");
  await press(mara, button(mara, lang, "countersign-button"));
  await expectState(mara, lang, "in_force");
  return [contract, ole];
}

/** A contract on paper that ended three days ago, and whose customer is asked what becomes of the data. */
async function ended(house: House, customer: Customer, mara: Page): Promise<{ number: string; tasks: string }> {
  const { lang } = customer;
  const number = `P-${customer.number}`;
  const columns = "customer_number;contract_number;services;signed_on;effective_from;effective_until;signatory_name;signatory_function";
  const row = [customer.number, number, "hosting", "2024-01-10", "2024-02-01", inDays(-3), customer.signatories[0].name, "Vorstand"];
  house.portal.run(["import", "contracts", "-", "--confirmed-by", house.manager], `${columns}\n${row.join(";")}\n`);
  await mara.goto(`/${lang}/customers/${customer.id}`);
  await main(mara).getByRole("link", { name: number }).click();
  await expectState(mara, lang, "ended");
  await link(mara, lang, "disposal-begin-title").click();
  await press(mara, button(mara, lang, "disposal-begin"));
  await expectFlash(mara, lang, "disposal-begun");
  return { number, tasks: new URL(mara.url()).pathname };
}

/** Confirms all tasks, the backups last; what is missing is named. */
async function confirmed(page: Page, lang: Lang, tasks: string): Promise<void> {
  await page.goto(tasks);
  const boxes = () => page.locator('input[name="tasks"]');
  for (const backups of [false, true]) {
    for (const box of await boxes().all()) {
      const value = (await box.getAttribute("value")) ?? "";
      await box.setChecked(value.endsWith(".backups") === backups);
    }
    await field(page, "method").fill("");
    expect((await press(page, button(page, lang, "confirm-tasks-button"))).status()).toBe(422);
    await expectSummary(page, ["method"]);
    await field(page, "method").fill("Gelöscht und <überschrieben>");
    await press(page, button(page, lang, "confirm-tasks-button"));
    await expectFlash(page, lang, "task-confirmed");
  }
  await expect(boxes()).toHaveCount(0);
}

/** Closes; the customer gets the certificate. */
async function certified(house: House, lang: Lang, mara: Page, tasks: string, to: string): Promise<void> {
  await mara.goto(tasks);
  await press(mara, button(mara, lang, "close-button"));
  await expectFlash(mara, lang, "contract-closed");
  const mail = await house.portal.mail.next("deletion_certified", to);
  expect(mail.attachments).toHaveLength(1);
  expect(mail.attachments[0].bytes.subarray(0, 5).toString()).toBe("%PDF-");
}

for (const lang of LANGS) {
  const t = (key: string, args = {}) => say(lang, key, args);

  test(`the customer gives notice, takes it back, and the provider gives it, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang);
    const mara = await as(browserFor, house, "contract manager", house.manager);
    const [contract, ole] = await inForce(browserFor, house, customer, mara);

    await test.step("the consequences stand above the form, and nothing is lost by a mistake", async () => {
      await ole.goto(contract.path);
      await link(ole, lang, "notice-link").click();
      await expect(main(ole)).toContainText(t("notice-consequences"));
      await field(ole, "reason").fill("Wir ziehen <um>.");
      expect((await press(ole, button(ole, lang, "notice-button"))).status()).toBe(422);
      await expectSummary(ole, ["kind", "understood"]);
      await expect(field(ole, "reason")).toHaveValue("Wir ziehen <um>.");
    });

    await test.step("given, told, and taken back", async () => {
      await radio(ole, "kind", "ordinary").check();
      await field(ole, "last_day").fill(inDays(45));
      await tick(ole, "understood");
      await press(ole, button(ole, lang, "notice-button"));
      await expectFlash(ole, lang, "notice-given");
      await expectState(ole, lang, "ending");
      const mail = await house.portal.mail.about(customer.name, "notice_given", house.manager);
      expect(mail.text).toContain("Wir ziehen <um>.");
      await link(ole, lang, "notice-take-back").click();
      await field(ole, "reason").fill("Wir bleiben.");
      await press(ole, button(ole, lang, "notice-back-button"));
      await expectFlash(ole, lang, "notice-withdrawn");
      await expectState(ole, lang, "in_force");
    });

    await test.step("the provider ends the services, too", async () => {
      await mara.goto(`${contract.staffPath}/notice`);
      await radio(mara, "kind", "ordinary").check();
      await tick(mara, "understood");
      expect((await press(mara, button(mara, lang, "notice-button"))).status()).toBe(422);
      await expectSummary(mara, ["services_end"]);
      await tick(mara, "services_end");
      await press(mara, button(mara, lang, "notice-button"));
      await expectState(mara, lang, "ending");
    });

    await test.step("the customer chooses before the end", async () => {
      await ole.goto(contract.path);
      await expect(main(ole)).toContainText(t("next-ending-provider-title"));
      await link(ole, lang, "disposal-choose").click();
      await radio(ole, "way", "return").check();
      await press(ole, button(ole, lang, "disposal-choose-button"));
      await expectFlash(ole, lang, "choice-made");
      await expect(radio(ole, "way", "return")).toBeChecked();
    });
  });

  test(`from the end to the certificate, ${lang}`, async ({ house, browserFor }) => {
    const customer = await house.customer(lang);
    const mara = await as(browserFor, house, "contract manager", house.manager);
    const { number, tasks } = await ended(house, customer, mara);

    const who = customer.signatories[0];
    const ole = await as(browserFor, house, who.name, who.email);
    await ole.goto(await house.portal.mail.link("contract_ended", who.email));
    await expect(main(ole)).toContainText(t("next-choose-title"));
    await link(ole, lang, "disposal-choose").click();
    await expect(main(ole)).toContainText(pattern(lang, "disposal-default"));
    expect((await press(ole, button(ole, lang, "disposal-choose-button"))).status()).toBe(422);
    await expectSummary(ole, ["way"]);
    await radio(ole, "way", "delete").check();
    await press(ole, button(ole, lang, "disposal-choose-button"));
    await expectFlash(ole, lang, "choice-made");

    const tina = await as(browserFor, house, "technician", house.technician);
    await test.step("what was deleted is confirmed, backups last", async () => {
      await confirmed(tina, lang, tasks);
      await expect(main(tina)).toContainText(t("close-others"));
    });
    await certified(house, lang, mara, tasks, who.email);
    await ole.reload();
    await expect(main(ole)).toContainText(t("disposal-closed-title"));
    await expect(main(ole).getByRole("link", { name: number })).toHaveCount(2);
    await lookAt(ole);
  });

  test(`the data are handed back, checked, deleted and certified, ${lang}`, async ({ ownHouse: house, browserFor }) => {
    const customer = await house.customer(lang);
    const who = customer.signatories[0];
    const mara = await as(browserFor, house, "contract manager", house.manager);
    const { tasks } = await ended(house, customer, mara);
    const ole = await as(browserFor, house, who.name, who.email);
    await ole.goto(await house.portal.mail.link("contract_ended", who.email));
    await link(ole, lang, "disposal-choose").click();
    await radio(ole, "way", "return").check();
    await press(ole, button(ole, lang, "disposal-choose-button"));
    await expectFlash(ole, lang, "choice-made");
    const page = new URL(ole.url()).pathname;

    await test.step("the way of the return is written down, and the customer has time to check", async () => {
      await mara.goto(tasks);
      expect((await press(mara, button(mara, lang, "return-button"))).status()).toBe(422);
      await expectSummary(mara, ["how"]);
      await field(mara, "how").fill("Festplatte <verschlüsselt> per Boten");
      await press(mara, button(mara, lang, "return-button"));
      await expectFlash(mara, lang, "data-returned");
      await lookAt(mara);
      await house.portal.mail.next("data_returned", who.email);
      await ole.goto(page);
      await expect(main(ole)).toContainText("Festplatte <verschlüsselt> per Boten");
      await expect(radio(ole, "way", "delete"), "what has begun is not chosen anew").toHaveCount(0);
      await lookAt(ole);
    });

    await test.step("after the time to check the rest is deleted and certified", async () => {
      house.portal.letDaysPass(20);
      const later = await as(browserFor, house, "contract manager, later", house.manager);
      await confirmed(later, lang, tasks);
      await certified(house, lang, later, tasks, who.email);
      const back = await as(browserFor, house, `${who.name}, later`, who.email);
      await back.goto(page);
      await expect(main(back)).toContainText(t("disposal-closed-title"));
      await expect(back.locator(".check--good").first()).toBeVisible();
      await lookAt(back);
    });
  });

  test(`nobody chooses: reminders, then the default, ${lang}`, async ({ ownHouse: house, browserFor }) => {
    const customer = await house.customer(lang);
    const who = customer.signatories[0];
    const mara = await as(browserFor, house, "contract manager", house.manager);
    const { tasks } = await ended(house, customer, mara);
    await house.portal.mail.next("contract_ended", who.email);
    for (const days of [16, 24]) {
      house.portal.letDaysPass(days);
      const mail = await house.portal.mail.next("choice_reminder", who.email);
      expect(mail.text).toContain(customer.name);
    }
    house.portal.letDaysPass(40);
    const mail = await house.portal.mail.next("choice_default", who.email);
    const ole = await as(browserFor, house, who.name, who.email);
    await ole.goto(linkIn(mail));
    await link(ole, lang, "disposal-see").click();
    await expect(main(ole)).toContainText(t("disposal-by-default"));
    await expect(button(ole, lang, "disposal-choose-button"), "too late").toHaveCount(0);
    await lookAt(ole);
    const tina = await as(browserFor, house, "technician", house.technician);
    await tina.goto(tasks);
    await expect(tina.locator('input[name="tasks"]').first()).toBeVisible();
    await lookAt(tina);
  });
}
