// A portal with staff, and the quick way to the place where a story begins: what other stories tell in the browser is
// sent here as plain forms.
import type { APIRequestContext, APIResponse, Page } from "@playwright/test";
import { BOXES } from "./acts.ts";
import { PASSWORD, Portal } from "./portal.ts";
import type { Lang } from "./words.ts";

type Values = Record<string, string | string[]>;
type Connect = (url: string) => Promise<APIRequestContext>;

export interface Person {
  name: string;
  email: string;
  function: string;
}

export interface Customer {
  lang: Lang;
  id: string;
  number: string;
  name: string;
  /** Signatories with accounts, in order; each logs in with the password of all stories. */
  signatories: Person[];
}

export interface Contract {
  customer: Customer;
  id: string;
  /** Path of the customer's page about it, `/de/my/…/contracts/…`. */
  path: string;
  /** Path of the staff's page about it. */
  staffPath: string;
}

/** A form as a browser sends it, and where the answer leads. */
export async function send(by: APIRequestContext, path: string, values: Values): Promise<string> {
  const answer = await post(by, path, values);
  const to = answer.headers().location;
  if (answer.status() !== 303 || !to) {
    const main = (await answer.text()).split("<main")[1] ?? "";
    const text = main.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").slice(0, 600);
    throw new Error(`POST ${path}: ${answer.status()} ${text}`);
  }
  return to;
}

function post(by: APIRequestContext, path: string, values: Values): Promise<APIResponse> {
  const pairs = Object.entries(values).flatMap(([k, v]) => [v].flat().map((one) => [k, one]));
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return by.post(path, { headers, data: new URLSearchParams(pairs).toString(), maxRedirects: 0 });
}

const id = (path: string, after: string): string => {
  const found = new RegExp(`/${after}/([0-9a-f-]{36})`).exec(path)?.[1];
  if (!found) throw new Error(`no id of ${after} in ${path}`);
  return found;
};

/** Logs the browser of this page in without the log-in page, which has a story of its own. */
export async function enter(page: Page, portal: Portal, email: string, password = PASSWORD): Promise<void> {
  await send(page.context().request, `${portal.url}/de/login`, { next: "", email, password });
}

export class House {
  private count = 0;

  private constructor(
    readonly portal: Portal,
    private readonly connect: Connect,
    readonly manager: string,
    readonly officer: string,
    readonly technician: string,
    readonly admin: string,
    private readonly managing: APIRequestContext,
  ) {}

  static async open(portal: Portal, connect: Connect): Promise<House> {
    const manager = portal.staff("Mara Holzapfel", ["contract_manager"], "de");
    const officer = portal.staff("Paul Öztürk", ["privacy_officer"], "de");
    const technician = portal.staff("Tina Weiß", ["technician"], "de");
    const admin = portal.staff("Adam Kern", ["admin"], "de");
    await portal.serve();
    const managing = await connect(portal.url);
    const house = new House(portal, connect, manager, officer, technician, admin, managing);
    await send(managing, "/de/login", { next: "", email: manager, password: PASSWORD });
    await house.confirmAnnexes();
    return house;
  }

  async close(): Promise<void> {
    await this.managing.dispose();
    await this.portal.end();
  }

