// The registers: an instruction on each of its ways, a breach from the first notice to the lesson, an audit from the
// question to its end.
import { button, expectFlash, expectSummary, field, main, press, radio } from "../support/acts.ts";
import { lookAt } from "../support/axe.ts";
import { type Browsers, type Customer, type House, as } from "../support/house.ts";
import { type Page, expect, test } from "../support/test.ts";
import { LANGS, type Lang, say } from "../support/words.ts";

const DAY = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

const entryState = (page: Page, lang: Lang, register: string, state: string) =>
  expect(page.locator(".head .badge")).toHaveText(say(lang, `entry-${register}-${state}`));

/** The page of the entry that is open, for the staff. */
const forStaff = (page: Page): string => new URL(page.url()).pathname.replace(/\/my\/[^/]+/, "");

interface Told {
  customer: Customer;
  ole: Page;
  mara: Page;
  paul: Page;
}

/** A customer with a contract in force, and everybody who has to do with registers. */
async function everybody(browserFor: Browsers, house: House, lang: Lang): Promise<Told> {
  const customer = await house.customer(lang);
  await house.concluded(customer);
  const who = customer.signatories[0];
  return {
    customer,
    ole: await as(browserFor, house, who.name, who.email),
    mara: await as(browserFor, house, "contract manager", house.manager),
    paul: await as(browserFor, house, "privacy officer", house.officer),
  };
}

async function instruct(told: Told, lang: Lang, title: string): Promise<string> {
  const { ole, customer } = told;
  await ole.goto(`/${lang}/my/${customer.id}/instructions/new`);
  await field(ole, "title").fill(title);
  await field(ole, "text").fill("Bitte das Postfach <info> löschen.\n\nBis Freitag.");
  await radio(ole, "services", "hosting").check();
  await press(ole, button(ole, lang, "instruction-give"));
  await expectFlash(ole, lang, "instruction-given");
  await entryState(ole, lang, "instruction", "given");
  return new URL(ole.url()).pathname;
}

