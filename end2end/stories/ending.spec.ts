// The end of a contract: notice and its way back, the choice, the work with its confirmations, the certificate.
// Not told here: reminders and the default (a browser cannot move time; the use cases are tested with a clock of their own).
import { button, expectFlash, expectState, expectSummary, field, main, press, radio, sign, tick } from "../support/acts.ts";
import { type Contract, type Customer, type House, enter } from "../support/house.ts";
import { type Page, expect, test } from "../support/test.ts";
import { LANGS, type Lang, pattern, say } from "../support/words.ts";

type Browsers = (name: string, options?: { baseURL?: string }) => Promise<Page>;

const DAY = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

async function as(browserFor: Browsers, house: House, name: string, email: string): Promise<Page> {
  const page = await browserFor(name, { baseURL: house.portal.url });
  await enter(page, house.portal, email);
  return page;
}

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
    const number = `P-${customer.number}`;
    const columns = "customer_number;contract_number;services;signed_on;effective_from;effective_until;signatory_name;signatory_function";
    const row = [customer.number, number, "hosting", "2024-01-10", "2024-02-01", inDays(-3), customer.signatories[0].name, "Vorstand"];
    house.portal.run(["import", "contracts", "-", "--confirmed-by", house.manager], `${columns}\n${row.join(";")}\n`);

    const mara = await as(browserFor, house, "contract manager", house.manager);
    await mara.goto(`/${lang}/customers/${customer.id}`);
    await main(mara).getByRole("link", { name: number }).click();
    await expectState(mara, lang, "ended");
    await link(mara, lang, "disposal-begin-title").click();
    await press(mara, button(mara, lang, "disposal-begin"));
    await expectFlash(mara, lang, "disposal-begun");
    const tasks = new URL(mara.url()).pathname;

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
      await tina.goto(tasks);
      const boxes = () => tina.locator('input[name="tasks"]');
      for (const backups of [false, true]) {
        for (const box of await boxes().all()) {
          const value = (await box.getAttribute("value")) ?? "";
          await box.setChecked(value.endsWith(".backups") === backups);
        }
        await field(tina, "method").fill("");
        expect((await press(tina, button(tina, lang, "confirm-tasks-button"))).status()).toBe(422);
        await expectSummary(tina, ["method"]);
        await field(tina, "method").fill("Gelöscht und <überschrieben>");
        await press(tina, button(tina, lang, "confirm-tasks-button"));
        await expectFlash(tina, lang, "task-confirmed");
      }
      await expect(boxes()).toHaveCount(0);
      await expect(main(tina)).toContainText(t("close-others"));
    });

    await mara.goto(tasks);
    await press(mara, button(mara, lang, "close-button"));
    await expectFlash(mara, lang, "contract-closed");
    const mail = await house.portal.mail.next("deletion_certified", who.email);
    expect(mail.attachments).toHaveLength(1);
    expect(mail.attachments[0].bytes.subarray(0, 5).toString()).toBe("%PDF-");
    await ole.reload();
    await expect(main(ole)).toContainText(t("disposal-closed-title"));
    await expect(main(ole).getByRole("link", { name: number })).toHaveCount(2);
  });
}