  private async confirmAnnexes(): Promise<void> {
    const officer = await this.connect(this.portal.url);
    await send(officer, "/de/login", { next: "", email: this.officer, password: PASSWORD });
    const page = await (await officer.get("/de/annexes")).text();
    for (const form of page.matchAll(/<form[^>]*action="([^"]*\/confirm)"[\s\S]*?<\/form>/g)) {
      const snapshot = /name="snapshot" value="([^"]*)"/.exec(form[0])?.[1] ?? "";
      await send(officer, form[1], { snapshot });
    }
    await officer.dispose();
  }

  /** A customer with so many signatories who have set their passwords; two mean that both must sign. */
  async customer(lang: Lang, options: { signatories?: 1 | 2 } = {}): Promise<Customer> {
    const { signatories = 1 } = options;
    const n = `${process.pid}${++this.count}`;
    const domain = `kunde-${n}.example`;
    const number = `E${n}`;
    const name = `Fährhaus & Söhne ${n} GmbH`;
    const to = await send(this.managing, "/de/customers/new", {
      customer_number: number,
      legal_name: name,
      street: "Uferweg 3",
      postal_code: "18055",
      city: "Rostock",
      country: "DE",
      email: `info@${domain}`,
      language: lang,
      hosting: "yes",
      representation: String(signatories),
    });
    const customer: Customer = { lang, id: id(to, "customers"), number, name, signatories: [] };
    for (const who of ["Ole Fährmann", "Dr. Greta Größ"].slice(0, signatories)) {
      const email = `${who.split(" ").at(-1) === "Größ" ? "greta" : "ole"}@${domain}`;
      customer.signatories.push(await this.invited(customer, { name: who, email, function: "Geschäftsführung" }));
    }
    return customer;
  }

  /** Invites somebody as a signatory; the secret link from the mail. */
  async invite(customer: Customer, person: Person): Promise<string> {
    const role = { role: "signatory", language: customer.lang };
    await send(this.managing, `/de/customers/${customer.id}/people/new`, { ...role, name: person.name, email: person.email });
    return this.portal.mail.link("invitation", person.email);
  }

  private async invited(customer: Customer, person: Person): Promise<Person> {
    const link = await this.invite(customer, person);
    const own = await this.connect(this.portal.url);
    await send(own, link, { password: PASSWORD, password_repeat: PASSWORD });
    await own.dispose();
    return person;
  }

  /** A request as the customer sends it. */
  async requested(customer: Customer): Promise<Contract> {
    const { lang, signatories } = customer;
    const own = await this.connect(this.portal.url);
    await send(own, "/de/login", { next: "", email: signatories[0].email, password: PASSWORD });
    const to = await send(own, `/${lang}/my/${customer.id}/contracts`, {});
    const contract = id(to, "contracts");
    const form = `/${lang}/my/${customer.id}/contracts/${contract}/request`;
    const lock = /name="lock" value="([^"]*)"/.exec(await (await own.get(form)).text())?.[1] ?? "";
    await send(own, form, { ...request(customer), lock });
    await own.dispose();
    const path = `/${lang}/my/${customer.id}/contracts/${contract}`;
    return { customer, id: contract, path, staffPath: `/${lang}/contracts/${contract}` };
  }

  /** An offer that can be signed. */
  async offered(customer: Customer): Promise<Contract> {
    const contract = await this.requested(customer);
    const until = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
    const weighing = { cost: "", benefit: "", risk: "", valid_until: until, notice_days: "30" };
    await send(this.managing, `/de/contracts/${contract.id}/offer`, weighing);
    return contract;
  }

  /** A contract in force, signed by the one signatory and countersigned. */
  async concluded(customer: Customer): Promise<Contract> {
    const contract = await this.offered(customer);
    const own = await this.connect(this.portal.url);
    const { email, name, function: as } = customer.signatories[0];
    await send(own, "/de/login", { next: "", email, password: PASSWORD });
    await post(own, `${contract.path}/sign/code`, {});
    const code = await this.portal.mail.code(email);
    const page = await (await own.get(`${contract.path}/sign`)).text();
    const document_sha256 = /name="document_sha256" value="([^"]*)"/.exec(page)?.[1] ?? "";
    const boxes = Object.fromEntries(BOXES.map((box) => [`box_${box}`, "yes"]));
    await send(own, `${contract.path}/sign`, { full_name: name, function: as, code, document_sha256, ...boxes });
    await own.dispose();
    const today = new Date().toISOString().slice(0, 10);
    await send(this.managing, `/de/contracts/${contract.id}/countersign`, { function: "Prokura", effective_from: today });
    return contract;
  }
}

function request(customer: Customer): Values {
  const first = customer.signatories[0];
  const values: Values = {
    services: ["hosting", "remote_support"],
    special: "no",
    professional_secrecy: "no",
    privacy_name: "Nele Schütz",
    privacy_email: first.email,
    breach_name: "Nele Schütz",
    breach_email: first.email,
    breach_phone: "+49 30 23125 100",
    instructing: first.name,
    language: customer.lang,
    own_permission: "yes",
    own_permission_language: customer.lang,
    more_data_hosting: "Bestelldaten",
    more_subjects_hosting: "Gäste",
    more_data_remote_support: "Bildschirminhalte",
    more_subjects_remote_support: "Beschäftigte",
  };
  customer.signatories.forEach((p, i) => {
    values[`signatory${i + 1}_name`] = p.name;
    values[`signatory${i + 1}_email`] = p.email;
    values[`signatory${i + 1}_function`] = p.function;
  });
  return values;
}

/** A browser for a person, as `browserFor` of a story gives it. */
export type Browsers = (name: string, options?: { baseURL?: string }) => Promise<Page>;

/** Somebody in a browser of their own, logged in at this house. */
export async function as(browserFor: Browsers, house: House, name: string, email: string): Promise<Page> {
  const page = await browserFor(name, { baseURL: house.portal.url });
  await enter(page, house.portal, email);
  return page;
}