for (const lang of LANGS) {
  const t = (key: string, args = {}) => say(lang, key, args);

  test(`an instruction is given, acknowledged and carried out, ${lang}`, async ({ house, browserFor }) => {
    const told = await everybody(browserFor, house, lang);
    const { customer, ole, mara } = told;
    const email = customer.signatories[0].email;
    await ole.goto(`/${lang}/my/${customer.id}/instructions/new`);
    await field(ole, "title").fill("Postfach löschen");
    expect((await press(ole, button(ole, lang, "instruction-give"))).status()).toBe(422);
    await expectSummary(ole, ["text", "services"]);
    await expect(field(ole, "title")).toHaveValue("Postfach löschen");
    await lookAt(ole);
    const mine = await instruct(told, lang, "Postfach löschen");

    const mail = await house.portal.mail.about(customer.name, "instruction_given", house.manager);
    expect(mail.subject).toContain("WE-");
    await mara.goto(forStaff(ole));
    await expect(main(mara)).toContainText("Bitte das Postfach <info> löschen.");
    await field(mara, "effort").fill("Eine halbe Stunde");
    await press(mara, button(mara, lang, "instruction-acknowledge"));
    await expectFlash(mara, lang, "instruction-acknowledged");
    await lookAt(mara);
    expect((await press(mara, button(mara, lang, "instruction-carry-out"))).status()).toBe(422);
    await expectSummary(mara, ["what"]);
    await field(mara, "what").fill("Postfach und Archiv gelöscht");
    await press(mara, button(mara, lang, "instruction-carry-out"));
    await expectFlash(mara, lang, "instruction-carried-out");

    await house.portal.mail.next("instruction_acknowledged", email);
    await house.portal.mail.next("instruction_carried_out", email);
    await ole.goto(mine);
    await entryState(ole, lang, "instruction", "carried_out");
    await expect(main(ole)).toContainText("Postfach und Archiv gelöscht");
    await expect(main(ole)).toContainText("Eine halbe Stunde");
    await lookAt(ole);
  });

  test(`an unlawful instruction is suspended until the customer insists, ${lang}`, async ({ house, browserFor }) => {
    const told = await everybody(browserFor, house, lang);
    const { customer, ole, mara, paul } = told;
    const mine = await instruct(told, lang, "Alle Mails mitlesen");
    const staff = forStaff(ole);
    await paul.goto(staff);
    expect((await press(paul, button(paul, lang, "instruction-warn"))).status()).toBe(422);
    await expectSummary(paul, ["reason"]);
    await field(paul, "reason").fill("Das verletzt das <Fernmeldegeheimnis>.");
    await press(paul, button(paul, lang, "instruction-warn"));
    await expectFlash(paul, lang, "instruction-suspended");
    await entryState(paul, lang, "instruction", "suspended");
    await lookAt(paul);
    await mara.goto(staff);
    await expect(button(mara, lang, "instruction-carry-out"), "suspended is suspended").toHaveCount(0);

    await ole.goto(await house.portal.mail.link("instruction_suspended", customer.signatories[0].email));
    await expect(main(ole)).toContainText("Das verletzt das <Fernmeldegeheimnis>.");
    expect((await press(ole, button(ole, lang, "instruction-answer"))).status()).toBe(422);
    await lookAt(ole);
    await radio(ole, "choice", "confirm").check();
    await field(ole, "note").fill("Wir haben es geprüft; die Beschäftigten wissen es.");
    await press(ole, button(ole, lang, "instruction-answer"));
    await expectFlash(ole, lang, "instruction-answered");
    await entryState(ole, lang, "instruction", "answered");

    await house.portal.mail.about(customer.name, "instruction_insisted", house.officer);
    await paul.goto(staff);
    await expect(main(paul)).toContainText("Wir haben es geprüft");
    await field(paul, "refusal").fill("Auch mit Ihrer Antwort bleibt es verboten.");
    await press(paul, button(paul, lang, "instruction-refuse"));
    await expectFlash(paul, lang, "instruction-refused");
    await ole.goto(mine);
    await entryState(ole, lang, "instruction", "refused");
    await expect(main(ole)).toContainText("Auch mit Ihrer Antwort bleibt es verboten.");
    await lookAt(ole);
  });

  test(`a suspended instruction is changed, or withdrawn, ${lang}`, async ({ house, browserFor }) => {
    const told = await everybody(browserFor, house, lang);
    const { customer, ole, mara, paul } = told;
    for (const end of ["changed", "withdrawn"]) {
      await instruct(told, lang, `Protokolle aufheben (${end})`);
      await paul.goto(forStaff(ole));
      await field(paul, "reason").fill("Zehn Jahre sind zu lang.");
      await press(paul, button(paul, lang, "instruction-warn"));
      await ole.reload();
      if (end === "changed") {
        await radio(ole, "choice", "change").check();
        await field(ole, "text").fill("Bitte die Protokolle sieben Tage aufheben.");
        await press(ole, button(ole, lang, "instruction-answer"));
        await expectFlash(ole, lang, "instruction-answered");
        await house.portal.mail.about(customer.name, "instruction_changed", house.manager);
        await mara.goto(forStaff(ole));
        await expect(main(mara)).toContainText("sieben Tage");
        await field(mara, "what").fill("Auf sieben Tage gestellt");
        await press(mara, button(mara, lang, "instruction-carry-out"));
        await expectFlash(mara, lang, "instruction-carried-out");
      } else {
        await main(ole).locator("details", { hasText: t("instruction-withdraw-title") }).locator("summary").click();
        await press(ole, button(ole, lang, "instruction-withdraw"));
        await expectFlash(ole, lang, "instruction-withdrawn");
        await entryState(ole, lang, "instruction", "withdrawn");
        await house.portal.mail.about(customer.name, "instruction_withdrawn", house.manager);
        await paul.reload();
        await expect(button(paul, lang, "instruction-warn"), "nothing is left to do").toHaveCount(0);
      }
    }
    await ole.goto(`/${lang}/my/${customer.id}/instructions`);
    await expect(main(ole).getByRole("link", { name: /WE-/ })).toHaveCount(2);
    await lookAt(ole);
  });

  test(`a breach is told, read, supplemented and closed, ${lang}`, async ({ house, browserFor }) => {
    const { customer, ole, paul } = await everybody(browserFor, house, lang);
    const email = customer.signatories[0].email;
    await paul.goto(`/${lang}/breaches/new`);
    await field(paul, "title").fill("Fremder Zugriff <Mailserver>");
    expect((await press(paul, button(paul, lang, "save"))).status()).toBe(422);
    await expect(field(paul, "title")).toHaveValue("Fremder Zugriff <Mailserver>");
    await lookAt(paul);
    const [day, time] = new Date(Date.now() - 3_600_000).toLocaleString("sv-SE", { timeZone: "Europe/Berlin" }).split(" ");
    await field(paul, "aware_on").fill(day);
    await field(paul, "aware_time").fill(time.slice(0, 5));
    await field(paul, "nature").fill("Anmeldung mit gestohlenem Passwort");
    await field(paul, "contact").fill("datenschutz@provider.example");
    await field(paul, "customers").fill(customer.number);
    await press(paul, button(paul, lang, "save"));
    await expectFlash(paul, lang, "breach-recorded");
    await entryState(paul, lang, "breach", "recorded");
    await expect(main(paul)).toContainText(customer.name);
    await lookAt(paul);

    await test.step("the customer is told and reads what is known", async () => {
      await press(paul, button(paul, lang, "breach-tell"));
      await expectFlash(paul, lang, "breach-told");
      await ole.goto(await house.portal.mail.link("breach_notice", email));
      await expect(main(ole)).toContainText("Anmeldung mit gestohlenem Passwort");
      await expect(main(ole)).toContainText(t("breach-follows"));
      await lookAt(ole);
      await paul.reload();
      await expect(main(paul)).toContainText(t("breach-missing"));
      await expect(main(paul).getByRole("row", { name: email })).toContainText(/\d{2}:\d{2}/);
    });

    await test.step("the supplement fills in what was missing; the first notice stays", async () => {
      await main(paul).getByRole("link", { name: t("breach-supplement"), exact: true }).click();
      for (const fact of ["occurred", "categories", "persons", "records", "consequences", "measures", "proposed"]) {
        await field(paul, fact).fill(`Angabe ${fact} <vollständig>`);
      }
      await press(paul, button(paul, lang, "breach-supplement-send"));
      await expectFlash(paul, lang, "breach-supplemented");
      await expect(main(paul)).toContainText(t("breach-complete"));
      await lookAt(paul);
      await ole.goto(await house.portal.mail.link("breach_supplement", email));
      await expect(main(ole)).toContainText("Angabe measures <vollständig>");
      await expect(main(ole)).toContainText(t("breach-first"));
    });

    expect((await press(paul, button(paul, lang, "breach-close"))).status()).toBe(422);
    await expectSummary(paul, ["lesson"]);
    await field(paul, "lesson").fill("Zweiter Faktor für alle.");
    await press(paul, button(paul, lang, "breach-close"));
    await expectFlash(paul, lang, "breach-closed");
    await ole.reload();
    await entryState(ole, lang, "breach", "closed");
    await expect(main(ole), "the lesson is the provider's own").not.toContainText("Zweiter Faktor");
  });

  test(`an audit is asked for, another day agreed, found, mended and closed, ${lang}`, async ({ house, browserFor }) => {
    const { customer, ole, paul } = await everybody(browserFor, house, lang);
    const email = customer.signatories[0].email;
    await ole.goto(`/${lang}/my/${customer.id}/audits/new`);
    await radio(ole, "kind", "on_site").check();
    await radio(ole, "occasion", "regular").check();
    await field(ole, "points").fill("Zutritt zum Rechenzentrum\nLöschkonzept");
    await field(ole, "wished").fill(inDays(5));
    expect((await press(ole, button(ole, lang, "audit-ask"))).status()).toBe(422);
    await expectSummary(ole, ["short_notice", "auditor", "auditor_bound"]);
    await lookAt(ole);
    await field(ole, "wished").fill(inDays(30));
    await field(ole, "auditor").fill("Nele Prüfer");
    await field(ole, "auditor_bound").check();
    await press(ole, button(ole, lang, "audit-ask"));
    await expectFlash(ole, lang, "audit-asked");
    await entryState(ole, lang, "audit_request", "asked");

    await house.portal.mail.about(customer.name, "audit_asked", house.officer);
    await paul.goto(forStaff(ole));
    await main(paul).locator("details", { hasText: t("audit-propose-title") }).locator("summary").click();
    await field(paul, "other_day").fill(inDays(35));
    await field(paul, "day_reason").fill("Umbau im <Rechenzentrum>");
    await press(paul, button(paul, lang, "audit-propose"));
    await expectFlash(paul, lang, "audit-proposed");
    await lookAt(paul);

    await ole.goto(await house.portal.mail.link("audit_proposed", email));
    await expect(main(ole)).toContainText("Umbau im <Rechenzentrum>");
    await lookAt(ole);
    await press(ole, button(ole, lang, "audit-take"));
    await expectFlash(ole, lang, "audit-agreed");
    await entryState(ole, lang, "audit_request", "agreed");
    await field(ole, "finding").fill("Eine Tür stand offen.");
    await press(ole, button(ole, lang, "audit-find"));
    await expectFlash(ole, lang, "audit-found");

    await paul.reload();
    await field(paul, "result").fill("Ohne Beanstandung bis auf eine Tür.");
    await field(paul, "effort").fill("Vier Stunden, nicht berechnet");
    const early = await press(paul, button(paul, lang, "audit-close"));
    expect(early.status(), "what was found is mended first").not.toBe(200);
    await paul.goto(forStaff(ole));
    await field(paul, "measure").fill("Türschließer eingebaut");
    await press(paul, button(paul, lang, "audit-mend"));
    await expectFlash(paul, lang, "audit-mended");
    await field(paul, "result").fill("Ohne Beanstandung bis auf eine Tür.");
    await field(paul, "effort").fill("Vier Stunden, nicht berechnet");
    await press(paul, button(paul, lang, "audit-close"));
    await expectFlash(paul, lang, "audit-closed");
    await ole.reload();
    await entryState(ole, lang, "audit_request", "closed");
    await expect(main(ole)).toContainText("Türschließer eingebaut");
    await lookAt(ole);
  });
}
