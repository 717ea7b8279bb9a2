// Mails as they lie in the portal's folder.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface Mail {
  /** Template: `invitation`, `sign_code`, … */
  template: string;
  to: string;
  subject: string;
  /** The part for reading without HTML. */
  text: string;
  html: string;
  /** File name and bytes. */
  attachments: { name: string; bytes: Buffer }[];
}

interface Part {
  headers: Map<string, string>;
  body: string;
}

function split(raw: string): Part {
  const [head, ...rest] = raw.split("\r\n\r\n");
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r\n[ \t]+/g, " ").split("\r\n")) {
    const colon = line.indexOf(":");
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: rest.join("\r\n\r\n") };
}

function decoded({ headers, body }: Part): Buffer {
  const how = headers.get("content-transfer-encoding")?.toLowerCase();
  if (how === "base64") return Buffer.from(body, "base64");
  if (how === "quoted-printable") return quotedPrintable(body.replace(/=\r\n/g, ""));
  return Buffer.from(body, "utf8");
}

function quotedPrintable(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  );
}

// =?utf-8?b?…?= and =?utf-8?q?…?=
function header(value = ""): string {
  return value.replace(/\?=\s+=\?/g, "?==?").replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
    kind.toLowerCase() === "b"
      ? Buffer.from(word, "base64").toString("utf8")
      : quotedPrintable(word.replace(/_/g, " ")).toString("utf8"),
  );
}

function leaves(part: Part): Part[] {
  const boundary = /boundary="?([^";]+)"?/.exec(part.headers.get("content-type") ?? "")?.[1];
  if (!boundary) return [part];
  const inner = part.body.split(`--${boundary}`).slice(1, -1);
  return inner.flatMap((p) => leaves(split(p.replace(/^\r\n/, ""))));
}

export function read(path: string): Mail {
  const whole = split(readFileSync(path, "latin1"));
  const parts = leaves(whole);
  const of = (type: string) => parts.find((p) => p.headers.get("content-type")?.startsWith(type));
  const body = (type: string) => {
    const part = of(type);
    return part ? decoded(part).toString("utf8").replace(/\r\n/g, "\n") : "";
  };
  const files = parts.filter((p) => p.headers.get("content-disposition")?.startsWith("attachment"));
  return {
    template: /-([a-z_]+)-[0-9a-f]{8}-/.exec(path)?.[1] ?? "",
    to: header(whole.headers.get("to")),
    subject: header(whole.headers.get("subject")),
    text: body("text/plain"),
    html: body("text/html"),
    attachments: files.map((p) => ({
      name: header(/filename="?([^";]+)"?/.exec(p.headers.get("content-disposition") ?? "")?.[1]),
      bytes: decoded(p),
    })),
  };
}

/** Mails of a folder, in the order in which they were written, each given out once per address and template. */
export class Mailbox {
  private readonly seen = new Set<string>();

  constructor(private readonly folder: string) {}

  private names(template: string): string[] {
    try {
      return readdirSync(this.folder).filter((n) => n.endsWith(".eml") && n.includes(`-${template}-`)).sort();
    } catch {
      return [];
    }
  }

  /** The next mail of this kind to this address; waits for it. */
  async next(template: string, address: string): Promise<Mail> {
    for (const end = Date.now() + 30_000; Date.now() < end; await pause(100)) {
      for (const name of this.names(template).filter((n) => !this.seen.has(n))) {
        const mail = read(join(this.folder, name));
        if (!mail.to.includes(`<${address}>`)) continue;
        this.seen.add(name);
        return mail;
      }
    }
    throw new Error(`no mail ${template} to ${address} in ${this.folder}`);
  }

  /** The next mail of this kind in which this customer is named; those about others are passed over. */
  async about(customer: string, template: string, address: string): Promise<Mail> {
    for (;;) {
      const mail = await this.next(template, address);
      if (mail.text.includes(customer)) return mail;
    }
  }

  /** The link in the next mail of this kind. */
  async link(template: string, address: string): Promise<string> {
    return linkIn(await this.next(template, address));
  }

  /** The six digits in the next mail with a code. */
  async code(address: string): Promise<string> {
    const { text } = await this.next("sign_code", address);
    const code = /^[= ]*(\d{3} ?\d{3})$/m.exec(text)?.[1];
    if (!code) throw new Error(`no code in ${text}`);
    return code.replace(" ", "");
  }
}

export function linkIn(mail: Mail): string {
  const link = /^(http:\/\/localhost:\S+)$/m.exec(mail.text)?.[1];
  if (!link) throw new Error(`no link in ${mail.text}`);
  return link;
}
